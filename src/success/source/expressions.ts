/** The expressions of a definition: lets in order, and clauses that read them. */

import { isMap, isScalar, type Node as YamlNode } from 'yaml';
import type { Clause, Let } from '../definition.ts';
import { ExpressionError } from '../language/expression-error.ts';
import { lowerExpression } from '../language/lower.ts';
import { RESERVED } from '../language/scope.ts';
import { type Type, typeWords } from '../language/types.ts';
import { type Entry, entriesOf, offsetsOf, report, type Source, type Span, spanOf, textOf } from './document.ts';

export interface ReadLets {
  readonly lets: readonly Let[];
  /** Names of lets that are wrong. */
  readonly broken: ReadonlySet<string>;
  readonly spans: Readonly<Record<string, Span>>;
}

export const readLets = (source: Source, node: YamlNode | null): ReadLets => {
  const lets: Let[] = [];
  const broken = new Set<string>();
  const spans: Record<string, Span> = {};
  const read = { lets, broken, spans };
  if (node === null) return read;
  if (!isMap(node)) {
    report(source, 'field', spanOf(node), 'let is a map from names to expressions');
    return read;
  }
  for (const entry of entriesOf(node)) {
    const { key, keySpan, value } = entry;
    if (!isGoodName(source, key, keySpan)) continue;
    spans[key] = entry.valueSpan;
    const clause = value === null ? undefined : readExpression(source, value, read);
    if (value === null) report(source, 'field', keySpan, `${key} has no expression`);
    if (clause === undefined) broken.add(key);
    else lets.push({ name: key, ...clause });
  }
  return read;
};

const isGoodName = (source: Source, name: string, span: Span): boolean => {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) {
    report(source, 'field', span, `the name "${name}" must be snake_case: a small letter, then letters, digits and _`);
    return false;
  }
  if (!RESERVED.has(name)) return true;
  report(source, 'name', span, `"${name}" already means something in the language: take another name`);
  return false;
};

/** Undefined when it is absent, or wrong and told. */
export const readClause = (
  source: Source,
  field: string,
  entry: Entry | undefined,
  type: Type,
  names: ReadLets,
): Clause | undefined => {
  if (entry === undefined || entry.value === null) return undefined;
  const read = readExpression(source, entry.value, names);
  if (read === undefined) return undefined;
  if (typeWords(read.node.type) === typeWords(type)) return read;
  const message = `${field} must be ${typeWords(type)}, and this is ${typeWords(read.node.type)}`;
  report(source, 'type', entry.valueSpan, message);
  return undefined;
};

const readExpression = (source: Source, node: YamlNode, names: ReadLets): Clause | undefined => {
  const text = textOf(node);
  if (text === undefined || !isScalar(node)) {
    report(source, 'type', spanOf(node), 'an expression is written as a text: put it in one line, or under ">-"');
    return undefined;
  }
  try {
    return { text: text.trim(), node: lowerExpression(text, names) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    if (error.rule === 'broken') return undefined;
    const at = offsetsOf(source, node);
    const span = { start: at(error.start), end: at(Math.max(error.end - 1, error.start)) + 1 };
    report(source, error.rule, span, error.message);
    return undefined;
  }
};
