/** Whether a log can tell examination from attraction at all. */

import type { ExaminationRows } from './examination-rows.ts';

export interface Identifiability {
  readonly ok: boolean;
  /** Cells that can be compared with each other, because items moved between them. */
  readonly groups: readonly (readonly number[])[];
  readonly sentence: string;
}

/**
 * θ_k α_i fixes θ only relative to cells that share items: when no item ever stood in two cells, a cell that is looked at
 * less and a cell with duller items look the same. Cells are linked by items that were in both; each connected group is
 * known up to one factor of its own. Viewports that were observed lift it. O(rows).
 */
export const judgeIdentifiability = (rows: ExaminationRows, observed: boolean): Identifiability => {
  const groups = groupsOf(rows);
  if (observed) {
    return { ok: true, groups, sentence: 'Examination was observed, so it is told from attraction.' };
  }
  if (groups.length <= 1) {
    const sentence = 'Items moved between all places, so examination is told from attraction, relative to one place.';
    return { ok: true, groups, sentence };
  }
  const told = groups
    .slice(0, 4)
    .map((cells) => list(cells))
    .join(' | ');
  const more = groups.length > 4 ? ' | …' : '';
  const sentence =
    `Examination cannot be told from attraction across ${groups.length} groups of places (${told}${more}): no item stood ` +
    'in two of them, so a place that is looked at less looks like one with duller items. Compare places within a group only.';
  return { ok: false, groups, sentence };
};

const list = (cells: readonly number[]): string =>
  cells.length <= 6 ? cells.join(', ') : `${cells.slice(0, 6).join(', ')}, …`;

/** Connected groups of the cells that occur, ascending. */
const groupsOf = ({ cells, items, itemCount }: ExaminationRows): readonly (readonly number[])[] => {
  const parent = new Map<number, number>();
  const rootOf = (cell: number): number => {
    let root = cell;
    while (parent.get(root) !== root) root = parent.get(root)!;
    parent.set(cell, root);
    return root;
  };
  const firstCell = new Int32Array(itemCount).fill(-1);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row]!;
    if (!parent.has(cell)) parent.set(cell, cell);
    const item = items[row]!;
    if (firstCell[item] === -1) firstCell[item] = cell;
    else parent.set(rootOf(cell), rootOf(firstCell[item]!));
  }
  const groups = new Map<number, number[]>();
  for (const cell of [...parent.keys()].toSorted((a, b) => a - b)) {
    const root = rootOf(cell);
    groups.set(root, [...(groups.get(root) ?? []), cell]);
  }
  return [...groups.values()];
};
