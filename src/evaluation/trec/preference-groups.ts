/** Preferences between documents, as each judge gave them, counted against a ranking. */

import { EngineError } from '#domain';
import { compareKeys } from './bytes.ts';
import { compareDocuments, type Ranking } from './ordered-documents.ts';
import type { TopicJudgments } from './read-judgments.ts';

/** Documents that one judge holds equal, best class first; places ascend within a class. */
export interface PreferenceClass {
  readonly level: number;
  readonly places: readonly number[];
}

/** What one judge prefers to what. Documents are places: first the retrieved ones by rank, then the others by name. */
export interface PreferenceGroup {
  /** Whether the judge prefers the first place to the second. */
  readonly prefers: (place: number, other: number) => boolean;
  /** The level of each place, undefined where the judge did not say. */
  readonly levelOf: readonly (number | undefined)[];
  /** The classes, when the judge gave one complete ranking; undefined when several partial ones were put together. */
  readonly classes: readonly PreferenceClass[] | undefined;
}

export interface TopicPreferences {
  readonly groups: readonly PreferenceGroup[];
  /** Judged documents. */
  readonly judged: number;
  /** Places below this one are retrieved. */
  readonly retrieved: number;
}

interface Entry {
  readonly subgroup: string;
  readonly level: number;
  readonly place: number;
}

/** Judges of a topic in the order of their names. @throws {EngineError} invalid_data when a judge contradicts herself. */
export const preferencesOf = (ranking: Ranking, judgments: TopicJudgments, rows: Uint32Array): TopicPreferences => {
  const { placeOf, judged, retrieved } = placeDocuments(ranking, judgments, rows);
  const entries = new Map<string, Entry[]>();
  for (const row of rows) {
    const entry = { subgroup: judgments.subgroup(row), level: judgments.values[row]!, place: placeOf(row) };
    const group = judgments.group(row);
    const list = entries.get(group);
    if (list === undefined) entries.set(group, [entry]);
    else list.push(entry);
  }
  const groups = [...entries]
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([name, list]) => groupOf(list, judged, `judge ${name} in ${judgments.fileName}`));
  return { groups, judged, retrieved };
};

/** Judged documents, each once: retrieved ones by rank, then the rest by name. */
const placeDocuments = (ranking: Ranking, judgments: TopicJudgments, rows: Uint32Array) => {
  const byName = rows.slice().sort((a, b) => compareDocuments(judgments, a, judgments, b));
  const firsts = byName.filter(
    (row, n) => n === 0 || compareDocuments(judgments, byName[n - 1]!, judgments, row) !== 0,
  );
  const ranks = new Map<number, number>();
  for (const row of firsts) ranks.set(row, ranking.index.placeOf(judgments, row));
  const found = [...firsts].filter((row) => ranks.get(row) !== -1).sort((a, b) => ranks.get(a)! - ranks.get(b)!);
  const missed = [...firsts].filter((row) => ranks.get(row) === -1);
  const placeOfFirst = new Map([...found, ...missed].map((row, place) => [row, place]));
  const places = new Map<number, number>();
  let first = firsts[0]!;
  for (const row of byName) {
    if (placeOfFirst.has(row)) first = row;
    places.set(row, placeOfFirst.get(first)!);
  }
  return { placeOf: (row: number): number => places.get(row)!, judged: firsts.length, retrieved: found.length };
};

const groupOf = (entries: readonly Entry[], judged: number, judge: string): PreferenceGroup => {
  const sorted = entries
    .slice()
    .sort((a, b) => compareKeys(a.subgroup, b.subgroup) || b.level - a.level || a.place - b.place);
  const levelOf = levelsOf(sorted, judged, judge);
  if (sorted[0]!.subgroup !== sorted.at(-1)!.subgroup) return partialGroup(sorted, levelOf, judged, judge);
  const classes: { level: number; places: number[] }[] = [];
  for (const { level, place } of sorted) {
    if (classes.at(-1)?.level !== level) classes.push({ level, places: [] });
    classes.at(-1)!.places.push(place);
  }
  const prefers = (place: number, other: number): boolean => {
    const level = levelOf[place];
    const below = levelOf[other];
    return level !== undefined && below !== undefined && level > below;
  };
  return { prefers, levelOf, classes };
};

/** A judge may give a document several levels in several rankings, but not both 0, which is no use at all, and more. */
const levelsOf = (entries: readonly Entry[], judged: number, judge: string): (number | undefined)[] => {
  const levels: (number | undefined)[] = Array.from({ length: judged }, () => undefined);
  const subgroups: string[] = [];
  for (const { subgroup, level, place } of entries) {
    const before = levels[place];
    const twice = before !== undefined && subgroups[place] === subgroup;
    if (twice || (before !== undefined && (before === 0) !== (level === 0))) {
      throw new EngineError('invalid_data', `${judge} gives one document the levels ${before} and ${level}`);
    }
    levels[place] = level;
    subgroups[place] = subgroup;
  }
  return levels;
};

/** Rankings of parts, put together: what is preferred to something is preferred to all that comes after it. */
const partialGroup = (
  entries: readonly Entry[],
  levelOf: readonly (number | undefined)[],
  judged: number,
  judge: string,
): PreferenceGroup => {
  const above = new Uint8Array(judged * judged);
  for (let n = 0; n < entries.length; n++) {
    const { subgroup, level, place } = entries[n]!;
    for (let m = n + 1; entries[m]?.subgroup === subgroup; m++) {
      if (entries[m]!.level < level) above[place * judged + entries[m]!.place] = 1;
    }
  }
  closeOver(above, judged);
  for (let place = 0; place < judged; place++) {
    if (above[place * judged + place] === 1) {
      throw new EngineError('invalid_data', `${judge} prefers a document to itself, by way of others`);
    }
  }
  return { prefers: (place, other) => above[place * judged + other] === 1, levelOf, classes: undefined };
};

/** Transitive closure by Warshall's algorithm: O(n³). */
const closeOver = (above: Uint8Array, size: number): void => {
  for (let middle = 0; middle < size; middle++) {
    for (let place = 0; place < size; place++) {
      if (above[place * size + middle] === 0) continue;
      for (let other = 0; other < size; other++) {
        if (above[middle * size + other] === 1) above[place * size + other] = 1;
      }
    }
  }
};
