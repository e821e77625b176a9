/** What only shows between definitions: ties, and cells for which there is none. */

import { DEVICES, INTENTS, SURFACES } from '#domain';
import type { Definition } from '../definition.ts';
import { nameOf } from '../definition.ts';
import { compareSpecific, covers, newest, overlap } from '../select.ts';
import { UNIT_KINDS } from '../unit/fields.ts';

export interface Tie {
  readonly first: Definition;
  readonly second: Definition;
  readonly message: string;
}

/** Pairs of definitions of one kind that are equally specific for a unit that both hold for. */
export const tiesAmong = (definitions: readonly Definition[]): readonly Tie[] => {
  const current = newest(definitions);
  return current.flatMap((second, place) =>
    current
      .slice(0, place)
      .filter(
        ({ unit, cells }) =>
          unit === second.unit && overlap(cells, second.cells) && compareSpecific(cells, second.cells) === 0,
      )
      .map((first) => ({ first, second, message: tieWords(first, second) })),
  );
};

const tieWords = (first: Definition, second: Definition): string =>
  `${nameOf(second)} and ${nameOf(first)} are equally specific for ${commonCell(first, second)}: narrow one of them, ` +
  'or name one more dimension in it';

const commonCell = ({ cells: a, unit }: Definition, { cells: b }: Definition): string => {
  const named = (['surface', 'intent', 'device', 'item_type'] as const).flatMap((dimension) => {
    const [left, right]: readonly (readonly string[] | undefined)[] = [a[dimension], b[dimension]];
    const word = left?.find((each) => right?.includes(each) ?? true) ?? right?.[0];
    return word === undefined ? [] : [`${dimension} ${word}`];
  });
  return `a ${unit} of ${named.length === 0 ? 'any kind' : named.join(', ')}`;
};

export interface CoverageCell {
  readonly surface: (typeof SURFACES)[number];
  readonly intent: (typeof INTENTS)[number];
  readonly device: (typeof DEVICES)[number];
  /** The definition that decides there, for each kind of unit that has one; none: a gap. */
  readonly definitions: readonly string[];
}

/** Every (surface, intent, device), with what decides there. Items of any type count. */
export const coverage = (definitions: readonly Definition[]): readonly CoverageCell[] => {
  const current = newest(definitions);
  return SURFACES.flatMap((surface) =>
    INTENTS.flatMap((intent) =>
      DEVICES.map((device) => ({
        surface,
        intent,
        device,
        definitions: UNIT_KINDS.flatMap((kind) => {
          const fitting = current.filter(
            ({ unit, cells }) =>
              unit === kind && covers(cells, { surface, intent, device, item_type: cells.item_type?.[0] ?? null }),
          );
          const [best] = fitting.toSorted((a, b) => compareSpecific(b.cells, a.cells) || (a.name < b.name ? -1 : 1));
          return best === undefined ? [] : [best.name];
        }),
      })),
    ),
  );
};

/** Surfaces and intents without any definition, in words: `album: mood, party`; all devices alike are named once. */
export const gapWords = (cells: readonly CoverageCell[]): readonly string[] =>
  SURFACES.flatMap((surface) => {
    const gaps = cells.filter((cell) => cell.surface === surface && cell.definitions.length === 0);
    const intents = [...new Set(gaps.map(({ intent }) => intent))];
    if (intents.length === 0) return [];
    const devices = [...new Set(gaps.map(({ device }) => device))];
    const where = devices.length === DEVICES.length ? '' : ` on ${devices.join(', ')}`;
    return [`${surface}: ${intents.length === INTENTS.length ? 'any intent' : intents.join(', ')}${where}`];
  });
