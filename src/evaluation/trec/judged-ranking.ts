/** A topic's ranking with the relevance of what stands at each rank. */

import type { DocumentRows } from './document-rows.ts';
import { type LevelGains, type RankedGains, rankedGains } from './gains.ts';
import { indexDocuments, type Ranking } from './ordered-documents.ts';

/** Relevance of a document that no one was asked about. */
export const UNPOOLED = -1;
/** Relevance of a document that was to be judged and was not (a negative one in the file). */
export const UNJUDGED = -2;

export interface JudgedRanking {
  /** Relevance by position: a level from 0 up, UNPOOLED or UNJUDGED. */
  readonly relevance: Int32Array;
  /** Positions, from 0, of what is relevant: at or above the level asked for. */
  readonly hits: Uint32Array;
  /** Documents judged at each level from 0 up, retrieved or not; the last is not 0. */
  readonly levels: Uint32Array;
  /** Relevant documents, retrieved or not. */
  readonly relevant: number;
  /** Level from which a document is relevant. */
  readonly level: number;
  /** Gains with these worths of levels; computed once where levels are worth what they are. */
  readonly gains: (levels: LevelGains) => RankedGains;
}

export interface RelevanceOptions {
  /** Level from which a document is relevant. */
  readonly level: number;
  /** Whether documents without a judgment are taken out of the ranking first. */
  readonly judgedOnly: boolean;
}

/** Lays judgments over a ranking. @throws {EngineError} invalid_data when a document is judged twice. */
export const judgeRanking = (
  ranking: Ranking,
  judgments: DocumentRows,
  judged: Uint32Array,
  { level, judgedOnly }: RelevanceOptions,
): JudgedRanking => {
  indexDocuments(judgments, judged);
  const all = new Int32Array(ranking.rows.length).fill(UNPOOLED);
  const counts: number[] = [];
  for (const row of judged) {
    const value = judgments.values[row]!;
    const place = ranking.index.placeOf(judgments, row);
    if (place !== -1) all[place] = value < 0 ? UNJUDGED : value;
    if (value >= 0) counts[value] = (counts[value] ?? 0) + 1;
  }
  const relevance = judgedOnly ? all.filter((value) => value >= 0) : all;
  const levels = Uint32Array.from(counts, (count) => count ?? 0);
  const hits = hitsOf(relevance, level);
  const relevant = sum(levels.subarray(level));
  const judgedRanking: JudgedRanking = {
    relevance,
    hits,
    levels,
    relevant,
    level,
    gains: (worths) => gainsWith(worths),
  };
  // Many measures ask for the gains as judged.
  let asJudged: RankedGains | undefined;
  const gainsWith = (worths: LevelGains): RankedGains => {
    if (worths.size > 0) return rankedGains(judgedRanking, worths);
    asJudged ??= rankedGains(judgedRanking, worths);
    return asJudged;
  };
  return judgedRanking;
};

const hitsOf = (relevance: Int32Array, level: number): Uint32Array => {
  const hits = new Uint32Array(relevance.length);
  let count = 0;
  for (let position = 0; position < relevance.length; position++) {
    if (relevance[position]! >= level) hits[count++] = position;
  }
  return hits.subarray(0, count);
};

const sum = (counts: Uint32Array): number => {
  let total = 0;
  for (const count of counts) total += count;
  return total;
};

/** How many of the hits stand within the first ranks. */
export const hitsWithin = (hits: Uint32Array, ranks: number): number => {
  let low = 0;
  let high = hits.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hits[middle]! < ranks) low = middle + 1;
    else high = middle;
  }
  return low;
};
