/** Which definition a unit falls under: the most specific one that holds there. */

import type { Intent } from '#domain';
import type { Cells, Definition } from './definition.ts';
import type { Unit } from './unit/unit.ts';

/** Where a unit is; a dimension that is not known is null. */
export interface Cell {
  readonly surface: string | null;
  readonly intent: string | null;
  readonly device: string | null;
  readonly item_type: string | null;
}

const DIMENSIONS = ['surface', 'intent', 'device', 'item_type'] as const satisfies readonly (keyof Cells)[];

export const cellOf = (unit: Unit, intent?: Intent): Cell => ({
  surface: unit.unit.surface ?? null,
  intent: intent ?? unit.unit.intent ?? null,
  device: unit.unit.device ?? null,
  item_type: unit.item.type ?? null,
});

/** A dimension that is named must be known and among its words. */
export const covers = (cells: Cells, cell: Cell): boolean =>
  DIMENSIONS.every((dimension) => {
    const words: readonly string[] | undefined = cells[dimension];
    if (words === undefined) return true;
    const word = cell[dimension];
    return word !== null && words.includes(word);
  });

/** The unit is of the definition's kind and about what it is about, wherever it is. */
export const isAbout = ({ unit: kind, cells: { item_type } }: Definition, unit: Unit): boolean =>
  unit.kind === kind && covers({ ...(item_type && { item_type }) }, cellOf(unit));

/** The unit is of the definition's kind, and lies where the definition holds. */
export const isFor = ({ unit: kind, cells }: Definition, unit: Unit): boolean =>
  unit.kind === kind && covers(cells, cellOf(unit));

/** Dimensions named: the more, the more specific. */
const namedIn = (cells: Cells): number => DIMENSIONS.filter((dimension) => cells[dimension] !== undefined).length;

const isInside = (inner: Cells, outer: Cells): boolean =>
  DIMENSIONS.every((dimension) => {
    const allowed: readonly string[] | undefined = outer[dimension];
    const words: readonly string[] | undefined = inner[dimension];
    return allowed === undefined || (words?.every((word) => allowed.includes(word)) ?? false);
  });

/**
 * Above 0: `a` is more specific. First by the number of dimensions named; of equally many, the one that lies wholly
 * inside the other. 0 is a tie where both hold.
 */
export const compareSpecific = (a: Cells, b: Cells): number => {
  const named = namedIn(a) - namedIn(b);
  if (named !== 0) return named;
  return Number(isInside(a, b)) - Number(isInside(b, a));
};

/** There is a cell where both hold. */
export const overlap = (a: Cells, b: Cells): boolean =>
  DIMENSIONS.every((dimension) => {
    const [left, right]: readonly (readonly string[] | undefined)[] = [a[dimension], b[dimension]];
    return left === undefined || right === undefined || left.some((word) => right.includes(word));
  });

/** Of each name the newest version. */
export const newest = (definitions: readonly Definition[]): readonly Definition[] => {
  const byName = new Map<string, Definition>();
  for (const definition of definitions) {
    const held = byName.get(definition.name);
    if (held === undefined || held.version < definition.version) byName.set(definition.name, definition);
  }
  return [...byName.values()];
};

/** The most specific definition of the kind that holds in the cell; null when none does. Ties fall to the first name. */
export const selectDefinition = (
  definitions: readonly Definition[],
  kind: Definition['unit'],
  cell: Cell,
): Definition | null => {
  const fitting = newest(definitions).filter(({ unit, cells }) => unit === kind && covers(cells, cell));
  return fitting.toSorted((a, b) => compareSpecific(b.cells, a.cells) || (a.name < b.name ? -1 : 1))[0] ?? null;
};
