import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type ListenerEvent, MINUTE_MS, parseEvent } from '#domain';
import { describeSession } from './describe-session.ts';
import { layoutOf } from './device-class.ts';
import { attentionMs, isExamined } from './examined.ts';
import { sessionize } from './sessionize.ts';

const NOON = Date.parse('2026-03-28T11:00:00Z');
let id = 0;
const event = (fields: Record<string, unknown>): ListenerEvent => {
  const parsed = parseEvent(
    { event_id: `e${String(++id).padStart(5, '0')}`, user_id: 'u', ...fields },
    NOON + 90 * DAY_MS,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};
const play = (at: number, fields: Record<string, unknown> = {}) =>
  event({ type: 'play', item_id: 'track:a', at, ms_played: 3 * MINUTE_MS, ...fields });
const nothing = { surfaceOf: () => undefined, purposeOf: () => '' };
const described = (events: ListenerEvent[], until = NOON + 30 * DAY_MS) => {
  const rows = sessionize(events, nothing);
  return rows.map((row, n) => describeSession(row, rows[n - 1], until));
};

describe('sessions', () => {
  it('go on until nothing has gone on for half an hour, counted from the end of what was played', () => {
    // Three minutes of play, then exactly thirty of silence: still the same session; a millisecond more: the next.
    const second = NOON + 33 * MINUTE_MS;
    expect(sessionize([play(NOON), play(second)], nothing)).toHaveLength(1);
    expect(sessionize([play(NOON), play(second + 1)], nothing)).toHaveLength(2);
  });

  it('hold a long episode together with what follows it', () => {
    const episode = play(NOON, { ms_played: 2 * HOUR_MS });
    const [session] = sessionize([episode, play(NOON + 2 * HOUR_MS + 20 * MINUTE_MS)], nothing);
    expect(session).toMatchObject({ plays: 2, played_ms: 2 * HOUR_MS + 3 * MINUTE_MS });
  });

  it('hold a hand-off from one device to another together, and name the device where most was played', () => {
    const [session] = described([
      play(NOON, { device: 'mobile' }),
      play(NOON + 5 * MINUTE_MS, { device: 'speaker', ms_played: 40 * MINUTE_MS }),
    ]);
    expect(session).toMatchObject({ device: 'speaker', deviceClass: 'ambient', layout: 'spoken' });
    expect(session?.counts.hand_offs).toBe(1);
  });

  it('do not depend on the order in which events arrive', () => {
    const events = [play(NOON), play(NOON + HOUR_MS), play(NOON + 10 * MINUTE_MS)];
    expect(sessionize([...events].reverse(), nothing)).toEqual(sessionize(events, nothing));
  });

  it('are neither opened nor prolonged by what the server or a survey does', () => {
    const survey = event({ type: 'survey', at: NOON + 20 * MINUTE_MS, satisfaction: 4 });
    expect(sessionize([play(NOON), survey, play(NOON + 40 * MINUTE_MS)], nothing)).toHaveLength(2);
    expect(sessionize([survey], nothing)).toEqual([]);
  });

  it('keep the listener’s own clock through the change to summer time', () => {
    // Berlin: UTC+1 until 2026-03-29 01:00 UTC, then UTC+2.
    const at = (iso: string) => play(Date.parse(iso), { time_zone: 'Europe/Berlin', utc_offset_min: 60 });
    const [before, after] = described([at('2026-03-28T22:30:00Z'), at('2026-03-29T22:30:00Z')]);
    expect(before).toMatchObject({ local: { hour: 23, day: '2026-03-28' }, daypart: 'night' });
    expect(after).toMatchObject({ local: { hour: 0, day: '2026-03-30' }, daypart: 'late_night' });
  });

  it('follow the offset of a traveller who names no zone', () => {
    const [home, away] = described([play(NOON, { utc_offset_min: 0 }), play(NOON + DAY_MS, { utc_offset_min: -300 })]);
    expect([home?.local.hour, away?.local.hour]).toEqual([11, 6]);
  });
});

describe('the end of a session', () => {
  const endOf = (...events: ListenerEvent[]) => described(events).at(-1)?.endReason;

  it('is what the last play says', () => {
    expect(endOf(play(NOON, { reason_end: 'trackdone' }))).toBe('trackdone');
    expect(endOf(play(NOON, { reason_end: 'unexpected-exit-while-paused' }))).toBe('device_lost');
    expect(endOf(play(NOON, { reason_end: 'warp' }))).toBe('other');
  });

  it('is the sleep timer when one was set and nothing else explains it', () => {
    const timer = event({ type: 'action', action: 'sleep_timer_set', at: NOON + 1000 });
    expect(endOf(play(NOON, { reason_end: 'endplay' }), timer)).toBe('sleep_timer');
    expect(endOf(play(NOON, { reason_end: 'trackerror' }), timer)).toBe('trackerror');
  });

  it('is idleness when nothing more came, and open while more may come', () => {
    expect(endOf(play(NOON))).toBe('idle_timeout');
    expect(endOf(event({ type: 'search', search_id: 'q', step: 'key', at: NOON }))).toBe('idle_timeout');
    const [open] = described([play(NOON, { reason_end: 'trackdone' })], NOON + 33 * MINUTE_MS);
    expect(open).toMatchObject({ isOpen: true, endReason: 'open' });
  });
});

describe('resumption', () => {
  const halves = (later: number, first: Record<string, unknown> = {}) =>
    described([
      play(NOON, { item_id: 'episode:x', duration_ms: HOUR_MS, ms_played: 20 * MINUTE_MS, ...first }),
      play(later, { item_id: 'episode:x' }),
    ]).at(-1)?.resumes;

  it('is taking up what was left unfinished, within a day', () => {
    expect(halves(NOON + 3 * HOUR_MS)).toBe(true);
    expect(halves(NOON + 26 * HOUR_MS)).toBe(false);
    expect(halves(NOON + 3 * HOUR_MS, { reason_end: 'trackdone' })).toBe(false);
    expect(halves(NOON + 3 * HOUR_MS, { item_id: 'episode:y' })).toBe(false);
  });
});

describe('examination', () => {
  it('is half of the card for a second; unknown stays unknown', () => {
    expect(isExamined({ visibleMs: 1000, maxVisibleFraction: 0.5 })).toBe(true);
    expect(isExamined({ visibleMs: 999, maxVisibleFraction: 1 })).toBe(false);
    expect(isExamined({ visibleMs: 5000, maxVisibleFraction: 0.49 })).toBe(false);
    expect(isExamined({ maxVisibleFraction: 1 })).toBeUndefined();
    expect(attentionMs({ visibleMs: 800, maxVisibleFraction: 0.25 })).toBe(200);
    expect(attentionMs({})).toBeUndefined();
  });

  it('knows the layout of a device', () => {
    expect([layoutOf('mobile'), layoutOf('desktop'), layoutOf('tv'), layoutOf('')]).toEqual([
      'scroll',
      'fold',
      'row',
      'unknown',
    ]);
  });
});
