/** The ranking of a topic: its documents by score. */

import { EngineError } from '#domain';
import { compareRanges, textOf } from './bytes.ts';
import type { DocumentRows } from './document-rows.ts';

/** Which of two documents of equal score comes first: the later name in rankings, the earlier one for preferences. */
export type TieOrder = 'later_name_first' | 'earlier_name_first';

/**
 * Rows of a topic from the best score down, at most `limit` of them. O(n) when the file has them in order already,
 * else O(n log n). @throws {EngineError} invalid_data when a document is there twice.
 */
export const orderDocuments = (run: DocumentRows, rows: Uint32Array, limit: number, ties: TieOrder): Ranking => {
  const { values } = run;
  const sign = ties === 'later_name_first' ? -1 : 1;
  const compare = (a: number, b: number): number => values[b]! - values[a]! || sign * compareDocuments(run, a, run, b);
  const ordered = (isInOrder(rows, compare) ? rows : rows.slice().sort(compare)).subarray(0, limit);
  return { rows: ordered, index: indexDocuments(run, ordered) };
};

const isInOrder = (rows: Uint32Array, compare: (a: number, b: number) => number): boolean => {
  for (let n = 1; n < rows.length; n++) if (compare(rows[n - 1]!, rows[n]!) > 0) return false;
  return true;
};

/** Rows of a run from rank 1 down, and the place of each document in it, from 0. */
export interface Ranking {
  readonly rows: Uint32Array;
  readonly index: DocumentIndex;
}

export const compareDocuments = (a: DocumentRows, rowA: number, b: DocumentRows, rowB: number): number =>
  compareRanges(a.names, a.starts[rowA]!, a.starts[rowA + 1]!, b.names, b.starts[rowB]!, b.starts[rowB + 1]!);

/** Finds the place of a document, -1 when it is not there. */
export interface DocumentIndex {
  readonly placeOf: (others: DocumentRows, row: number) => number;
}

const EMPTY = 0;

/** Places of rows by document. Expected O(1) a look-up. @throws {EngineError} invalid_data when one is there twice. */
export const indexDocuments = (documents: DocumentRows, rows: Uint32Array): DocumentIndex => {
  // A slot holds a place plus one.
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * rows.length + 2)));
  const mask = slots.length - 1;
  const slotOf = (others: DocumentRows, row: number): number => {
    const hash = others.hashes[row]!;
    let slot = hash & mask;
    for (;;) {
      const held = slots[slot]!;
      if (held === EMPTY) return slot;
      const own = rows[held - 1]!;
      if (documents.hashes[own] === hash && compareDocuments(documents, own, others, row) === 0) return slot;
      slot = (slot + 1) & mask;
    }
  };
  for (let place = 0; place < rows.length; place++) {
    const slot = slotOf(documents, rows[place]!);
    if (slots[slot] !== EMPTY) throw doubled(documents, rows[place]!);
    slots[slot] = place + 1;
  }
  return { placeOf: (others, row) => slots[slotOf(others, row)]! - 1 };
};

const doubled = ({ fileName, names, starts }: DocumentRows, row: number): EngineError => {
  const name = textOf(names, starts[row]!, starts[row + 1]!);
  return new EngineError('invalid_data', `${fileName} names document ${name} twice for one topic`);
};
