/** Rows of documents gathered by topic: the shape that runs and judgments of every kind are read into. */

import { compareKeys, compareRanges, keyOf, textOf } from './bytes.ts';
import { countLines, type Fields, type Layout, scanRows, type TextFile } from './rows.ts';

/** Rows of one topic, among all rows of the file. */
export interface Topic {
  /** Its bytes as characters of the same codes; topics are in the order of their keys. */
  readonly key: string;
  readonly name: string;
  /** Its rows, in the order of the file. */
  readonly rows: Uint32Array;
}

/** Row r names the document in bytes docStart[r] to docEnd[r] and gives it value[r]. */
export interface DocumentRows {
  readonly file: TextFile;
  readonly docStart: Uint32Array;
  readonly docEnd: Uint32Array;
  readonly value: Float64Array;
}

export interface TopicRows extends DocumentRows {
  readonly topics: readonly Topic[];
}

/** Which field is the document, and what number a row carries. The topic is the first field. */
interface Columns {
  readonly document: number;
  readonly valueOf: (bytes: Uint8Array, fields: Fields) => number;
  readonly onRow?: (fields: Fields, row: number) => void;
}

/** Reads a whole file. O(bytes); 24 bytes a row beside the file. @throws {EngineError} unreadable_file. */
export const readTopicRows = (file: TextFile, layout: Layout, columns: Columns): TopicRows => {
  const { bytes } = file;
  const room = countLines(bytes);
  const docStart = new Uint32Array(room);
  const docEnd = new Uint32Array(room);
  const value = new Float64Array(room);
  const topicOf = new Uint32Array(room);
  const topicAt = createTopicIndex(bytes);
  let row = 0;
  scanRows(file, layout, (fields) => {
    topicOf[row] = topicAt.indexOf(fields.starts[0]!, fields.ends[0]!);
    docStart[row] = fields.starts[columns.document]!;
    docEnd[row] = fields.ends[columns.document]!;
    value[row] = columns.valueOf(bytes, fields);
    columns.onRow?.(fields, row);
    row++;
  });
  return { file, docStart, docEnd, value, topics: gather(topicOf.subarray(0, row), topicAt.topics) };
};

interface TopicName {
  readonly key: string;
  readonly name: string;
}

/** Topics in order of first sight. Lines of a topic mostly stand together, so the one before is tried first. */
const createTopicIndex = (bytes: Uint8Array) => {
  const topics: TopicName[] = [];
  const indices = new Map<string, number>();
  let last = -1;
  let lastStart = 0;
  let lastEnd = 0;
  const indexOf = (start: number, end: number): number => {
    if (last !== -1 && compareRanges(bytes, start, end, bytes, lastStart, lastEnd) === 0) return last;
    const key = keyOf(bytes, start, end);
    const known = indices.get(key);
    last = known ?? topics.push({ key, name: textOf(bytes, start, end) }) - 1;
    if (known === undefined) indices.set(key, last);
    lastStart = start;
    lastEnd = end;
    return last;
  };
  return { topics, indexOf };
};

/** Counting sort of rows by topic, then topics by key. */
const gather = (topicOf: Uint32Array, names: readonly TopicName[]): Topic[] => {
  const ends = new Uint32Array(names.length + 1);
  for (const topic of topicOf) ends[topic + 1]!++;
  for (let n = 1; n < ends.length; n++) ends[n]! += ends[n - 1]!;
  const next = ends.slice();
  const rows = new Uint32Array(topicOf.length);
  for (let row = 0; row < topicOf.length; row++) rows[next[topicOf[row]!]!++] = row;
  return names
    .map(({ key, name }, n) => ({ key, name, rows: rows.subarray(ends[n]!, ends[n + 1]!) }))
    .sort((a, b) => compareKeys(a.key, b.key));
};
