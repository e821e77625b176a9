import type { UnitOutcomeWire } from '#api';
import { span } from '../../words.ts';
import styles from './page.module.css';
import { placedOn } from './view.ts';

type Outcome = Pick<UnitOutcomeWire, 'label' | 'value' | 'effort' | 'mature'>;
type Reasons = UnitOutcomeWire['reasons'];
type Timeline = UnitOutcomeWire['timeline'];

const shown = (value: number | null): string => (value === null ? 'unknown' : String(Number(value.toPrecision(3))));

export const OutcomeWords = ({ outcome: { label, value, effort, mature } }: { outcome: Outcome }) => (
  <p className={styles['outcome']}>
    <strong className={styles[label]}>{label}</strong> value {shown(value)}
    {effort !== null && `, effort ${shown(effort)}`}
    {!mature && <span className={styles['soft']}> · not yet mature</span>}
  </p>
);

export const ReasonList = ({ reasons }: { reasons: Reasons }) => (
  <ul className={styles['reasons']}>
    {reasons.map(({ clause, text, words }) => (
      <li key={clause + text}>
        <code>{words}</code>
      </li>
    ))}
  </ul>
);

/** Events of a unit on a line by time; those that decided stand out, and are listed. */
export const TimelineView = ({ timeline }: { timeline: Timeline }) => {
  if (timeline.length === 0) return <p className={styles['soft']}>Nothing happened in it.</p>;
  const places = placedOn(timeline);
  const deciding = timeline.filter((event) => event.deciding);
  return (
    <div>
      <div className={styles['line']} aria-hidden="true">
        {timeline.map((event, n) => (
          <span
            key={`${event.list} ${event.event_id}`}
            className={event.deciding ? styles['deciding'] : styles['event']}
            style={{ left: `${places[n]?.left}%`, width: `${places[n]?.width}%` }}
            title={`${span(event.at)}: ${event.words}`}
          />
        ))}
      </div>
      <details className={styles['events']}>
        <summary>
          {deciding.length} of {timeline.length} events decided
        </summary>
        <ol>
          {timeline.map((event) => (
            <li key={`${event.list} ${event.event_id}`} className={event.deciding ? styles['told'] : undefined}>
              <span className={styles['soft']}>{event.at < 1000 ? 'at the start' : `after ${span(event.at)}`}</span>{' '}
              {event.words}
              {event.deciding && <strong> · decided</strong>}
            </li>
          ))}
        </ol>
      </details>
    </div>
  );
};
