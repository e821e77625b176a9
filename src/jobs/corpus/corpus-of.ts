/** A corpus as it was sent. */

import { type EffectRow, toCorpus } from '#experiments';
import { parseTable } from '../tables/read-table.ts';
import { corpusRows } from './read-corpus.ts';

export interface SentCorpus {
  readonly rows: readonly EffectRow[];
  /** Distinct names, A/A tests left out. */
  readonly experiments: number;
  readonly metrics: readonly string[];
}

/** Reads and checks the text of a corpus. @throws {EngineError} unreadable_file, invalid_data with the line that is wrong. */
export const corpusOf = (text: string): SentCorpus => {
  const rows = corpusRows(parseTable(text, 'the corpus'));
  const { metrics, experiments } = toCorpus(rows);
  return { rows, metrics, experiments: new Set(experiments.map(({ experiment }) => experiment)).size };
};
