/** A YAML text as nodes with places: what every finding needs to point at. */

import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import type { Finding, Place, Rule } from './finding.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Source {
  readonly text: string;
  readonly file: string;
  readonly findings: Finding[];
  readonly placeOf: (offset: number) => Place;
}

export const createSource = (text: string, file: string): Source => {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  const placeOf = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line, column: col };
  };
  return { text, file, findings: [], placeOf };
};

export const report = (
  source: Source,
  rule: Rule,
  span: Span,
  message: string,
  severity: Finding['severity'] = 'error',
): void => {
  const { file, placeOf } = source;
  const to = Math.max(span.end, span.start);
  source.findings.push({ rule, severity, message, file, from: placeOf(span.start), to: placeOf(to) });
};

/** The first document's map; undefined when there is none, and the findings say why. */
export const readMap = (source: Source): YAMLMap | undefined => {
  const tagged = /^[ \t]*\w+:[ \t]+(?=![\w(!])/gm;
  for (const match of source.text.matchAll(tagged)) {
    const start = match.index + match[0].length;
    const advice = 'YAML reads "!" at the beginning of a value as a tag: put the expression in quotes, or under ">-"';
    report(source, 'yaml', { start, end: start + 1 }, advice);
  }
  if (source.findings.length > 0) return undefined;
  const document = parseDocument(source.text, { uniqueKeys: true, prettyErrors: false });
  for (const { message, pos, code } of document.errors) {
    const [start, end] = pos;
    if (code === 'DUPLICATE_KEY')
      report(source, 'field', { start, end: keyEnd(source.text, start) }, duplicate(source.text, start));
    else report(source, 'yaml', { start, end }, yamlWords(message, source.text, start));
  }
  if (document.errors.length > 0) return undefined;
  if (isMap(document.contents)) return document.contents;
  report(source, 'yaml', { start: 0, end: 0 }, 'a definition is a map of fields: name, version, question, unit, …');
  return undefined;
};

const keyEnd = (text: string, start: number): number => start + (/^[\w-]+/.exec(text.slice(start))?.[0].length ?? 1);

const duplicate = (text: string, start: number): string => `"${text.slice(start, keyEnd(text, start))}" is given twice`;

const yamlWords = (message: string, text: string, start: number): string => {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1).split('\n', 1)[0] ?? '';
  const isExpression = /:\s.*[?&|>{[].*/.test(line);
  const first = message.split('\n', 1)[0]!.replace(/:$/, '').trim();
  const lower = first.charAt(0).toLowerCase() + first.slice(1);
  return isExpression
    ? `${lower}; an expression with ": " or quotes in it goes on a line of its own under ">-"`
    : lower;
};

export const spanOf = (node: unknown): Span => {
  const range = (node as Node | null)?.range;
  return range ? { start: range[0], end: range[1] } : { start: 0, end: 0 };
};

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node | null;
  readonly valueSpan: Span;
}

export const entriesOf = (map: YAMLMap): readonly Entry[] =>
  map.items.map((pair: Pair) => {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const keySpan = spanOf(pair.key);
    const value = pair.value as Node | null;
    const isEmpty = value === null || (isScalar(value) && value.value === null);
    return { key, keySpan, value: isEmpty ? null : value, valueSpan: isEmpty ? keySpan : spanOf(value) };
  });

/** A scalar as it is written: `0.5`, `true` and `a > b` are all expressions. */
export const textOf = (node: Node | null): string | undefined => {
  if (!isScalar(node)) return undefined;
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
};

/**
 * Offset in the file of each character of a scalar's text. Folding and quoting change only white space, quotes and
 * escapes, so the text is followed through its source, character after character.
 */
export const offsetsOf = (source: Source, node: Scalar): ((index: number) => number) => {
  const { start, end } = spanOf(node);
  const offsets: number[] = [];
  let at = firstOf(source, node);
  for (const character of textOf(node) ?? '') {
    const isSpace = /\s/.test(character);
    if (!isSpace) at = seek(source.text, character, at, end);
    for (let unit = 0; unit < character.length; unit++) offsets.push(at + unit);
    if (!isSpace || /\s/.test(source.text[at] ?? '')) at += character.length;
  }
  return (index) => offsets[index] ?? (offsets.length === 0 ? start : offsets.at(-1)! + 1);
};

/** Where the text of a scalar begins: behind the quote, or on the line below ">-". */
const firstOf = ({ text }: Source, node: Scalar): number => {
  const { start } = spanOf(node);
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') return text.indexOf('\n', start) + 1;
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? start + 1 : start;
};

const seek = (text: string, character: string, from: number, end: number): number => {
  let at = from;
  while (at < end && !text.startsWith(character, at)) at++;
  return at;
};
