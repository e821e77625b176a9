import { useId, useMemo, useState } from 'react';
import type { JudgedRunsWire } from '#api';
import { Figure, Legend } from '../../charts/figure.tsx';
import { seriesColour } from '../../charts/series.ts';
import { NoticeLine } from '../../components/empty-state.tsx';
import { Beyond } from './beyond.tsx';
import { MeanChart } from './mean-chart.tsx';
import styles from './page.module.css';
import { TopicChart } from './topic-chart.tsx';
import { meanMarks, probability, seriesNames, topicDifferences, verdictOf, withInterval } from './view.ts';

const Measures = ({ judged, choose }: { judged: JudgedRunsWire; choose: (measure: string) => void }) => {
  const other = judged.other_run_id;
  return (
    <section className={styles['scroll']} aria-label="Measures" tabIndex={-1}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">{judged.run_id}</th>
            {other !== null && (
              <>
                <th scope="col">{other}</th>
                <th scope="col">Difference</th>
                <th scope="col">p</th>
                <th scope="col">p, Holm</th>
                <th scope="col">Verdict</th>
              </>
            )}
          </tr>
        </thead>
        <tbody>
          {judged.measures.map((measure) => {
            const verdict = verdictOf(measure, other ?? '');
            return (
              <tr key={measure.measure}>
                <th scope="row">
                  {other === null ? (
                    measure.measure
                  ) : (
                    <button type="button" className={styles['name']} onClick={() => choose(measure.measure)}>
                      {measure.measure}
                    </button>
                  )}
                </th>
                <td>{withInterval(measure.run)}</td>
                {other !== null && (
                  <>
                    <td>{withInterval(measure.other)}</td>
                    <td>{withInterval(measure.difference)}</td>
                    <td>{probability(measure.test?.ok === true ? measure.test.p_value : null)}</td>
                    <td>{probability(measure.p_holm)}</td>
                    <td className={styles[verdict?.tone ?? 'open']}>{verdict?.words ?? '–'}</td>
                  </>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
};

const Topics = ({
  judged,
  name,
  choose,
}: {
  judged: JudgedRunsWire;
  name: string | undefined;
  choose: (measure: string) => void;
}) => {
  const id = useId();
  const measure = judged.measures.find((one) => one.measure === name) ?? judged.measures[0];
  const differences = useMemo(() => (measure === undefined ? [] : topicDifferences(measure)), [measure]);
  if (measure === undefined) return null;
  return (
    <section className={styles['panel']} aria-label="Differences by topic">
      <label className={styles['field']} htmlFor={id}>
        Measure
        <select id={id} value={measure.measure} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {judged.measures.map((one) => (
            <option key={one.measure}>{one.measure}</option>
          ))}
        </select>
      </label>
      <TopicChart measure={measure.measure} differences={differences} />
    </section>
  );
};

/** What was found of the runs: means with intervals, the verdicts, the topics. */
export const Judged = ({ judged }: { judged: JudgedRunsWire }) => {
  const marks = useMemo(() => meanMarks(judged), [judged]);
  const series = useMemo(() => seriesNames(judged), [judged]);
  const [name, setName] = useState<string>();
  const said = `Means over ${judged.topics} topics with 95 % intervals.`;
  return (
    <>
      <section className={styles['panel']}>
        {judged.missing.length > 0 && (
          <NoticeLine icon="alert">
            {judged.missing.length} judged topics are lacking in a run and left out:{' '}
            {judged.missing.slice(0, 8).join(', ')}
          </NoticeLine>
        )}
        <Figure title="Measures" said={said}>
          <MeanChart marks={marks} series={series} label={said} />
          <Legend of={series.map((name, n) => [name, seriesColour(n)] as const)} />
        </Figure>
        <Measures judged={judged} choose={setName} />
      </section>
      {judged.other_run_id !== null && <Topics judged={judged} name={name} choose={setName} />}
      {judged.beyond.length > 0 && <Beyond judged={judged} />}
    </>
  );
};
