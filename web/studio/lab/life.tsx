import { axisX, axisY, dot, lineY } from '@observablehq/plot';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useId } from 'react';
import type { LabLifeWire, LabResultWire, LabRunWire, LabSessionWire } from '#api';
import { Figure, Legend } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { Answered } from '../../components/answered.tsx';
import { Button } from '../../components/button.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { labLifeQuery } from '../../queries.ts';
import { clock, percent, unsnake } from '../../words.ts';
import panels from '../metrics/page.module.css';
import styles from './page.module.css';
import { feltWord, numbered, policyWord, returnPoints, sessionTime, shownWords, skipWord } from './view.ts';

type Request = LabRunWire['request'];

const Felt = ({ felt }: { felt: number }) => (
  <span className={styles['felt']} data-felt={feltWord(felt)}>
    {feltWord(felt)} {felt.toFixed(2)}
  </span>
);

const Session = ({ session }: { session: LabSessionWire }) => (
  <li>
    <details className={styles['session']}>
      <summary>
        <span className={styles['when']}>{sessionTime(session)}</span>
        <span>
          {unsnake(session.intent)}, on {session.device}
          {session.companions > 0 && `, with ${session.companions} more`}
        </span>
        <Felt felt={session.felt} />
      </summary>
      <p className={panels['soft']}>{shownWords(session)}</p>
      {session.shown.length > 0 && (
        <ol className={styles['cards']}>
          {session.shown.map(({ title, artist, seen, chosen }) => (
            <li key={`${title} ${artist}`} data-seen={seen} data-chosen={chosen}>
              {title} <span>{artist}</span>
              {chosen && <strong> chosen</strong>}
              {!seen && <em> not looked at</em>}
            </li>
          ))}
        </ol>
      )}
      <ol className={styles['plays']}>
        {numbered(session.plays).map((play) => (
          <li key={play.place}>
            <span>
              {play.title} <span className={styles['artist']}>{play.artist}</span>
            </span>
            <span className={styles['course']}>
              {clock(play.ms_played)}
              {play.skip !== 'none' && `, ${skipWord(play.skip)}`}
            </span>
            {play.felt === null ? <span className={styles['course']}>spoken</span> : <Felt felt={play.felt} />}
          </li>
        ))}
      </ol>
    </details>
  </li>
);

const Week = ({ name, own, colour }: { name: string; own: LabLifeWire['first']; colour: string }) => (
  <section className={panels['box']} style={{ borderTop: `3px solid ${colour}` }}>
    <h3>Under {name}</h3>
    {own.sessions.length === 0 ? (
      <p className={panels['soft']}>Did not come in this week.</p>
    ) : (
      <ol className={styles['sessions']}>
        {own.sessions.map((session) => (
          <Session key={`${session.date} ${session.time}`} session={session} />
        ))}
      </ol>
    )}
  </section>
);

const Returns = ({ life, request }: { life: LabLifeWire; request: Request }) => {
  const points = returnPoints(life, request);
  const names = [policyWord(request.first), policyWord(request.second)];
  const ends = names.map((name) => `${name} ${percent(points.findLast((point) => point.name === name)?.returns ?? 0)}`);
  const said = `True chance of coming, by day; dots are days on which they came. On the last day: ${ends.join(', ')}.`;
  const options = useCallback(() => {
    const days = returnPoints(life, request);
    const both = [policyWord(request.first), policyWord(request.second)];
    return {
      height: 180,
      marginLeft: 44,
      marginBottom: 34,
      y: { domain: [0, 1] },
      color: { domain: both, range: [seriesColour(0), seriesColour(1)] },
      marks: [
        axisY({ ticks: 3, label: null, tickSize: 0, tickFormat: (share: number) => `${Math.round(100 * share)} %` }),
        axisX({ ticks: 6, label: 'day', tickSize: 3 }),
        lineY(days, { x: 'day', y: 'returns', z: 'name', stroke: 'name', strokeWidth: 1.6 }),
        dot(
          days.filter(({ came }) => came),
          { x: 'day', y: 'returns', fill: 'name', r: 2.2 },
        ),
      ],
    };
  }, [life, request]);
  return (
    <div className={panels['box']}>
      <p className={styles['truth']}>Truth: no log shows it</p>
      <Figure title="Will they come back?" said={said}>
        <Plot label={said} options={options} />
        <Legend of={names.map((name, at) => [name, seriesColour(at)] as const)} />
      </Figure>
    </div>
  );
};

/** A made-up person's life under both policies: whether they come, and a week of it. */
export const LifeView = ({ result, request }: { result: LabResultWire; request: Request }) => {
  const id = useId();
  const navigate = useNavigate({ from: '/studio/lab' });
  const search = useSearch({ from: '/studio/lab' });
  const listener = Math.min(search.listener ?? 0, result.people.length - 1);
  const week = Math.min(search.week ?? 0, request.weeks - 1);
  const query = useQuery(labLifeQuery(request, listener, week));
  const go = (search: { listener: number; week: number }) => void navigate({ search, resetScroll: false });
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={styles['heading']}>
        A listener’s life
      </h2>
      <div className={panels['choices']}>
        <label htmlFor={`${id}who`}>
          Listener of the first world
          <select
            id={`${id}who`}
            value={listener}
            onChange={(event) => go({ listener: Number(event.currentTarget.value), week })}
          >
            {result.people.map((person) => (
              <option key={person.listener} value={person.listener}>
                {unsnake(person.kind)}, {person.time_zone}
              </option>
            ))}
          </select>
        </label>
        <Button icon="back" disabled={week === 0} onClick={() => go({ listener, week: week - 1 })}>
          Week before
        </Button>
        <p className={styles['week']} aria-live="polite">
          Week {week + 1} of {request.weeks}
        </p>
        <Button icon="on" disabled={week === request.weeks - 1} onClick={() => go({ listener, week: week + 1 })}>
          Week after
        </Button>
      </div>
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(life) => (
          <>
            <Returns life={life} request={request} />
            <div className={styles['weeks']}>
              <Week name={policyWord(request.first)} own={life.first} colour={seriesColour(0)} />
              <Week name={policyWord(request.second)} own={life.second} colour={seriesColour(1)} />
            </div>
          </>
        )}
      </Answered>
    </section>
  );
};
