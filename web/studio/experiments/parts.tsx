import type { ExperimentAnalysis, SliceReport } from '#api';
import { Scroller } from '../../components/scroller.tsx';
import { count } from '../../words.ts';
import styles from './page.module.css';
import { estimateWords } from './view.ts';

const figure = (value: number): string => `${value > 0 ? '+' : ''}${value.toPrecision(3)}`;
const chance = (p: number | null): string => {
  if (p === null) return '–';
  return p < 1e-4 ? 'under 0.0001' : p.toFixed(4);
};

const Part = ({ report }: { report: SliceReport }) => (
  <>
    <h3>
      {report.metric}, {report.arm}, by {report.column}
    </h3>
    {report.heterogeneity !== null && (
      <p className={styles['soft']}>
        That the effect is the same everywhere: p = {chance(report.heterogeneity)}. Look at single parts only where this
        is small.
      </p>
    )}
    {report.slices.length > 0 && (
      <Scroller className={styles['scroll']} label={`${report.metric} by ${report.column}`}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {['Part', 'Units', 'Effect', 'Pulled towards the mean', 'p, by Holm'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.slices.map(({ slice, units, effect, shrunken, p_value }) => (
              <tr key={slice}>
                <th scope="row">{slice}</th>
                <td>{count(units)}</td>
                <td>{estimateWords(effect, figure)}</td>
                <td>{estimateWords(shrunken, figure)}</td>
                <td>{chance(p_value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    )}
    {report.too_small.length > 0 && (
      <p className={styles['soft']}>Fewer than 30 units in an arm, and so not told: {report.too_small.join(', ')}.</p>
    )}
  </>
);

/** The effect in parts of the population. */
export const Parts = ({ reports }: { reports: readonly SliceReport[] }) => {
  const told = reports.filter(({ slices, too_small }) => slices.length + too_small.length > 0);
  return told.length === 0 ? null : (
    <details className={styles['panel']}>
      <summary>By device and by activity before</summary>
      {told.map((report) => (
        <Part key={`${report.metric} ${report.arm} ${report.column}`} report={report} />
      ))}
    </details>
  );
};

/** A switchback by its own design. */
export const Randomization = ({ tests }: { tests: ExperimentAnalysis['randomization'] }) =>
  tests.length === 0 ? null : (
    <section className={styles['panel']} aria-labelledby="draws">
      <h2 id="draws">By the draws that could have been made</h2>
      <ul className={styles['entries']}>
        {tests.map(({ metric, arm, effect, p_value, periods, draws, exact }) => (
          <li key={`${metric} ${arm}`}>
            {metric}, {arm}: {estimateWords(effect, figure)}, p {chance(p_value)}{' '}
            <span>
              {count(periods)} periods, {exact ? 'all' : 'a sample of'} {count(draws)} draws
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
