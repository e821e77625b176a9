import type { CompassWire } from '#api';
import { percent } from '../../words.ts';
import styles from './page.module.css';

/** Experiments that help the quick metric and hurt the outcome. */
export const Disagreements = ({ compass: { disagreements, quick, outcome } }: { compass: CompassWire }) => (
  <section className={styles['panel']} aria-labelledby="disagreements">
    <h2 id="disagreements">
      Help {quick}, hurt {outcome}
    </h2>
    {disagreements.length === 0 ? (
      <p className={styles['soft']}>
        No experiment that surely helps {quick} is likely to hurt {outcome}.
      </p>
    ) : (
      <table className={styles['sizes']}>
        <thead>
          <tr>
            <th scope="col">Experiment</th>
            <th scope="col">{quick}, in standard errors</th>
            <th scope="col">Chance that {outcome} is worse</th>
          </tr>
        </thead>
        <tbody>
          {disagreements.slice(0, 20).map(({ experiment, z, probability_worse }) => (
            <tr key={experiment}>
              <th scope="row">{experiment}</th>
              <td>{z.toFixed(1)}</td>
              <td>{probability_worse > 0.99 ? 'over 99 %' : percent(probability_worse)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    {disagreements.length > 20 && <p className={styles['soft']}>And {disagreements.length - 20} more.</p>}
  </section>
);
