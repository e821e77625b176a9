import { expect, it } from 'vitest';
import { DAY_MS, parseEvent } from '#domain';
import { likeliestKind, SKIP_KINDS, skipPosterior, skipsOf } from '#units';
import { toLists } from './event-records.ts';
import { dayCounter, timelineOf } from './timeline.ts';

const T = Date.parse('2026-05-04T18:00:00Z');
const UNTIL = T + 30 * DAY_MS;

const play = (n: number, fields: Record<string, unknown>) => {
  const wire = {
    type: 'play',
    event_id: `p${n}`,
    user_id: 'ada',
    item_id: `track:${n}`,
    at: T + n * 20_000,
    ...fields,
  };
  const parsed = parseEvent(wire, UNTIL);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};

/** A streak of quick skips by one who chooses and stays, a listen, and a play of which it is not known. */
const events = [
  ...Array.from({ length: 8 }, (_, n) => play(n, { ms_played: 3000, skipped: true, source: 'search' })),
  play(8, { ms_played: 20 * 60_000, skipped: false, source: 'search' }),
  play(90, { ms_played: 60_000, source: 'search' }),
];
const timeline = timelineOf('ada', events, {
  itemOf: () => undefined,
  poolPurposeOf: () => '',
  intentModel: null,
  past: true,
  until: UNTIL,
});
const { plays } = toLists(events, { start: T, dayOf: dayCounter(timeline, T) }, timeline);

it('gives each skip its most probable meaning, as the posterior has it', () => {
  const told = new Map(skipsOf(events, UNTIL).map(({ play: { eventId }, evidence }) => [eventId, evidence]));
  const skips = plays.filter(({ skipped }) => skipped === true);
  expect(skips).toHaveLength(8);
  for (const { event_id, skip_kind } of skips) {
    expect(skip_kind).toBe(likeliestKind(skipPosterior(told.get(event_id as never)!)));
    expect(SKIP_KINDS).toContain(skip_kind);
  }
  // Far into a streak, choosing, and staying for the long track after it: looking through.
  expect(skips.at(-1)!.skip_kind).toBe('sampling');
});

it('gives no meaning to a play that was not skipped, or of which that is unknown', () => {
  const others = plays.filter(({ skipped }) => skipped !== true);
  expect(others.map(({ skipped, skip_kind }) => [skipped, skip_kind])).toEqual([
    [false, undefined],
    [undefined, undefined],
  ]);
});
