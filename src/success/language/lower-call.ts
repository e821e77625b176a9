/** Calls: macros over lists, has(…), and the functions of the language, before or behind the point. */

import type { ASTNode } from '@marcbachmann/cel-js';
import { ExpressionError } from './expression-error.ts';
import { FUNCTIONS, type FunctionName, functionOf, isFunctionName, OF_LISTS, type ParameterType } from './functions.ts';
import { lowerAs } from './lower-as.ts';
import { nearest } from './nearest.ts';
import type { Node } from './node.ts';
import { RESERVED, type Scope } from './scope.ts';
import { isList, type ListType, listOf, type Type, typeWords } from './types.ts';

type Call = Extract<ASTNode, { readonly op: 'call' }>;
type Method = Extract<ASTNode, { readonly op: 'rcall' }>;

const MACROS = ['filter', 'map', 'exists', 'all', 'exists_one'] as const;
type Macro = (typeof MACROS)[number];
const isMacro = (name: string): name is Macro => (MACROS as readonly string[]).includes(name);

export const lowerCall = (ast: Call, scope: Scope): Node => {
  const [name, args] = ast.args;
  if (name === 'has') return lowerHas(ast, scope);
  if (isMacro(name)) {
    throw new ExpressionError('syntax', ast, `${name} stands behind a list: plays.${name}(p, …)`);
  }
  return applyFunction(name, args, ast, scope);
};

export const lowerMethod = (ast: Method, scope: Scope): Node => {
  const [name, receiver, args] = ast.args;
  return isMacro(name)
    ? lowerMacro(name, receiver, args, ast, scope)
    : applyFunction(name, [receiver, ...args], ast, scope);
};

const lowerHas = (ast: Call, scope: Scope): Node => {
  const [arg, ...more] = ast.args[1];
  if (arg === undefined || more.length > 0 || arg.op !== '.') {
    throw new ExpressionError('type', ast, 'has(…) asks whether one field is known: has(p.skipped)');
  }
  return { op: 'has', arg: scope.lower(arg, scope), type: 'bool', optional: false, start: ast.start, end: ast.end };
};

const lowerMacro = (name: Macro, over: ASTNode, args: readonly ASTNode[], ast: Method, scope: Scope): Node => {
  const list = scope.lower(over, scope);
  if (!isList(list.type)) {
    throw new ExpressionError('type', over, `.${name}(…) goes through a list, and this is ${typeWords(list.type)}`);
  }
  const [variable, body, ...more] = args;
  if (variable?.op !== 'id' || body === undefined || more.length > 0) {
    throw new ExpressionError('syntax', ast, `.${name}(…) takes a variable and an expression: .${name}(p, p.at > 0)`);
  }
  if (RESERVED.has(variable.args) || scope.lets.some((each) => each.name === variable.args)) {
    throw new ExpressionError('name', variable, `"${variable.args}" already means something else: take another name`);
  }
  const inner = { ...scope, bound: [...scope.bound, { name: variable.args, type: elementOf(list.type) }] };
  const at = { list, slot: scope.bound.length, start: ast.start, end: ast.end };
  if (name === 'map') return mapped(scope.lower(body, inner), at, body);
  const asked = lowerAs(body, inner, 'bool', `what .${name}(…) asks of each`);
  const optional = list.optional || asked.optional;
  if (name === 'filter') return { op: name, body: asked, type: list.type, optional, ...at };
  if (name !== 'exists_one') return { op: name, body: asked, type: 'bool', optional, ...at };
  const kept: Node = { op: 'filter', body: asked, type: list.type, optional, ...at };
  const number = { type: 'number', optional, start: ast.start, end: ast.end } as const;
  const size: Node = { op: 'call', name: 'size', args: [kept], ...number };
  const one: Node = { op: 'const', value: 1, ...number, optional: false };
  return { op: 'compare', sign: '==', left: size, right: one, ...number, type: 'bool' };
};

const elementOf = ({ list }: ListType): Type => list;

const mapped = (
  body: Node,
  at: { readonly list: Node; readonly slot: number; readonly start: number; readonly end: number },
  place: ASTNode,
): Node => {
  if (typeof body.type !== 'string' || body.type === 'intents') {
    throw new ExpressionError('type', place, `.map(…) makes numbers, texts or truths, not ${typeWords(body.type)}`);
  }
  return { op: 'map', body, type: listOf(body.type), optional: at.list.optional || body.optional, ...at };
};

const PARAMETER_WORDS: Readonly<Record<ParameterType, string>> = {
  number: 'a number',
  numbers: 'a list of numbers',
  scalars: 'a list of numbers or texts',
  list: 'a list',
  string: 'a text',
};

const fits = (type: Type, parameter: ParameterType): boolean => {
  if (parameter === 'number' || parameter === 'string') return type === parameter;
  if (!isList(type)) return false;
  if (parameter === 'numbers') return type.list === 'number';
  return parameter === 'list' || typeof type.list === 'string';
};

const applyFunction = (written: string, args: readonly ASTNode[], ast: Call | Method, scope: Scope): Node => {
  if (!isFunctionName(written)) {
    const near = nearest(written, [...Object.keys(FUNCTIONS), ...MACROS, 'has']);
    const hint = near === undefined ? 'docs/reference/success-language.md lists all of them' : `did you mean ${near}?`;
    throw new ExpressionError('name', namePlace(written, ast), `unknown function "${written}": ${hint}`);
  }
  const nodes = args.map((arg) => scope.lower(arg, scope));
  const name = nodes.length === 1 && isList(nodes[0]!.type) ? (OF_LISTS[written] ?? written) : written;
  assertArguments(name, nodes, args, ast);
  return callOf(name, nodes, ast);
};

/** The name itself: behind the receiver's point, or at the beginning. */
const namePlace = (name: string, ast: Call | Method): { start: number; end: number } => {
  const from = ast.op === 'rcall' ? ast.args[1].end : ast.start;
  const start = ast.input.indexOf(name, from);
  return start < 0 ? ast : { start, end: start + name.length };
};

const assertArguments = (
  name: FunctionName,
  nodes: readonly Node[],
  args: readonly ASTNode[],
  ast: Call | Method,
): void => {
  const { written, parameters, more } = functionOf(name);
  if (nodes.length < parameters.length || (nodes.length > parameters.length && !more)) {
    throw new ExpressionError('type', ast, `${written} takes ${parameters.length} arguments, not ${nodes.length}`);
  }
  for (const [place, node] of nodes.entries()) {
    const wanted = parameters[Math.min(place, parameters.length - 1)]!;
    if (fits(node.type, wanted)) continue;
    const what = `${written} takes ${PARAMETER_WORDS[wanted]} here`;
    throw new ExpressionError('type', args[place] ?? ast, `${what}, and this is ${typeWords(node.type)}`);
  }
};

const callOf = (name: FunctionName, args: readonly Node[], { start, end }: ASTNode): Node => {
  const { result, partial, js } = functionOf(name);
  if (!partial && result === 'number' && args.every((arg) => arg.op === 'const')) {
    const value = js(args.map((arg) => (arg as { readonly value: number }).value)) as number;
    return { op: 'const', value, type: 'number', optional: false, start, end };
  }
  const optional = partial || args.some((arg) => arg.optional);
  return { op: 'call', name, args, type: result === 'same' ? args[0]!.type : result, optional, start, end };
};
