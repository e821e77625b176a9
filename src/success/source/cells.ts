/** `for: { surface: playlist, intent: [sleep, background] }`: where a definition holds. */

import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { DEVICES, INTENTS, ITEM_TYPES, SURFACES } from '#domain';
import type { Cells } from '../definition.ts';
import { unknownWord } from '../language/nearest.ts';
import { entriesOf, report, type Source, spanOf, textOf } from './document.ts';

export const DIMENSIONS = {
  surface: SURFACES,
  intent: INTENTS,
  device: DEVICES,
  item_type: ITEM_TYPES,
} as const satisfies Readonly<Record<keyof Cells, readonly string[]>>;
const NAMES = Object.keys(DIMENSIONS) as readonly (keyof Cells)[];

export const readCells = (source: Source, node: Node | null): Cells => {
  if (node === null) return {};
  if (!isMap(node)) {
    report(source, 'field', spanOf(node), 'for is a map: for: { surface: playlist, intent: sleep }');
    return {};
  }
  const cells: Record<string, readonly string[]> = {};
  for (const { key, keySpan, value } of entriesOf(node)) {
    if (!NAMES.includes(key as keyof Cells)) {
      report(source, 'field', keySpan, unknownWord('dimension', key, NAMES));
    } else if (value === null) {
      report(source, 'field', keySpan, `${key} is empty: leave it out to mean any`);
    } else {
      cells[key] = readWords(source, value, key as keyof Cells);
    }
  }
  return cells as Cells;
};

const readWords = (source: Source, node: Node, dimension: keyof Cells): readonly string[] => {
  const nodes = isSeq(node) ? (node.items as readonly Node[]) : [node];
  const allowed: readonly string[] = DIMENSIONS[dimension];
  const words: string[] = [];
  for (const each of nodes) {
    const word = textOf(each) ?? '';
    if (!isScalar(each) || !allowed.includes(word)) {
      report(source, 'word', spanOf(each), unknownWord(dimension.replace('_', ' '), word, allowed));
    } else if (words.includes(word)) {
      report(source, 'field', spanOf(each), `${word} is given twice`);
    } else words.push(word);
  }
  if (nodes.length === 0) report(source, 'field', spanOf(node), `${dimension} is empty: leave it out to mean any`);
  return words;
};
