import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { OutcomesAnswer } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { Answered } from '../../components/answered.tsx';
import { Download } from '../../components/download.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { Watching } from '../../components/watching.tsx';
import { useSettled } from '../../settled.ts';
import { uuid } from '../../uuid.ts';
import { count, counted, moment, percent, unsnake } from '../../words.ts';
import { dayChart } from './day-chart.ts';
import { OutcomeWords, ReasonList, TimelineView } from './outcome-view.tsx';
import styles from './page.module.css';
import { outcomesQuery } from './queries.ts';
import { daysCsv, GROUP_WORDS, groupOf, OUTCOME_GROUPS, type OutcomeGroup } from './view.ts';

/** A listener is asked about when nothing has been typed for so long. */
const SETTLED_MS = 500;
/** Units at a time. */
const SHOWN = 20;

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
  const said = `${rateWords(summary.success_rate)}. ${count(labels.achieved)} achieved, ${count(labels.failed)} failed, ${count(labels.unknown)} unknown, ${count(summary.immature)} not yet mature.`;
  return (
    <>
      <Figure title="Success by day" said={said} sql={sql}>
        {days.length > 1 && (
          <>
            <Plot label="Success rate by day, with 95 % intervals" options={(width) => dayChart(days, width)} />
            <Download name={`${answer.definition}-by-day.csv`} text={() => daysCsv(days)} of="success by day" />
          </>
        )}
      </Figure>
      <NewestUnits units={units} summary={summary} />
    </>
  );
};

/** What a listener of the page may want to look at, with how many there are. */
const NewestUnits = ({ units, summary }: Pick<OutcomesAnswer, 'units' | 'summary'>) => {
  const [wanted, setWanted] = useState<OutcomeGroup | 'all'>('all');
  const id = useId();
  const counts = { ...summary.labels, immature: summary.immature };
  const shown = units.filter((unit) => wanted === 'all' || groupOf(unit) === wanted).slice(0, SHOWN);
  return (
    <>
      <h3 className={styles['part']}>Newest {wanted === 'all' ? 'units' : GROUP_WORDS[wanted]}</h3>
      <label htmlFor={id} className={styles['pick']}>
        Show
        <select id={id} value={wanted} onChange={({ currentTarget }) => setWanted(currentTarget.value as OutcomeGroup)}>
          <option value="all">all, the newest first</option>
          {OUTCOME_GROUPS.map((group) => (
            <option key={group} value={group} disabled={counts[group] === 0}>
              {GROUP_WORDS[group]}: {count(counts[group])}
            </option>
          ))}
        </select>
      </label>
      <ul className={styles['units']}>
        {shown.map((unit) => (
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
    </>
  );
};

/** What became of units in the warehouse, of everybody or of one listener. */
export const OutcomesView = ({ name, unit }: { name: string; unit: string }) => {
  const [typed, setTyped] = useState('');
  const listener = useSettled(typed.trim(), SETTLED_MS) || undefined;
  const [watch] = useState(uuid);
  const query = useQuery(outcomesQuery(name, listener, watch));
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
      <Answered
        query={query}
        waiting={
          <Watching watch={watch} doing="Reading what listeners did">
            <RowsSkeleton />
          </Watching>
        }
      >
        {(answer) => <Shown answer={answer} />}
      </Answered>
    </section>
  );
};
