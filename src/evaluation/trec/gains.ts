/** What a document of each level is worth. */

import { discounted } from '../measures/dcg.ts';
import { leadingWhole } from './numbers.ts';

/** Levels by position, and how many documents were judged at each. */
interface LevelRanking {
  readonly relevance: Int32Array;
  readonly levels: Uint32Array;
}

/** Worth of levels by their number; a level that is not in it is worth its number. */
export type LevelGains = ReadonlyMap<number, number>;

const isLevel = (name: string): boolean => /^[+-]?\d+$/.test(name);

/** From the pairs `level=gain` of the parameters; pairs with other names are not looked at. */
export const levelGains = (pairs: ReadonlyMap<string, number>): LevelGains =>
  new Map([...pairs].filter(([name]) => isLevel(name)).map(([name, gain]) => [leadingWhole(name)!, gain]));

export const isGainName = (name: string, others: readonly string[] = []): boolean =>
  isLevel(name) || others.includes(name);

/** Gain by position; what has no judgment gains nothing. */
const gainsOf = ({ relevance }: LevelRanking, gains: LevelGains): Float64Array => {
  // A loop, not Float64Array.from with a function, in which a run of millions of lines spent half of its time.
  const worths = new Float64Array(relevance.length);
  const asJudged = gains.size === 0;
  for (let n = 0; n < worths.length; n++) {
    const level = relevance[n]!;
    worths[n] = (asJudged ? undefined : gains.get(level)) ?? Math.max(level, 0);
  }
  return worths;
};

/** Positive gains of all judged documents, the best first: what the best ranking would have. */
const idealGains = ({ levels }: LevelRanking, gains: LevelGains): Float64Array => {
  const worths = Array.from(levels, (count, level) => ({ count, gain: gains.get(level) ?? level }))
    .filter(({ gain, count }) => gain > 0 && count > 0)
    .sort((a, b) => b.gain - a.gain);
  const ideal = new Float64Array(worths.reduce((sum, { count }) => sum + count, 0));
  let at = 0;
  for (const { gain, count } of worths) {
    ideal.fill(gain, at, at + count);
    at += count;
  }
  return ideal;
};

/** Gains of a ranking and of the best one, with the sums of the discounted gains: entry n is that of the first n. */
export interface RankedGains {
  readonly gains: Float64Array;
  readonly ideal: Float64Array;
  readonly sums: Float64Array;
  readonly idealSums: Float64Array;
}

export const rankedGains = (ranking: LevelRanking, levels: LevelGains): RankedGains => {
  const gains = gainsOf(ranking, levels);
  const ideal = idealGains(ranking, levels);
  return { gains, ideal, sums: cumulated(gains), idealSums: cumulated(ideal) };
};

const cumulated = (gains: Float64Array): Float64Array => {
  const sums = new Float64Array(gains.length + 1);
  let sum = 0;
  for (let n = 0; n < gains.length; n++) {
    if (gains[n] !== 0) sum += discounted(gains[n]!, n);
    sums[n + 1] = sum;
  }
  return sums;
};
