import { useQuery } from '@tanstack/react-query';
import type { Overview } from '#api';
import { Answered } from '../../components/answered.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ShowSql } from '../../components/show-sql.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { overviewQuery } from '../../queries.ts';
import { ago, count, unsnake } from '../../words.ts';
import { Days } from './days.tsx';
import { Imports } from './imports.tsx';
import { ModelCard } from './model-card.tsx';
import styles from './page.module.css';
import { figures } from './view.ts';

const Kinds = ({ overview }: { overview: Overview }) => (
  <section className={styles['panel']} aria-labelledby="kinds">
    <h2 id="kinds">Events by kind</h2>
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Rows</th>
          <th scope="col">Last</th>
        </tr>
      </thead>
      <tbody>
        {overview.events.map(({ kind, rows, last_at }) => (
          <tr key={kind}>
            <th scope="row">{unsnake(kind)}</th>
            <td>{count(rows)}</td>
            <td>{last_at === null ? '–' : ago(last_at, Date.now())}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <ShowSql sql={overview.sql['events']} of="events by kind" />
  </section>
);

/** The queries of the numbers on top: whatever the answer carries beside those of the chart and the table. */
const OtherSql = ({ sql }: { sql: Overview['sql'] }) =>
  Object.entries(sql)
    .filter(([name]) => name !== 'events' && name !== 'per_day')
    .map(([name, query]) => (
      <div key={name} className={styles['query']}>
        <ShowSql sql={query} of={unsnake(name).toLowerCase()} named />
      </div>
    ));

const Ready = ({ overview }: { overview: Overview }) => (
  <>
    <dl className={styles['figures']}>
      {figures(overview, Date.now()).map(([name, number, words]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <strong>{number}</strong>
            <span>{words}</span>
          </dd>
        </div>
      ))}
    </dl>
    <OtherSql sql={overview.sql} />
    <section className={styles['panel']}>
      {overview.per_day.length === 0 ? (
        <EmptyState icon="studio" title="No events yet">
          Import a history, make the playground, or send events to <code>POST /v1/events</code>: they show here by day.
        </EmptyState>
      ) : (
        <Days rows={overview.per_day} sql={overview.sql['per_day']} />
      )}
    </section>
    <div className={styles['grid']}>
      <Kinds overview={overview} />
      <ModelCard model={overview.model} />
      <Imports />
    </div>
  </>
);

/** Studio: what is in here and how fresh it is. */
export const OverviewPage = () => {
  const query = useQuery(overviewQuery);
  return (
    <>
      <PageHead
        over="Studio"
        title="Overview"
        lede="What is in here, how fresh it is, and what answers."
        actions={
          <Button icon="refresh" onClick={() => void query.refetch()} disabled={query.isFetching}>
            {query.isFetching ? 'Asking…' : 'Ask again'}
          </Button>
        }
      />
      <Answered query={query} waiting={<RowsSkeleton rows={6} />}>
        {(overview) => <Ready overview={overview} />}
      </Answered>
    </>
  );
};
