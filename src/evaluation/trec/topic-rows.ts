/** Rows of documents gathered by topic: the shape that runs and judgments of every kind are read into. */

import { compareKeys, compareRanges, keyOf, textOf } from './bytes.ts';
import { type DocumentRows, DocumentRowsBuilder } from './document-rows.ts';
import { type Fields, type FileReader, type Layout, RowScanner } from './rows.ts';

/** Rows of one topic, among all rows of the file. */
export interface Topic {
  /** Its bytes as characters of the same codes; topics are in the order of their keys. */
  readonly key: string;
  readonly name: string;
  /** Where its rows stand together: first row, end, first row, end, … in the order of the file. */
  readonly spans: readonly number[];
}

export interface TopicRows extends DocumentRows {
  readonly topics: readonly Topic[];
}

/** Rows of a topic, in the order of the file. */
export const rowsOf = ({ spans }: Topic): Uint32Array => {
  let count = 0;
  for (let n = 0; n < spans.length; n += 2) count += spans[n + 1]! - spans[n]!;
  const rows = new Uint32Array(count);
  let at = 0;
  for (let n = 0; n < spans.length; n += 2) {
    for (let row = spans[n]!; row < spans[n + 1]!; row++) rows[at++] = row;
  }
  return rows;
};

/** Which field is the document, and what number a row carries. The topic is the first field. */
interface Columns {
  readonly document: number;
  readonly valueOf: (fields: Fields) => number;
  readonly onRow?: (fields: Fields, row: number) => void;
}

/** Reads rows piece by piece. O(bytes); 16 bytes a row beside the documents' names. */
export const createTopicRowsReader = (name: string, layout: Layout, columns: Columns): FileReader<TopicRows> => {
  const documents = new DocumentRowsBuilder();
  const topics = createTopicIndex();
  const scanner = new RowScanner(name, layout, (fields) => {
    topics.add(fields.bytes, fields.starts[0]!, fields.ends[0]!, documents.count);
    columns.onRow?.(fields, documents.count);
    documents.add(
      fields.bytes,
      fields.starts[columns.document]!,
      fields.ends[columns.document]!,
      columns.valueOf(fields),
    );
  });
  return {
    push: (bytes) => scanner.push(bytes),
    end: () => {
      scanner.end();
      return { ...documents.build(name), topics: topics.build(documents.count) };
    },
  };
};

/** Topics of rows that come one after the other. Lines of a topic mostly stand together, so the one before is tried first. */
const createTopicIndex = () => {
  const topics = new Map<string, { key: string; name: string; spans: number[] }>();
  let last = new Uint8Array(0);
  let open: number[] | undefined;
  const add = (bytes: Uint8Array, start: number, end: number, row: number): void => {
    if (open !== undefined && compareRanges(bytes, start, end, last, 0, last.length) === 0) return;
    open?.push(row);
    last = bytes.slice(start, end);
    const key = keyOf(bytes, start, end);
    const topic = topics.get(key) ?? { key, name: textOf(bytes, start, end), spans: [] };
    topics.set(key, topic);
    open = topic.spans;
    open.push(row);
  };
  const build = (count: number): Topic[] => {
    open?.push(count);
    return [...topics.values()].sort((a, b) => compareKeys(a.key, b.key));
  };
  return { add, build };
};
