/**
 * From the text of an expression to a checked node: cel-js parses, this names and types. All numbers are float64,
 * so that CEL's integers and doubles are one type here; the rest of CEL's typing is kept.
 */

import { type ASTNode, ParseError, parse } from '@marcbachmann/cel-js';
import { ExpressionError } from './expression-error.ts';
import { lowerAs } from './lower-as.ts';
import { lowerCall, lowerMethod } from './lower-call.ts';
import { lowerMember } from './lower-member.ts';
import { assertIntent, lowerArithmetic, lowerCompare, lowerIn, lowerLogic } from './lower-operator.ts';
import { nearest, oneOf } from './nearest.ts';
import type { Node } from './node.ts';
import { eventListType, isEventList, ROOTS, type Scope } from './scope.ts';
import { listOf, sameType, typeWords } from './types.ts';

/** @throws {ExpressionError} with the place in `text`. */
export const lowerExpression = (text: string, names: Pick<Scope, 'lets' | 'broken'>): Node => {
  try {
    return lower(parse(text).ast, { ...names, bound: [], lower });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { start, end } = error.range ?? { start: 0, end: text.length };
    throw new ExpressionError('syntax', { start, end }, syntaxMessage(error, text, start));
  }
};

const syntaxMessage = ({ summary }: ParseError, text: string, start: number): string => {
  if (text[start] === '=' && text[start - 1] !== '=') return 'one "=" compares nothing: equality is written "=="';
  if (/^and\b|^or\b|^not\b/.test(text.slice(start))) return 'and, or and not are written &&, || and !';
  const what = summary.replace(/\bEOF\b/, 'the end of the expression');
  return `${what.charAt(0).toLowerCase()}${what.slice(1)}`;
};

const lower = (ast: ASTNode, scope: Scope): Node => {
  const { start, end } = ast;
  switch (ast.op) {
    case 'value':
      return lowerConst(ast);
    case 'id':
      return lowerName(ast.args, ast, scope);
    case '.':
      return lowerMember(ast, scope);
    case '[]':
      return lowerIndex(ast, scope);
    case 'call':
      return lowerCall(ast, scope);
    case 'rcall':
      return lowerMethod(ast, scope);
    case 'list':
      return lowerList(ast, scope);
    case '?:':
      return lowerChoose(ast, scope);
    case '&&':
    case '||':
      return lowerLogic(ast, scope);
    case '!_': {
      const arg = lowerAs(ast.args, scope, 'bool', 'what "!" turns round');
      return { op: 'not', arg, type: 'bool', optional: arg.optional, start, end };
    }
    case '-_': {
      const arg = lowerAs(ast.args, scope, 'number', 'what "-" is put before');
      if (arg.op === 'const') return { ...arg, value: -(arg.value as number), start, end };
      return { op: 'negate', arg, type: 'number', optional: arg.optional, start, end };
    }
    case '+':
    case '-':
    case '*':
    case '/':
      return lowerArithmetic(ast, scope);
    case 'in':
      return lowerIn(ast, scope);
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return lowerCompare(ast, scope);
    default:
      throw new ExpressionError('syntax', ast, `"${ast.op}" is not part of this language`);
  }
};

type AstOf<Op extends ASTNode['op']> = Extract<ASTNode, { readonly op: Op }>;

const lowerConst = ({ args: value, start, end }: AstOf<'value'>): Node => {
  const at = { optional: false, start, end };
  if (typeof value === 'bigint' || typeof value === 'number') {
    return { op: 'const', value: Number(value), type: 'number', ...at };
  }
  if (typeof value === 'string') return { op: 'const', value, type: 'string', ...at };
  if (typeof value === 'boolean') return { op: 'const', value, type: 'bool', ...at };
  const hint = value === null ? 'what may be missing is asked with has(…)' : 'use a number, a text, true or false';
  throw new ExpressionError('type', { start, end }, `such a value is not part of this language: ${hint}`);
};

const lowerName = (name: string, { start, end }: ASTNode, scope: Scope): Node => {
  const slot = scope.bound.findLastIndex((each) => each.name === name);
  if (slot >= 0) return { op: 'bound', slot, type: scope.bound[slot]!.type, optional: false, start, end };
  const index = scope.lets.findIndex((each) => each.name === name);
  if (index >= 0) {
    const { node } = scope.lets[index]!;
    if (node.op === 'const') return { ...node, start, end };
    return { op: 'let', index, name, type: node.type, optional: node.optional, start, end };
  }
  if (scope.broken.has(name)) throw new ExpressionError('broken', { start, end }, `${name} is wrong itself`);
  if (isEventList(name)) return { op: 'events', list: name, type: eventListType(name), optional: false, start, end };
  if (ROOTS.includes(name)) {
    throw new ExpressionError('type', { start, end }, `${name} is not a value: read one of its fields, as ${name}.…`);
  }
  const known = [...scope.bound, ...scope.lets].map((each) => each.name);
  const near = nearest(name, [...known, ...ROOTS]);
  const rest = near === undefined ? `the unit has ${oneOf(ROOTS)}` : `did you mean ${near}?`;
  throw new ExpressionError('name', { start, end }, `unknown name "${name}": ${rest}`);
};

const lowerIndex = (ast: AstOf<'[]'>, scope: Scope): Node => {
  const [of, key] = ast.args;
  const read = lower(of, scope);
  const { start, end } = ast;
  if (read.type !== 'intents') {
    const hint = 'take its first time with .map(…).min(), or ask with .exists(…)';
    throw new ExpressionError('type', ast, `[…] reads unit.intents alone; of a list, ${hint}`);
  }
  if (key.op !== 'value' || typeof key.args !== 'string') {
    throw new ExpressionError('type', key, 'an intent is named by a text: unit.intents["sleep"]');
  }
  assertIntent(key.args, key);
  return { op: 'intent', intent: key.args, type: 'number', optional: true, start, end };
};

const lowerList = (ast: AstOf<'list'>, scope: Scope): Node => {
  const items = ast.args.map((item) => lower(item, scope));
  const [first] = items;
  if (first === undefined) throw new ExpressionError('type', ast, 'an empty list holds nothing to compare with');
  const { type } = first;
  if (type !== 'number' && type !== 'string' && type !== 'bool') {
    throw new ExpressionError('type', ast, `a list that is written out holds numbers or texts, not ${typeWords(type)}`);
  }
  const odd = items.find((item) => !sameType(item.type, type));
  if (odd) {
    throw new ExpressionError(
      'type',
      odd,
      `the list begins with ${typeWords(type)}, and this is ${typeWords(odd.type)}`,
    );
  }
  const missing = items.find((item) => item.optional);
  if (missing) throw new ExpressionError('type', missing, 'this may be unknown, and a written list holds known values');
  return { op: 'list', items, type: listOf(type), optional: false, start: ast.start, end: ast.end };
};

const lowerChoose = (ast: AstOf<'?:'>, scope: Scope): Node => {
  const [when, then, otherwise] = ast.args;
  const asked = lowerAs(when, scope, 'bool', 'what stands before "?"');
  const yes = lower(then, scope);
  const no = lower(otherwise, scope);
  if (typeof yes.type !== 'string' || yes.type === 'intents') {
    throw new ExpressionError('type', then, `"?" chooses between numbers, texts or truths, not ${typeWords(yes.type)}`);
  }
  if (!sameType(yes.type, no.type)) {
    const both = `${typeWords(yes.type)} and ${typeWords(no.type)}`;
    throw new ExpressionError('type', otherwise, `both sides of ":" must be alike, and these are ${both}`);
  }
  const optional = asked.optional || yes.optional || no.optional;
  return {
    op: 'choose',
    when: asked,
    yes,
    no,
    type: yes.type,
    optional,
    start: ast.start,
    end: ast.end,
  };
};
