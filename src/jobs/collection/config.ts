/** What a test collection says of itself: collection.json in its folder. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '#domain';

export const COLLECTION_KINDS = ['graded', 'interval'] as const;
export type CollectionKind = (typeof COLLECTION_KINDS)[number];

export interface CollectionConfig {
  readonly name: string;
  readonly description: string;
  /** Judgments of documents by level, or of parts of recordings. */
  readonly kind: CollectionKind;
  /** Documents (or parts) of each run and topic that are judged. */
  readonly depth: number;
  /** Level from which a document is relevant. */
  readonly level: number;
  /** The first one orders the leaderboard. */
  readonly measures: readonly string[];
}

export const STANDARD_MEASURES: Readonly<Record<CollectionKind, readonly string[]>> = {
  graded: ['ndcg_cut.10', 'map', 'P.10', 'judged.10'],
  interval: ['MAiP', 'iP[0.01]', 'MAgP(F0.25)', 'MAgP(BEP)'],
};

/** @throws {EngineError} unreadable_file, naming the field that is wrong. */
export const readConfig = async (folder: string): Promise<CollectionConfig> => {
  const path = join(folder, 'collection.json');
  const fault = (what: string, cause?: unknown): EngineError =>
    new EngineError('unreadable_file', `${path}: ${what}`, cause === undefined ? {} : { cause });
  let found: unknown;
  try {
    found = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw fault(`no test collection is here (${cause instanceof Error ? cause.message : String(cause)})`, cause);
  }
  const { name, description, kind, depth, level, measures } = { ...(found as Partial<CollectionConfig>) };
  if (typeof name !== 'string' || name === '') throw fault('"name" must be a text');
  if (kind !== 'graded' && kind !== 'interval') throw fault(`"kind" must be ${COLLECTION_KINDS.join(' or ')}`);
  if (!Number.isInteger(depth) || depth! < 1) throw fault('"depth" must be a whole number from 1 on');
  if (!Number.isInteger(level) || level! < 1) throw fault('"level" must be a whole number from 1 on');
  if (!Array.isArray(measures) || measures.length === 0 || measures.some((measure) => typeof measure !== 'string')) {
    throw fault('"measures" must be a list of names, at least one');
  }
  return { name, description: String(description ?? ''), kind, depth: depth!, level: level!, measures };
};
