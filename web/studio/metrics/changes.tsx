import type { MetricsReportWire, MetricWire } from '#api';
import styles from './page.module.css';
import { FEW } from './panels.tsx';
import { type Change, type Counting, changesOf, changesWords, differenceWords, rowWords, viewRows } from './view.ts';

const READING = { better: 'better', worse: 'worse', unclear: 'cannot be told' } as const;

const Line = ({ change, unit }: { change: Change; unit: string }) => {
  const { difference, lower, upper } = change;
  return (
    <tr>
      <th scope="row">{change.key}</th>
      <td>{rowWords(change.before, unit)}</td>
      <td>{rowWords(change.now, unit)}</td>
      <td>{differenceWords({ value: difference, lower, upper }, unit)}</td>
      <td className={styles[change.reading]}>{READING[change.reading]}</td>
    </tr>
  );
};

/** Two periods side by side, with the interval of each difference. */
export const Changes = ({
  now,
  before,
  metric,
  counting,
}: {
  now: MetricsReportWire;
  before: MetricsReportWire;
  metric: MetricWire;
  counting: Counting;
}) => {
  const changes = changesOf(viewRows(now.figures, counting).rows, viewRows(before.figures, counting).rows);
  return (
    <section className={styles['box']} aria-labelledby="changes">
      <h2 id="changes">Against the period before</h2>
      <p className={styles['soft']}>
        {before.period?.from} to {now.period?.from}, then {now.period?.from} to {now.period?.to}. The interval of a
        difference takes the periods as independent; most listeners are in both, so it is wider than need be.
      </p>
      {changes.length === 0 ? (
        <p>Nothing can be compared: no cell has a figure in both periods.</p>
      ) : (
        <details className={styles['all']} open={changes.length <= FEW}>
          <summary>{changesWords(changes)}</summary>
          <section className={styles['scroll']} aria-label="Changes" tabIndex={-1}>
            <table className={styles['table']}>
              <thead>
                <tr>
                  {['Of', 'Before', 'Now', 'Difference', 'Reading'].map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {changes.map((change) => (
                  <Line key={change.key} change={change} unit={metric.unit} />
                ))}
              </tbody>
            </table>
          </section>
        </details>
      )}
    </section>
  );
};
