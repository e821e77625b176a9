import { describe, expect, it } from 'vitest';
import { createRng, shuffle } from '#math';
import { compileDefinition } from '../closure/compile-definition.ts';
import { hintsOf } from '../made-up/hints.ts';
import { makeUnit } from '../made-up/units.ts';
import { standardDefinitions } from '../standard/standard-definitions.ts';
import { MAX_EVENTS } from '../unit/fields.ts';
import type { Unit } from '../unit/unit.ts';
import type { StreamMessage } from './message.ts';
import { messagesInTime } from './messages-of-units.ts';
import { createStream } from './stream.ts';

const DEFINITIONS = standardDefinitions();
const madeUp = (definition: (typeof DEFINITIONS)[number], count: number): readonly Unit[] =>
  Array.from({ length: count }, (_, number) => makeUnit(definition.unit, hintsOf(definition), 'stream', number));

const outcomesOf = (definition: (typeof DEFINITIONS)[number], messages: Iterable<StreamMessage>) => {
  const stream = createStream(definition, { latenessMs: 0 });
  const outcomes = new Map(
    [...messages].flatMap((message) => stream.take(message)).map((each) => [each.unit_id, each]),
  );
  return { outcomes, counts: stream.counts };
};

/** Every event twice, all out of order, the unit's fields first. */
const disturbed = (units: readonly Unit[]): readonly StreamMessage[] => {
  const messages = [...messagesInTime(units)].filter(({ type }) => type !== 'watermark');
  const heads = messages.filter(({ type }) => type === 'unit');
  const events = messages.filter(({ type }) => type === 'event');
  return [
    ...heads,
    ...shuffle([...events, ...events], createRng('late')),
    { type: 'watermark', at: Number.POSITIVE_INFINITY },
  ];
};

describe('the streaming reader', () => {
  it.each(DEFINITIONS)('gives of $name at maturity what the batch gives', (definition) => {
    const units = madeUp(definition, 60);
    const { evaluate } = compileDefinition(definition);
    const { outcomes, counts } = outcomesOf(definition, messagesInTime(units));
    for (const unit of units) expect(outcomes.get(unit.unit_id)).toMatchObject(evaluate(unit));
    expect(counts).toMatchObject({ open: 0, events: 0 });
  });

  it.each(DEFINITIONS)('gives of $name the same when events are late, repeated and out of order', (definition) => {
    const units = madeUp(definition, 30);
    const { evaluate } = compileDefinition(definition);
    const { outcomes } = outcomesOf(definition, disturbed(units));
    for (const unit of units) expect(outcomes.get(unit.unit_id)).toMatchObject(evaluate(unit));
  });

  const [sleep] = DEFINITIONS.filter(({ name }) => name === 'sleep_playlist');
  const head = { type: 'unit', unit_id: 's', kind: 'session', user_id: 'u', start: 0 } as const;
  const play = (number: number, fields: object = {}): StreamMessage => ({
    type: 'event',
    unit_id: 's',
    list: 'plays',
    event: {
      event_id: `p${number}`,
      at: number,
      day: 0,
      item_id: 'track:1',
      ms_played: 1000,
      skipped: false,
      ...fields,
    },
  });

  it('holds at most so many events a list, and only of lists that are read', () => {
    const stream = createStream(sleep!, { latenessMs: 0 });
    stream.take(head);
    for (let number = MAX_EVENTS + 200; number > 0; number--) stream.take(play(number));
    stream.take({
      type: 'event',
      unit_id: 's',
      list: 'searches',
      event: { event_id: 'q', at: 1, day: 0, step: 'key' },
    });
    expect(stream.counts).toEqual({ open: 1, events: MAX_EVENTS, missed: 0 });
  });

  it('is immature until the horizon, waits for late events, and then lets go', () => {
    const hour = 3_600_000;
    const stream = createStream(sleep!, { latenessMs: hour });
    stream.take({ ...head, unit: { end_reason: 'sleep_timer', duration_ms: 20 * 60_000 } });
    stream.take(play(0, { ms_played: 20 * 60_000 }));
    expect(stream.peek('s')).toMatchObject({ label: 'achieved', mature: false, evidence: ['p0'] });
    expect(stream.take({ type: 'watermark', at: 14 * hour })).toEqual([]);
    for (const number of [1, 2, 3, 4]) stream.take(play(number, { at: 10 * 60_000 + number, skipped: true }));
    const [outcome] = stream.take({ type: 'watermark', at: 15 * hour + 1 });
    expect(outcome).toMatchObject({ unit_id: 's', label: 'failed', mature: true, evidence: ['p1', 'p2', 'p3', 'p4'] });
    stream.take(play(9));
    stream.take(head);
    expect(stream.counts).toEqual({ open: 0, events: 0, missed: 2 });
  });
});
