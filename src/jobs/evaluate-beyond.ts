/** Lists of recommendations judged by all that is not accuracy; lists, catalogue, plays and judgments in files. */

import { EngineError } from '#domain';
import {
  type BeyondAccuracyReport,
  beyondAccuracy,
  createJudgmentsReader,
  createRunReader,
  type NamedItem,
  type NamedPlays,
  numberLists,
  rankedDocuments,
  topicLevels,
} from '#evaluation';
import { createRng } from '#math';
import { readInto } from './read-into.ts';
import { hasColumn, numberColumn, textColumn } from './tables/columns.ts';
import { readTable, type Table } from './tables/read-table.ts';

export interface BeyondOptions {
  /** Items of a list that are looked at. */
  readonly depth: number;
  /** Relevance from which an item is useful. */
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

export interface BeyondFiles {
  /** Lists by listener, as a run: listener Q0 item rank score name. */
  readonly run: string;
  readonly items: string;
  readonly plays: string;
  readonly qrels: string | undefined;
}

export interface BeyondReport extends BeyondAccuracyReport {
  /** Of `listeners`, in their order. */
  readonly names: readonly string[];
}

/** What is known beside the lists. */
export interface BeyondGrounds {
  readonly items: Table;
  readonly plays: Table;
  /** Useful items by listener. */
  readonly useful: ReadonlyMap<string, ReadonlySet<string>> | undefined;
}

/** @throws {EngineError} unreadable_file, invalid_data. */
export const evaluateBeyond = async (files: BeyondFiles, options: BeyondOptions): Promise<BeyondReport> => {
  const { qrels } = files;
  const run = await readInto(files.run, createRunReader(files.run));
  const judged = qrels === undefined ? undefined : await readInto(qrels, createJudgmentsReader(qrels, 'qrels'));
  const grounds = {
    items: await readTable(files.items),
    plays: await readTable(files.plays),
    useful: judged && usefulItems(topicLevels(judged), options.level),
  };
  return judgeBeyond(rankedDocuments(run, options.depth), grounds, options);
};

/** Those judged at the level or above. */
export const usefulItems = (
  levels: ReadonlyMap<string, ReadonlyMap<string, number>>,
  level: number,
): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    [...levels].map(([user, own]) => [
      user,
      new Set([...own].filter(([, judged]) => judged >= level).map(([item]) => item)),
    ]),
  );

/** Lists that are read already. @throws {EngineError} invalid_data. */
export const judgeBeyond = (
  lists: ReadonlyMap<string, readonly string[]>,
  { items, plays, useful }: BeyondGrounds,
  { depth, resamples, seed }: BeyondOptions,
): BeyondReport => {
  const { names, listeners, facts } = numberLists({
    lists,
    items: toItems(items),
    plays: toPlays(plays),
    useful,
    obvious: depth,
  });
  return { ...beyondAccuracy(listeners, facts, createRng(seed), resamples), names };
};

/** Columns of a vector begin like this. */
const VECTOR = 'x_';

/** item_id; genre, several parted by a bar; a vector as columns x_1, x_2, … */
const toItems = (table: Table): readonly NamedItem[] => {
  const ids = textColumn(table, 'item_id');
  const genres = hasColumn(table, 'genre') ? textColumn(table, 'genre') : undefined;
  const vector = table.columns.filter((name) => name.startsWith(VECTOR)).map((name) => numberColumn(table, name));
  return ids.map((item, row) => ({
    item,
    genres: (genres?.[row] ?? '').split('|').flatMap((name) => (name.trim() === '' ? [] : [name.trim()])),
    vector: vector.length === 0 ? undefined : vector.map((column) => column[row]!),
  }));
};

/** user_id, item_id; plays, 1 a row without that column. */
const toPlays = (table: Table): readonly NamedPlays[] => {
  const users = textColumn(table, 'user_id');
  const items = textColumn(table, 'item_id');
  const plays = hasColumn(table, 'plays') ? numberColumn(table, 'plays') : new Float64Array(users.length).fill(1);
  const wrong = plays.findIndex((count) => count < 0);
  if (wrong !== -1) {
    const line = wrong + table.firstLine;
    throw new EngineError('invalid_data', `line ${line} of ${table.path}: ${plays[wrong]} plays, expected 0 or more`);
  }
  return users.map((user, row) => ({ user, item: items[row]!, plays: plays[row]! }));
};
