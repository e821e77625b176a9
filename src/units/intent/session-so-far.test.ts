import { describe, expect, it } from 'vitest';
import { type ListenerEvent, parseEvent } from '#domain';
import { createRng, type Rng } from '#math';
import { describeSession } from '../describe-session.ts';
import { SESSION_GAP_MS } from '../session-row.ts';
import { type Surroundings, sessionize } from '../sessionize.ts';
import { evidenceOf } from './evidence.ts';
import { SessionSoFar } from './session-so-far.ts';

const START = Date.parse('2026-03-06T20:00:00Z');
const NOW = Date.parse('2026-11-24T12:00:00Z');
const surroundings: Surroundings = {
  surfaceOf: (slate) => (slate === 's1' ? 'home' : undefined),
  purposeOf: (item, isFromPool) => (item === 'track:0' ? 'sleep' : item === 'track:1' && isFromPool ? 'workout' : ''),
};

const pick = <T>(values: readonly T[], rng: Rng): T => values[rng.int(values.length)] as T;
const maybe = <T>(name: string, value: T, rng: Rng): Record<string, T> => (rng.next() < 0.7 ? { [name]: value } : {});

const eventAt = (n: number, at: number, rng: Rng): ListenerEvent => {
  const base = {
    event_id: `e${n}`,
    user_id: 'ada',
    at,
    ...maybe('device', pick(['mobile', 'desktop', 'speaker'], rng), rng),
    ...maybe('utc_offset_min', pick([60, 120], rng), rng),
    ...maybe('time_zone', 'Europe/Berlin', rng),
  };
  const item_id = `track:${rng.int(3)}`;
  const wire = [
    { type: 'action', action: pick(['like', 'sleep_timer_set'], rng), item_id, ...maybe('surface', 'library', rng) },
    { type: 'impression', slate_id: 's1', item_id },
    { type: 'search', search_id: 'q', step: 'key', query: 'a' },
    { type: 'survey', satisfaction: 3 },
    ...Array.from({ length: 5 }, () => ({
      type: 'play',
      item_id,
      ...maybe('ms_played', rng.int(300_000), rng),
      ...maybe('skipped', rng.next() < 0.4, rng),
      ...maybe('source', pick(['radio', 'editorial', 'search'], rng), rng),
      ...maybe('slate_id', pick(['s1', 'gone'], rng), rng),
      ...maybe('user_initiated', rng.next() < 0.5, rng),
      ...maybe('shuffle', rng.next() < 0.5, rng),
    })),
  ];
  const parsed = parseEvent({ ...base, ...pick(wire, rng) }, NOW);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};

/** Gaps also of exactly half an hour, and events of one moment. */
const life = (rng: Rng): ListenerEvent[] => {
  let at = START;
  return Array.from({ length: 120 }, (_, n) => {
    at += pick([0, 1000, 60_000, 240_000, SESSION_GAP_MS, SESSION_GAP_MS + 1], rng);
    return eventAt(n, at, rng);
  });
};

/** What the plain twin makes of the last session of the events so far. */
const expected = (events: readonly ListenerEvent[]) => {
  const rows = sessionize(events, surroundings);
  const last = rows.at(-1);
  return last === undefined ? null : evidenceOf(describeSession(last, rows.at(-2), NOW));
};

describe('the session that is going on', () => {
  it('shows at every moment what its session shows in bulk', () => {
    let compared = 0;
    for (let n = 0; n < 20; n++) {
      const events = life(createRng('so far').derive(n));
      const session = new SessionSoFar();
      for (const [place, event] of events.entries()) {
        session.take(event, surroundings);
        const known = events.slice(0, place + 1);
        const evidence = expected(known);
        // Events of one moment stand in the order of their ids, which is not that in which they came.
        if (evidence === null || events[place + 1]?.at === event.at) continue;
        expect(session.evidence({})).toEqual(evidence);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(1500);
  });

  it('takes late plays into their place, and leaves those of sessions before', () => {
    const rng = createRng('late');
    const [first, second, third] = [0, 60_000, 120_000].map((ms, n) =>
      eventAt(n, START + ms, { ...rng, int: () => 8, next: () => 0 } as Rng),
    ) as [ListenerEvent, ListenerEvent, ListenerEvent];
    const inOrder = new SessionSoFar();
    for (const event of [first, second, third]) inOrder.take(event, surroundings);
    const late = new SessionSoFar();
    for (const event of [first, third, second]) late.take(event, surroundings);
    late.take({ ...first, eventId: 'old' as never, at: START - 86_400_000 }, surroundings);
    expect(late.plays).toEqual(inOrder.plays);
    expect(late.evidence({})).toEqual(inOrder.evidence({}));
    expect(late.plays.length).toBe(3);
  });

  it('is over half an hour after its last event ended', () => {
    const session = new SessionSoFar();
    expect(session.isRunning(START)).toBe(false);
    const parsed = parseEvent(
      { type: 'play', event_id: 'p', user_id: 'ada', item_id: 'track:0', at: START, ms_played: 60_000 },
      NOW,
    );
    if (!parsed.ok) throw new Error('a play');
    session.take(parsed.event, surroundings);
    expect(session.isRunning(START + 60_000 + SESSION_GAP_MS)).toBe(true);
    expect(session.isRunning(START + 60_001 + SESSION_GAP_MS)).toBe(false);
  });
});
