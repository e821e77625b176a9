import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ExperimentEntry } from '#api';
import { Answered } from '../../components/answered.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { experimentsQuery } from '../../queries.ts';
import { moment } from '../../words.ts';
import styles from './page.module.css';
import { PlanForm } from './plan-form.tsx';
import { STATES, stateWord } from './view.ts';

const when = ({ created_at, started_at, stopped_at }: ExperimentEntry): string => {
  if (stopped_at !== null) return `stopped ${moment(stopped_at)}`;
  return started_at === null ? `planned ${moment(created_at)}` : `since ${moment(started_at)}`;
};

const Group = ({ state, entries }: { state: ExperimentEntry['state']; entries: readonly ExperimentEntry[] }) => (
  <section className={styles['panel']} aria-labelledby={state}>
    <h2 id={state}>{stateWord[state]}</h2>
    <ul className={styles['entries']}>
      {entries.map((entry) => (
        <li key={entry.document.name}>
          <Link to="/studio/experiments/$name" params={{ name: entry.document.name }}>
            {entry.document.name}
          </Link>
          <p>{entry.document.hypothesis}</p>
          <span>
            {entry.document.arms.map(({ name }) => name).join(', ')} · {when(entry)}
          </span>
        </li>
      ))}
    </ul>
  </section>
);

/** Studio: experiments that run, are planned, are over. */
export const ExperimentsPage = () => {
  const query = useQuery(experimentsQuery);
  return (
    <>
      <PageHead over="Studio" title="Experiments" lede="What is tried on whom, and what it did." />
      <Answered query={query} waiting={<RowsSkeleton rows={4} />}>
        {({ experiments }) =>
          experiments.length === 0 ? (
            <>
              <EmptyState icon="studio" title="No experiments yet">
                Plan one here, or with <code>ritornello experiment create weekly.yaml</code>.
              </EmptyState>
              <PlanForm open />
            </>
          ) : (
            <div className={styles['groups']}>
              {STATES.map((state) => ({ state, entries: experiments.filter((entry) => entry.state === state) }))
                .filter(({ entries }) => entries.length > 0)
                .map(({ state, entries }) => (
                  <Group key={state} state={state} entries={entries} />
                ))}
              <PlanForm open={false} />
            </div>
          )
        }
      </Answered>
    </>
  );
};
