import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { OutcomesAnswer } from '#api';
import { Plot } from '../../charts/plot.tsx';
import { Answered } from '../../components/answered.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ShowSql } from '../../components/show-sql.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { useSettled } from '../../settled.ts';
import { count, counted, moment, percent, unsnake } from '../../words.ts';
import { dayChart } from './day-chart.ts';
import { OutcomeWords, ReasonList, TimelineView } from './outcome-view.tsx';
import styles from './page.module.css';
import { outcomesQuery } from './queries.ts';

/** A listener is asked about when nothing has been typed for so long. */
const SETTLED_MS = 500;

const rateWords = (rate: OutcomesAnswer['summary']['success_rate']): string => {
  if (!rate.ok) return `The success rate cannot be told: ${rate.words}`;
  const { lower, upper } = rate.interval;
  const ends = `${lower === null ? 'open' : percent(lower)} to ${upper === null ? 'open' : percent(upper)}`;
  return `Success rate ${percent(rate.value)} (${ends} at ${percent(rate.level)}, ${counted(rate.n, 'listener')})`;
};

const Shown = ({ answer }: { answer: OutcomesAnswer }) => {
  const { summary, per_day: days, units, sql } = answer;
  const { labels } = summary;
  if (summary.units === 0) {
    return (
      <EmptyState icon="log" title="No such units in the last four weeks">
        Nothing of this kind happened, or not to this listener. Import a history, or wait for events.
      </EmptyState>
    );
  }
  return (
    <>
      <p>
        {rateWords(summary.success_rate)}. {count(labels.achieved)} achieved, {count(labels.failed)} failed,{' '}
        {count(labels.unknown)} unknown, {count(summary.immature)} not yet mature.
      </p>
      {days.length > 1 && <Plot label="Outcomes by day" options={(width) => dayChart(days, width)} />}
      <h3 className={styles['part']}>Newest units</h3>
      <ul className={styles['units']}>
        {units.map((unit) => (
          <li key={unit.unit_id}>
            <p>
              <strong>{unit.user_id}</strong> {moment(unit.start)}
              <span className={styles['soft']}>
                {' '}
                {[unit.surface, unit.intent, unit.device]
                  .filter((word) => word !== null)
                  .map(unsnake)
                  .join(' · ')}
              </span>
            </p>
            <OutcomeWords outcome={unit} />
            <ReasonList reasons={unit.reasons} />
            <TimelineView timeline={unit.timeline} />
          </li>
        ))}
      </ul>
      <ShowSql sql={sql} of="outcomes" />
    </>
  );
};

/** What became of units in the warehouse, of everybody or of one listener. */
export const OutcomesView = ({ name, unit }: { name: string; unit: string }) => {
  const [typed, setTyped] = useState('');
  const listener = useSettled(typed.trim(), SETTLED_MS) || undefined;
  const query = useQuery(outcomesQuery(name, listener));
  const id = useId();
  return (
    <section>
      <h2 className={styles['part']}>Outcomes of the last four weeks</h2>
      <p className={styles['soft']}>
        Every {unit} is read, whatever its surface and intent: one and the same can be read as two things.
      </p>
      <label htmlFor={id} className={styles['pick']}>
        Listener
        <input
          id={id}
          value={typed}
          placeholder="200 with the latest events"
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(answer) => <Shown answer={answer} />}
      </Answered>
    </section>
  );
};
