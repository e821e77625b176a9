/** Made-up records: every field of its kind, some missing, texts from where the definition looks for them. */

import { DAY_MS, HOUR_MS, SECOND_MS } from '#domain';
import type { Rng } from '#math';
import { type Field, fieldsOf, type RecordName } from '../unit/fields.ts';
import type { Hints } from './hints.ts';

/** How a made-up unit is: alike within the unit, so that corners are reached that averages never are. */
export interface Mood {
  readonly hints: Hints;
  /** Share of optional fields that are missing. */
  readonly missing: number;
  /** Share of truths that are true. */
  readonly yes: number;
  /** Items and artists to choose from. */
  readonly breadth: number;
  /** A typical length, milliseconds. */
  readonly length: number;
}

export const pick = <Value>(values: readonly Value[], rng: Rng): Value => values[rng.int(values.length)]!;

const LENGTHS = [SECOND_MS, 20 * SECOND_MS, 200 * SECOND_MS, HOUR_MS];

export const makeMood = (hints: Hints, rng: Rng): Mood => ({
  hints,
  missing: pick([0, 0, 0, 0.1, 0.4], rng),
  yes: pick([0.02, 0.3, 0.7, 0.98], rng),
  breadth: pick([1, 3, 40], rng),
  length: pick([...LENGTHS, ...hints.numbers.filter((each) => each >= SECOND_MS && each < DAY_MS)], rng),
});

/** Around the mood's length, and now and then right at a threshold of the definition. */
export const makeLength = ({ hints, length }: Mood, rng: Rng): number => {
  const times = hints.numbers.filter((each) => each >= SECOND_MS / 10);
  if (times.length > 0 && rng.next() < 0.2) return Math.round(pick(times, rng) * pick([0.5, 1, 1, 1.5], rng));
  return Math.round(length * (0.3 + 1.4 * rng.next()));
};

const SHARES: ReadonlySet<string> = new Set(['max_visible_fraction', 'scroll_depth', 'confidence', 'credit']);

const makeNumber = (name: string, mood: Mood, rng: Rng): number => {
  if (SHARES.has(name)) return rng.next();
  if (name === 'local_hour') return rng.int(24);
  if (name === 'local_weekday') return 1 + rng.int(7);
  if (name.endsWith('_ms')) return makeLength(mood, rng);
  const counts = mood.hints.numbers.filter((each) => each < 100);
  if (counts.length > 0 && rng.next() < 0.3) return Math.floor(pick(counts, rng)) + rng.int(2);
  return rng.int(pick([2, 10, 40], rng));
};

const makeText = (name: string, { words }: Field, mood: Mood, rng: Rng): string => {
  if (name === 'item_id') return `track:${rng.int(mood.breadth)}`;
  if (name === 'artist_id') return `artist:${rng.int(Math.ceil(mood.breadth / 2))}`;
  const wanted = mood.hints.words.filter((word) => words === undefined || words.includes(word));
  if (wanted.length > 0 && rng.next() < 0.6) return pick(wanted, rng);
  return words === undefined ? pick(['other', ''], rng) : pick(words, rng);
};

const makeIntents = ({ hints }: Mood, { words = [] }: Field, rng: Rng): Readonly<Record<string, number>> => {
  const named = hints.words.filter((word) => words.includes(word));
  const intents = [pick(named.length > 0 ? named : words, rng), pick(words, rng)];
  const first = pick([1, 0.8, 0.5], rng);
  return Object.fromEntries([...intents.slice(1).map((intent) => [intent, 1 - first]), [intents[0]!, first]]);
};

const makeField = (name: string, field: Field, mood: Mood, rng: Rng): unknown => {
  switch (field.type) {
    case 'number':
      return makeNumber(name, mood, rng);
    case 'bool':
      return rng.next() < mood.yes;
    case 'string':
      return makeText(name, field, mood, rng);
    case 'strings':
      return mood.hints.words.filter(() => rng.next() < 0.5);
    case 'intents':
      return makeIntents(mood, field, rng);
  }
};

/** Fields of the record but those that are given. */
export const makeRecord = (
  record: RecordName,
  given: Readonly<Record<string, unknown>>,
  mood: Mood,
  rng: Rng,
): Readonly<Record<string, unknown>> => {
  const made: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fieldsOf(record))) {
    if (name in given) made[name] = given[name];
    else if (!field.optional || rng.next() >= mood.missing) made[name] = makeField(name, field, mood, rng);
  }
  return made;
};
