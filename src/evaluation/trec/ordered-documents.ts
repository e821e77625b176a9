/** The ranking of a topic: its documents by score. */

import { EngineError } from '#domain';
import { compareRanges, hashRange, textOf } from './bytes.ts';
import type { DocumentRows } from './topic-rows.ts';

/** Which of two documents of equal score comes first: the later name in rankings, the earlier one for preferences. */
export type TieOrder = 'later_name_first' | 'earlier_name_first';

/**
 * Rows of a topic from the best score down, at most `limit` of them. O(n) when the file has them in order already,
 * else O(n log n). @throws {EngineError} invalid_data when a document is there twice.
 */
export const orderDocuments = (run: DocumentRows, rows: Uint32Array, limit: number, ties: TieOrder): Ranking => {
  const { value } = run;
  const sign = ties === 'later_name_first' ? -1 : 1;
  const compare = (a: number, b: number): number => value[b]! - value[a]! || sign * compareDocuments(run, a, run, b);
  const inOrder = rows.every((row, n) => n === 0 || compare(rows[n - 1]!, row) <= 0);
  const ordered = (inOrder ? rows : rows.slice().sort(compare)).subarray(0, limit);
  return { rows: ordered, index: indexDocuments(run, ordered) };
};

/** Rows of a run from rank 1 down, and the place of each document in it, from 0. */
export interface Ranking {
  readonly rows: Uint32Array;
  readonly index: DocumentIndex;
}

export const compareDocuments = (a: DocumentRows, rowA: number, b: DocumentRows, rowB: number): number =>
  compareRanges(a.file.bytes, a.docStart[rowA]!, a.docEnd[rowA]!, b.file.bytes, b.docStart[rowB]!, b.docEnd[rowB]!);

/** Finds the place of a document, -1 when it is not there. */
export interface DocumentIndex {
  readonly placeOf: (others: DocumentRows, row: number) => number;
}

const EMPTY = 0xffffffff;

/** Places of rows by document. Expected O(1) a look-up. @throws {EngineError} invalid_data when one is there twice. */
export const indexDocuments = (documents: DocumentRows, rows: Uint32Array): DocumentIndex => {
  const { file, docStart, docEnd } = documents;
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows.length + 2))).fill(EMPTY);
  const mask = slots.length - 1;
  const slotOf = (others: DocumentRows, row: number): number => {
    let slot = hashRange(others.file.bytes, others.docStart[row]!, others.docEnd[row]!) & mask;
    while (slots[slot] !== EMPTY && compareDocuments(documents, rows[slots[slot]!]!, others, row) !== 0) {
      slot = (slot + 1) & mask;
    }
    return slot;
  };
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!;
    const slot = slotOf(documents, row);
    if (slots[slot] !== EMPTY) {
      const name = textOf(file.bytes, docStart[row]!, docEnd[row]!);
      throw new EngineError('invalid_data', `${file.name} names document ${name} twice for one topic`);
    }
    slots[slot] = place;
  }
  return {
    placeOf: (others, row) => {
      const place = slots[slotOf(others, row)]!;
      return place === EMPTY ? -1 : place;
    },
  };
};
