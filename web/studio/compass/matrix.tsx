import type { CompassWire } from '#api';
import { Scroller } from '../../components/scroller.tsx';
import { counted } from '../../words.ts';
import styles from './page.module.css';
import { matrixRows } from './view.ts';

/** How much each metric tells of the outcome, by intent. The sign says whether up is better. */
export const Matrix = ({ compass: { matrix, outcome } }: { compass: CompassWire }) => {
  const { intents, rows } = matrixRows(matrix);
  if (rows.length === 0) return null;
  return (
    <section className={styles['panel']} aria-labelledby="matrix">
      <h2 id="matrix">What tells of {outcome}, by intent</h2>
      <p className={styles['soft']}>
        Share of the true long-term effect that each metric tells, with its interval; + when up is better, − when it is
        worse.
      </p>
      <Scroller className={styles['scroll']} label="Metrics by intent">
        <table className={styles['matrix']}>
          <thead>
            <tr>
              <th scope="col">Metric</th>
              {intents.map((intent) => (
                <th key={intent} scope="col">
                  {intent}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ metric, cells }) => (
              <tr key={metric}>
                <th scope="row">{metric}</th>
                {cells.map(({ intent, words, strength, reach, n }) => (
                  <td key={intent} title={counted(n, 'experiment')}>
                    <span className={styles['bar']} data-sign={strength < 0 ? 'worse' : 'better'}>
                      <span style={{ width: `${Math.abs(strength) * 100}%` }} />
                      {reach && (
                        <span
                          className={styles['interval']}
                          style={{ left: `${reach[0] * 100}%`, width: `${(reach[1] - reach[0]) * 100}%` }}
                        />
                      )}
                    </span>
                    {words}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </section>
  );
};
