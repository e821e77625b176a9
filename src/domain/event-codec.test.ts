import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromRow, fromTimestamp, parseEvent, toRow, toTimestamp } from './event-codec.ts';
import { EVENT_KINDS } from './event-schema.ts';

const RECEIVED_AT = Date.parse('2026-11-24T12:00:00Z');
const play = { type: 'play', event_id: 'e1', user_id: 'u1', at: '2026-11-24T08:00:00+02:00', item_id: 'track:a' };

const reasonsOf = (wire: unknown): Record<string, string> => {
  const parsed = parseEvent(wire, RECEIVED_AT);
  if (parsed.ok) throw new Error('expected the event to be refused');
  return Object.fromEntries(parsed.fields.map(({ field, reason }) => [field, reason]));
};

describe('parseEvent', () => {
  it('reads times with an offset as UTC epoch milliseconds', () => {
    const parsed = parseEvent(play, RECEIVED_AT);
    expect(parsed.ok && parsed.event.at).toBe(Date.parse('2026-11-24T06:00:00Z'));
  });

  it('keeps unknown fields in extra, untouched', () => {
    const parsed = parseEvent({ ...play, mood_now: { a_b: 1 } }, RECEIVED_AT);
    expect(parsed.ok && parsed.event.extra).toEqual({ mood_now: { a_b: 1 } });
  });

  it('keeps unknown fields that are named like members of every object', () => {
    const parsed = parseEvent({ ...play, constructor: 'c', toString: 't' }, RECEIVED_AT);
    expect(parsed.ok && parsed.event.extra).toEqual({ constructor: 'c', toString: 't' });
  });

  it('leaves absent fields unknown', () => {
    const parsed = parseEvent(play, RECEIVED_AT);
    expect(parsed.ok && 'msPlayed' in parsed.event).toBe(false);
  });

  it('names the field and what is allowed', () => {
    expect(reasonsOf({ ...play, type: 'plya' })).toEqual({
      type: `unknown type "plya": expected ${EVENT_KINDS.join(', ')}`,
    });
    expect(reasonsOf({ ...play, item_id: 'no colon' })['item_id']).toContain('type:opaque');
    expect(Object.keys(reasonsOf({ ...play, ms_played: -1, user_id: '' })).sort()).toEqual(['ms_played', 'user_id']);
    expect(reasonsOf({ ...play, at: '1999-12-31T23:59:59Z' })['at']).toContain('before the year 2000');
    expect(reasonsOf({ ...play, time_zone: 'Europe/Atlantis' })['time_zone']).toContain('IANA');
    expect(reasonsOf({ ...play, at: '2027-11-24T08:00:00Z' })['at']).toContain('more than a day ahead');
  });

  it('refuses anything that is not an object without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), (wire) => {
        const parsed = parseEvent(wire, RECEIVED_AT);
        expect(parsed.ok).toBe(false);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('does not let a wire key reach the prototype', () => {
    const parsed = parseEvent(JSON.parse(`{"__proto__":{"polluted":1},${JSON.stringify(play).slice(1)}`), RECEIVED_AT);
    expect(parsed.ok).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(parsed.ok && (parsed.event as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('rows', () => {
  it('give back the event they were made of', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            ms_played: fc.nat(),
            skipped: fc.boolean(),
            shuffle: fc.boolean(),
            utc_offset_min: fc.integer({ min: -840, max: 840 }),
            source: fc.constantFrom('radio', 'editorial', 'unknown'),
            note: fc.string(),
          },
          { requiredKeys: [] },
        ),
        fc.integer({ min: 946_684_800_000, max: RECEIVED_AT }),
        (fields, at) => {
          const parsed = parseEvent({ ...play, ...fields, at }, RECEIVED_AT);
          if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
          expect(fromRow('play', JSON.parse(toRow(parsed.event)))).toEqual(parsed.event);
        },
      ),
      { seed: 2, numRuns: 300 },
    );
  });

  it('carry nested slate parts as JSON text and give them back', () => {
    const slate = {
      type: 'slate',
      event_id: 's1',
      user_id: 'u1',
      at: RECEIVED_AT,
      slate_id: 's1',
      surface: 'home',
      context: { daypart: 'morning', local_hour: 8, local_weekday: 1, intents: { quick_access: 0.5 } },
      policy: 'home@1',
      model: 'm1',
      seed: 'x',
      exploration: 0.1,
      log_propensity: -0.2,
      fallback: null,
      shelves: [{ shelf: 'jump_back_in', need: 'n', title: 't', asked: 1 }],
      cards: [
        {
          shelf: 'jump_back_in',
          row: 0,
          slot: 0,
          item_id: 'track:a',
          score: 1,
          propensity: 0.9,
          explored: false,
          source: 'familiar',
          stage: 'familiar',
          claim: { kind: 'played_item', evidence: { last_at: 3 } },
        },
      ],
      candidates: { as_it_is: [1] },
      filtered: { disliked_item: 2 },
    };
    const parsed = parseEvent(slate, RECEIVED_AT);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    const row = JSON.parse(toRow(parsed.event)) as Record<string, unknown>;
    expect(JSON.parse(row['cards'] as string)).toMatchObject({ item_id: ['track:a'] });
    const back = fromRow('slate', row);
    expect(back).toEqual(parsed.event);
  });
});

describe('timestamps', () => {
  it('are UTC with milliseconds and give back the moment', () => {
    expect(toTimestamp(0)).toBe('1970-01-01 00:00:00.000');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (at) => {
        expect(fromTimestamp(toTimestamp(at))).toBe(at);
      }),
      { seed: 3 },
    );
  });
});
