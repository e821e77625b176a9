import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useId, useMemo, useState } from 'react';
import type { CollectionReportWire } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Answered } from '../../components/answered.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { collectionQuery, collectionsQuery } from '../../queries.ts';
import { count } from '../../words.ts';
import { MeanChart } from './mean-chart.tsx';
import styles from './page.module.css';
import { markOf, reusabilityWords, withInterval } from './view.ts';

const ONE_SERIES = ['runs'] as const;

const Board = ({ board }: { board: CollectionReportWire['leaderboards'][number] }) => {
  const marks = useMemo(
    () => board.rows.flatMap(({ team, run, mean }) => markOf(`${team}/${run}`, 'runs', mean)),
    [board],
  );
  const said = `${board.pairs_told_apart} of ${board.pairs} pairs of runs are told apart, after Holm’s correction.`;
  return (
    <>
      <Figure title={`Leaderboard by ${board.measure}`} said={said}>
        <MeanChart marks={marks} series={ONE_SERIES} label={said} />
      </Figure>
      <section className={styles['scroll']} aria-label="Leaderboard" tabIndex={-1}>
        <table className={`${styles['table']} ${styles['board']}`}>
          <thead>
            <tr>
              {['Rank', 'Team', 'Run', 'Mean, 95 % interval', 'Group'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.rows.map(({ rank, team, run, mean, groups }) => (
              <tr key={`${team} ${run}`}>
                <td>{rank}</td>
                <td>{team}</td>
                <th scope="row">{run}</th>
                <td>{withInterval(mean)}</td>
                <td>{groups}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles['soft']}>Runs that share a letter are not told apart.</p>
    </>
  );
};

const Report = ({ report }: { report: CollectionReportWire }) => {
  const id = useId();
  const [measure, setMeasure] = useState(report.leaderboards[0]?.measure);
  const board = report.leaderboards.find((one) => one.measure === measure) ?? report.leaderboards[0];
  return (
    <>
      <p className={styles['soft']}>
        {report.description} {report.judged_topics} of {report.topics} topics have something relevant;{' '}
        {count(report.pooled)} in a pool of depth {report.depth}.
      </p>
      <label className={styles['field']} htmlFor={id}>
        Measure
        <select id={id} value={board?.measure} onChange={({ currentTarget }) => setMeasure(currentTarget.value)}>
          {report.leaderboards.map((one) => (
            <option key={one.measure}>{one.measure}</option>
          ))}
        </select>
      </label>
      {board && <Board board={board} />}
      <h3>Assessors</h3>
      {report.agreements.length === 0 && <p className={styles['soft']}>Nobody judged the same twice.</p>}
      {report.agreements.map(({ assessors, both, kappa, weighted_kappa }) => (
        <p key={assessors.join()} className={styles['soft']}>
          {assessors.join(' and ')}: {count(both)} {report.unit} in common, kappa {withInterval(kappa)}, weighted{' '}
          {withInterval(weighted_kappa)}
        </p>
      ))}
      <h3>Would it judge a stranger fairly?</h3>
      <p className={styles['soft']}>{reusabilityWords(report)}</p>
    </>
  );
};

const Chosen = ({ name }: { name: string }) => (
  <Answered query={useQuery(collectionQuery(name))} waiting={<RowsSkeleton rows={6} />}>
    {(report) => <Report key={report.name} report={report} />}
  </Answered>
);

/** Leaderboards of the test collections that are here. */
export const Collections = () => {
  const id = useId();
  const navigate = useNavigate({ from: '/studio/evaluation' });
  const { collection } = useSearch({ from: '/studio/evaluation' });
  return (
    <section className={styles['panel']} aria-labelledby="collections">
      <h2 id="collections">Test collections</h2>
      <Answered query={useQuery(collectionsQuery)} waiting={<RowsSkeleton rows={4} />}>
        {({ collections }) => {
          const name = collections.find((one) => one.name === collection)?.name ?? collections[0]?.name;
          if (name === undefined) return <p className={styles['soft']}>None is here.</p>;
          return (
            <>
              <label className={styles['field']} htmlFor={id}>
                Collection
                <select
                  id={id}
                  value={name}
                  onChange={({ currentTarget }) => void navigate({ search: { collection: currentTarget.value } })}
                >
                  {collections.map((one) => (
                    <option key={one.name} value={one.name}>
                      {one.name} {one.shipped ? '(made up, for trying)' : ''}
                    </option>
                  ))}
                </select>
              </label>
              <Chosen key={name} name={name} />
            </>
          );
        }}
      </Answered>
    </section>
  );
};
