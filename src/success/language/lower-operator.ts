/** Operators: what they take, and what may be unknown of what they give. Constants are folded here. */

import type { ASTNode } from '@marcbachmann/cel-js';
import { INTENTS } from '#domain';
import { fieldsOf } from '../unit/fields.ts';
import { ExpressionError } from './expression-error.ts';
import { lowerAs } from './lower-as.ts';
import { unknownWord } from './nearest.ts';
import type { Arithmetic, Compare, Node } from './node.ts';
import type { Scope } from './scope.ts';
import { isList, listOf, sameType, type Type, typeWords } from './types.ts';

type Binary = Extract<ASTNode, { readonly op: Arithmetic | Compare | 'in' }>;
type Logic = Extract<ASTNode, { readonly op: '&&' | '||' }>;

export const lowerLogic = (ast: Logic, scope: Scope): Node => {
  const [left, right] = ast.args.map((side) => lowerAs(side, scope, 'bool', `each side of "${ast.op}"`)) as [
    Node,
    Node,
  ];
  const optional = left.optional || right.optional;
  return { op: ast.op === '&&' ? 'and' : 'or', left, right, type: 'bool', optional, start: ast.start, end: ast.end };
};

const COMPUTE: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

const constant = (node: Node): number | undefined =>
  node.op === 'const' && typeof node.value === 'number' ? node.value : undefined;

export const lowerArithmetic = (ast: Binary, scope: Scope): Node => {
  const sign = ast.op as Arithmetic;
  const [left, right] = ast.args.map((side) => lowerAs(side, scope, 'number', `each side of "${sign}"`)) as [
    Node,
    Node,
  ];
  const { start, end } = ast;
  const a = constant(left);
  const b = constant(right);
  if (sign === '/' && b === 0)
    throw new ExpressionError('type', right.start < end ? right : ast, 'this divides by zero');
  if (a !== undefined && b !== undefined) {
    return { op: 'const', value: COMPUTE[sign](a, b), type: 'number', optional: false, start, end };
  }
  const divides = sign === '/' && b === undefined;
  return {
    op: 'arithmetic',
    sign,
    left,
    right,
    type: 'number',
    optional: left.optional || right.optional || divides,
    start,
    end,
  };
};

export const lowerCompare = (ast: Binary, scope: Scope): Node => {
  const sign = ast.op as Compare;
  const [leftAst, rightAst] = ast.args;
  const left = scope.lower(leftAst, scope);
  const right = scope.lower(rightAst, scope);
  const isOrder = sign !== '==' && sign !== '!=';
  const comparable: readonly Type[] = isOrder ? ['number'] : ['number', 'string', 'bool'];
  if (!comparable.some((type) => sameType(type, left.type))) {
    const hint = isList(left.type) ? '; ask for its .size()' : '';
    throw new ExpressionError('type', leftAst, `"${sign}" cannot compare ${typeWords(left.type)}${hint}`);
  }
  if (!sameType(left.type, right.type)) {
    const both = `${typeWords(left.type)} with ${typeWords(right.type)}`;
    throw new ExpressionError('type', ast, `"${sign}" compares ${both}`);
  }
  assertWord(left, right);
  assertWord(right, left);
  const optional = left.optional || right.optional;
  return { op: 'compare', sign, left, right, type: 'bool', optional, start: ast.start, end: ast.end };
};

export const lowerIn = (ast: Binary, scope: Scope): Node => {
  const [itemAst, listAst] = ast.args;
  const item = scope.lower(itemAst, scope);
  const list = scope.lower(listAst, scope);
  if (!isList(list.type)) {
    throw new ExpressionError('type', listAst, `"in" looks into a list, and this is ${typeWords(list.type)}`);
  }
  if (!sameType(list.type, listOf(item.type as 'string'))) {
    const both = `${typeWords(item.type)} in ${typeWords(list.type)}`;
    throw new ExpressionError('type', ast, `"in" looks for ${both}`);
  }
  if (list.op === 'list') for (const one of list.items) assertWord(item, one);
  return {
    op: 'in',
    item,
    list,
    type: 'bool',
    optional: item.optional || list.optional,
    start: ast.start,
    end: ast.end,
  };
};

/** A field with a closed vocabulary is never anything else: the comparison would be wrong in silence. */
const assertWord = (read: Node, literal: Node): void => {
  if (literal.op !== 'const' || typeof literal.value !== 'string') return;
  const words = wordsOf(read);
  if (words === undefined || words.includes(literal.value)) return;
  const field = (read as { readonly field: string }).field.replaceAll('_', ' ');
  throw new ExpressionError('word', literal, unknownWord(field, literal.value, words));
};

const wordsOf = (node: Node): readonly string[] | undefined => {
  if (node.op === 'read') return fieldsOf(node.record)[node.field]?.words;
  if (node.op !== 'field' || typeof node.of.type === 'string' || !('record' in node.of.type)) return undefined;
  const { record } = node.of.type;
  return record === 'later' || record === 'usual' ? undefined : fieldsOf(record)[node.field]?.words;
};

/** @throws {ExpressionError} for an intent that there is not. */
export const assertIntent = (intent: string, place: ASTNode): void => {
  if ((INTENTS as readonly string[]).includes(intent)) return;
  throw new ExpressionError('word', place, unknownWord('intent', intent, INTENTS));
};
