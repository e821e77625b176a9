/** What a document of each level is worth. */

import type { JudgedRanking } from './judged-ranking.ts';
import { leadingWhole } from './numbers.ts';

/** Worth of levels by their number; a level that is not in it is worth its number. */
export type LevelGains = ReadonlyMap<number, number>;

const isLevel = (name: string): boolean => /^[+-]?\d+$/.test(name);

/** From the pairs `level=gain` of the parameters; pairs with other names are not looked at. */
export const levelGains = (pairs: ReadonlyMap<string, number>): LevelGains =>
  new Map([...pairs].filter(([name]) => isLevel(name)).map(([name, gain]) => [leadingWhole(name)!, gain]));

export const isGainName = (name: string, others: readonly string[] = []): boolean =>
  isLevel(name) || others.includes(name);

/** Gain by position, of the first `cutoff` ones; what has no judgment gains nothing. */
export const gainsOf = (
  { relevance }: JudgedRanking,
  gains: LevelGains,
  cutoff: number = relevance.length,
): Float64Array => {
  // A loop, not Float64Array.from with a function, in which a run of millions of lines spent half of its time.
  const worths = new Float64Array(Math.min(cutoff, relevance.length));
  for (let n = 0; n < worths.length; n++) {
    const level = relevance[n]!;
    worths[n] = (gains.size === 0 ? undefined : gains.get(level)) ?? Math.max(level, 0);
  }
  return worths;
};

/** Positive gains of all judged documents, the best first: what the best ranking would have. */
export const idealGains = ({ levels }: JudgedRanking, gains: LevelGains): Float64Array => {
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
