/** `polarity: { listened_ms: up, late_touches: down }`: which way each let points. */

import { isMap, type Node } from 'yaml';
import type { Polarity } from '../definition.ts';
import { unknownWord } from '../language/nearest.ts';
import { typeWords } from '../language/types.ts';
import { entriesOf, report, type Source, type Span, spanOf, textOf } from './document.ts';
import type { ReadLets } from './expressions.ts';

const POLARITIES: readonly string[] = ['up', 'down', 'free'];

export interface ReadPolarity {
  readonly polarity: Readonly<Record<string, Polarity>>;
  readonly spans: Readonly<Record<string, Span>>;
}

export const readPolarity = (source: Source, node: Node | null, { lets, broken }: ReadLets): ReadPolarity => {
  const polarity: Record<string, Polarity> = {};
  const spans: Record<string, Span> = {};
  if (node === null) return { polarity, spans };
  if (!isMap(node)) {
    report(source, 'field', spanOf(node), 'polarity is a map: polarity: { listened_ms: up, late_touches: down }');
    return { polarity, spans };
  }
  const names = lets.map(({ name }) => name);
  for (const { key, keySpan, value, valueSpan } of entriesOf(node)) {
    const found = lets.find(({ name }) => name === key);
    const word = textOf(value) ?? '';
    if (broken.has(key)) continue;
    if (found === undefined) report(source, 'name', keySpan, unknownWord('let', key, names));
    else if (found.node.type !== 'number') {
      report(source, 'type', keySpan, `a polarity is of a number, and ${key} is ${typeWords(found.node.type)}`);
    } else if (!POLARITIES.includes(word)) {
      report(source, 'word', valueSpan, unknownWord('polarity', word, POLARITIES));
    } else {
      polarity[key] = word as Polarity;
      spans[key] = valueSpan;
    }
  }
  return { polarity, spans };
};
