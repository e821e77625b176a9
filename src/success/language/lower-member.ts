/** `unit.device`, `p.at`, `later.plays`, `item.tags`: reading a field. */

import type { ASTNode } from '@marcbachmann/cel-js';
import { fieldsOf, isLaterList, type RecordName } from '../unit/fields.ts';
import { ExpressionError } from './expression-error.ts';
import { unknownWord } from './nearest.ts';
import type { Node } from './node.ts';
import { eventListType, fieldNames, membersOf, type Scope } from './scope.ts';
import { isList, listOf, type Type, typeWords } from './types.ts';

type Member = Extract<ASTNode, { readonly op: '.' }>;

export const lowerMember = (ast: Member, scope: Scope): Node => {
  const [of, name] = ast.args;
  if (of.op === 'id' && !isShadowed(of.args, scope)) {
    if (of.args === 'unit' || of.args === 'item') return readRoot(of.args, name, ast);
    if (of.args === 'later' || of.args === 'usual') return readList(of.args, name, ast);
  }
  const node = scope.lower(of, scope);
  if (isList(node.type)) {
    const hint = `of each: .map(x, x.${name}), or a method as .size()`;
    throw new ExpressionError('type', fieldPlace(ast), `${typeWords(node.type)} has no field "${name}"; ${hint}`);
  }
  if (typeof node.type === 'string') {
    throw new ExpressionError('type', fieldPlace(ast), `${typeWords(node.type)} has no field "${name}"`);
  }
  const { record } = node.type as { readonly record: RecordName };
  const field = fieldIn(record, name, ast);
  return { op: 'field', of: node, field: name, ...field, start: ast.start, end: ast.end };
};

const isShadowed = (name: string, scope: Scope): boolean =>
  scope.bound.some((each) => each.name === name) || scope.lets.some((each) => each.name === name);

/** The name behind the point: that is what is wrong when it is. */
const fieldPlace = (ast: Member): { start: number; end: number } => ({
  start: ast.end - ast.args[1].length,
  end: ast.end,
});

const fieldIn = (
  record: RecordName,
  name: string,
  ast: Member,
): { readonly type: Type; readonly optional: boolean } => {
  const fields = fieldsOf(record);
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (field === undefined) {
    const what = `field of ${typeWords({ record })}`;
    throw new ExpressionError('name', fieldPlace(ast), unknownWord(what, name, fieldNames(record)));
  }
  return { type: field.type === 'strings' ? listOf('string') : field.type, optional: field.optional };
};

const readRoot = (record: 'unit' | 'item', name: string, ast: Member): Node => {
  const field = fieldIn(record, name, ast);
  const { start, end } = ast;
  if (isList(field.type)) return { op: 'tags', type: field.type, optional: false, start, end };
  return { op: 'read', record, field: name, ...field, start, end };
};

const readList = (root: 'later' | 'usual', name: string, ast: Member): Node => {
  const { start, end } = ast;
  if (root === 'later' && isLaterList(name)) {
    return { op: 'events', list: `later.${name}`, type: eventListType(name), optional: false, start, end };
  }
  if (root === 'usual' && name === 'units') {
    return { op: 'events', list: 'usual.units', type: listOf({ record: 'past' }), optional: false, start, end };
  }
  throw new ExpressionError('name', fieldPlace(ast), unknownWord(`member of ${root}`, name, membersOf(root)));
};
