import { describe, expect, it } from 'vitest';
import { DAY_MS, type ListenerEvent, MINUTE_MS, parseEvent } from '#domain';
import { createRng } from '#math';
import { ALL_SKIP_FIELDS, SKIP_FIELDS, SKIP_KINDS, type SkipEvidence } from './skip-evidence.ts';
import { fitSkips, likeliestKind, skipPosterior } from './skip-mixture.ts';
import { SKIP_PRIOR } from './skip-priors.ts';
import { skipsOf } from './skips-of.ts';

const T = Date.parse('2026-06-01T20:00:00Z');
let id = 0;
const event = (fields: Record<string, unknown>): ListenerEvent => {
  const parsed = parseEvent(
    { event_id: `e${String(++id).padStart(4, '0')}`, user_id: 'u', ...fields },
    T + 60 * DAY_MS,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};
const play = (at: number, fields: Record<string, unknown> = {}) =>
  event({ type: 'play', item_id: 'track:a', at, duration_ms: 200_000, ms_played: 200_000, source: 'radio', ...fields });
const skip = (at: number, fields: Record<string, unknown> = {}) =>
  play(at, { ms_played: 4000, skipped: true, ...fields });

const NOTHING = Object.fromEntries(ALL_SKIP_FIELDS.map((field) => [field, null])) as unknown as SkipEvidence;

describe('what is seen of a skip', () => {
  it('is when it came, what came before, and what followed', () => {
    const [seen] = skipsOf(
      [
        play(T - DAY_MS),
        skip(T),
        play(T + 5000, { item_id: 'track:b', source: 'search', ms_played: 11 * MINUTE_MS }),
        event({ type: 'action', action: 'like', at: T + 9000 }),
        play(T + 2 * DAY_MS),
      ],
      T + 30 * DAY_MS,
    );
    expect(seen?.evidence).toEqual({
      played: 'under_5s',
      session_age: 'under_2min',
      streak: 'none',
      recent_listens: 'one_to_three',
      stance: 'played_to',
      next: 'other_source',
      stayed: 'yes',
      kept: 'yes',
      heard_again: 'yes',
    });
  });

  it('is unknown where the time to see it is not over', () => {
    const [seen] = skipsOf([skip(T)], T + MINUTE_MS);
    expect(seen?.evidence).toMatchObject({ next: null, stayed: null, kept: null, heard_again: null });
    const [later] = skipsOf([skip(T)], T + DAY_MS);
    expect(later?.evidence).toMatchObject({ next: 'end', stayed: 'no', kept: 'no', heard_again: null });
  });

  it('counts skips in a row, and begins anew with a session', () => {
    const streaks = skipsOf(
      [skip(T), skip(T + 5000), skip(T + 10_000), skip(T + 15_000), skip(T + DAY_MS)],
      T + 9 * DAY_MS,
    );
    expect(streaks.map(({ evidence }) => evidence.streak)).toEqual([
      'none',
      'one_or_two',
      'one_or_two',
      'more',
      'none',
    ]);
  });
});

describe('the posterior of a skip', () => {
  it('of which nothing is known is the share of each kind', () => {
    const posterior = skipPosterior(NOTHING);
    expect(SKIP_KINDS.map((kind) => posterior[kind])).toEqual(
      SKIP_PRIOR.shares.map((share) => expect.closeTo(share, 12)),
    );
  });

  it('tells a worn-out favourite from something unwanted by what follows', () => {
    const worn = { ...NOTHING, recent_listens: 'more', heard_again: 'yes', stayed: 'yes' } as const;
    const unwanted = { ...NOTHING, recent_listens: 'none', heard_again: 'no', stayed: 'no' } as const;
    expect(likeliestKind(skipPosterior(worn))).toBe('satiation');
    expect(likeliestKind(skipPosterior(unwanted))).toBe('rejection');
  });
});

describe('EM', () => {
  const rng = createRng('skips');
  const drawn = Array.from({ length: 3000 }, (_, n): SkipEvidence => {
    const evidence: Record<string, string> = {};
    for (const field of ALL_SKIP_FIELDS) {
      const values = SKIP_FIELDS[field];
      evidence[field] = values[(n + rng.int(values.length)) % values.length] as string;
    }
    return evidence as unknown as SkipEvidence;
  });

  it('never lowers its likelihood', () => {
    const { trace } = fitSkips(drawn);
    expect(trace.length).toBeGreaterThan(3);
    for (const [n, score] of trace.entries()) if (n > 0) expect(score).toBeGreaterThanOrEqual(trace[n - 1]! - 1e-12);
  });

  it('keeps probabilities probabilities', () => {
    const { mixture } = fitSkips(drawn);
    expect(mixture.shares.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    for (const field of ALL_SKIP_FIELDS)
      for (const row of mixture.tables[field]) expect(row.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
  });

  it('without skips is the prior', () => {
    expect(fitSkips([]).mixture).toBe(SKIP_PRIOR);
  });
});
