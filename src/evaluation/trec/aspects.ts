/** A topic that means several things: each judge of qrels_jg is one of its aspects. */

import { keyOf } from './bytes.ts';
import type { RelevanceOptions } from './judged-ranking.ts';
import type { Ranking } from './ordered-documents.ts';
import type { TopicJudgments } from './read-judgments.ts';

/** Aspects, as numbers from 0, that documents are relevant to. */
export interface AspectView {
  /** Of the ranked documents, by rank. */
  readonly ranked: readonly (readonly number[])[];
  /** Of all documents that are relevant to some aspect, retrieved or not, in the order of the judgments. */
  readonly documents: readonly (readonly number[])[];
}

const NONE: readonly number[] = [];

export const aspectsOf = (
  ranking: Ranking,
  judgments: TopicJudgments,
  rows: Uint32Array,
  { level, judgedOnly }: RelevanceOptions,
): AspectView => {
  const numbers = new Map<string, number>();
  const documents = new Map<string, { readonly place: number; readonly aspects: number[] }>();
  for (const row of rows) {
    const name = judgments.group(row);
    const aspect = numbers.get(name) ?? numbers.size;
    numbers.set(name, aspect);
    const key = keyOf(judgments.names, judgments.starts[row]!, judgments.starts[row + 1]!);
    const known = documents.get(key) ?? { place: ranking.index.placeOf(judgments, row), aspects: [] };
    documents.set(key, known);
    if (judgments.values[row]! >= level) known.aspects.push(aspect);
  }
  const judged = [...documents.values()];
  const at = new Map(judged.map(({ place, aspects }) => [place, aspects]));
  const ranked: (readonly number[])[] = [];
  for (let place = 0; place < ranking.rows.length; place++) {
    const aspects = at.get(place);
    if (aspects !== undefined || !judgedOnly) ranked.push(aspects ?? NONE);
  }
  return { ranked, documents: judged.map(({ aspects }) => aspects).filter((aspects) => aspects.length > 0) };
};
