/** Cards counted by the place they were looked at in, and the item. */

import { type ClickSessions, SEEN_UNKNOWN } from './click-sessions.ts';

/** Place of a card for examination: its slot, its row, column and device, its slot and the last click above it. */
export type CellOf = (session: number, slot: number) => number;

/** One row a (cell, item) that occurs; counts may be fractions. */
export interface ExaminationRows {
  readonly cellCount: number;
  readonly itemCount: number;
  readonly cells: Uint32Array;
  readonly items: Uint32Array;
  readonly clicks: Float64Array;
  /** Not clicked, and whether it was in view is not known. */
  readonly skips: Float64Array;
  /** Not clicked, and known to have been in view. */
  readonly seenSkips: Float64Array;
  /** Known never to have been in view. */
  readonly unseen: Float64Array;
}

/** O(cards). @throws {RangeError} for a cell that is not below `cellCount`. */
export const countRows = (sessions: ClickSessions, cellCount: number, cellOf: CellOf): ExaminationRows => {
  const { size, slots, items, itemCount, clicks, seen } = sessions;
  const rowOf = new Map<number, number>();
  const keys: number[] = [];
  const rows = new Uint32Array(size * slots);
  for (let session = 0; session < size; session++) {
    for (let slot = 0; slot < slots; slot++) {
      const cell = cellOf(session, slot);
      if (!(cell >= 0 && cell < cellCount)) throw new RangeError(`cell ${cell}: expected one below ${cellCount}`);
      const key = cell * itemCount + items[session * slots + slot]!;
      let row = rowOf.get(key);
      if (row === undefined) {
        row = keys.length;
        rowOf.set(key, row);
        keys.push(key);
      }
      rows[session * slots + slot] = row;
    }
  }
  const counts = [0, 1, 2, 3].map(() => new Float64Array(keys.length));
  const [clicked, skips, seenSkips, unseen] = counts as [Float64Array, Float64Array, Float64Array, Float64Array];
  const byView = [unseen, seenSkips, skips];
  for (let card = 0; card < rows.length; card++) {
    const into = clicks[card] === 1 ? clicked : byView[seen?.[card] ?? SEEN_UNKNOWN]!;
    into[rows[card]!]!++;
  }
  return {
    cellCount,
    itemCount,
    cells: Uint32Array.from(keys, (key) => Math.floor(key / itemCount)),
    items: Uint32Array.from(keys, (key) => key % itemCount),
    clicks: clicked,
    skips,
    seenSkips,
    unseen,
  };
};

/** Cells of a grid: rows × columns × devices, e.g. shelves of a home page on a phone and on a desktop. */
export const gridCell = (
  { columns, devices }: { readonly columns: number; readonly devices: number },
  place: { readonly row: number; readonly column: number; readonly device: number },
): number => (place.row * columns + place.column) * devices + place.device;
