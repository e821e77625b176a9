/**
 * A checked expression as ClickHouse SQL over one row a unit. NULL is unknown; a list, which cannot be NULL there, goes
 * with a condition under which it is known. What may not be missing costs nothing: it is left out of the text.
 */

import { type FunctionName, functionOf } from '../language/functions.ts';
import type { Node, NodeOf } from '../language/node.ts';
import { isList } from '../language/types.ts';
import { columnOf } from './columns.ts';

export interface Sql {
  readonly sql: string;
  /** Of a list: whether it is known; null when it always is. Scalars are NULL by themselves. */
  readonly known: string | null;
}

export interface SqlScope {
  readonly horizonMs: number;
  /** Columns that the lets have become. */
  readonly lets: readonly Sql[];
}

const scalar = (sql: string): Sql => ({ sql, known: null });

export const compileSql = (node: Node, scope: SqlScope): Sql => {
  const of = (inner: Node): string => compileSql(inner, scope).sql;
  switch (node.op) {
    case 'const':
      return scalar(literal(node.value));
    case 'let':
      return scope.lets[node.index]!;
    case 'bound':
      return scalar(variable(node.slot));
    case 'field':
      return scalar(`tupleElement(${of(node.of)}, '${node.field}')`);
    case 'read':
      return scalar(readSql(node, scope));
    case 'intent':
      return scalar(`if(empty(unit_intents), NULL, unit_intents[${literal(node.intent)}])`);
    case 'tags':
      return scalar('item_tags');
    case 'events':
      return scalar(eventsSql(node.list, scope.horizonMs));
    case 'has':
      return scalar(hasSql(node, scope));
    case 'not':
      return scalar(`(NOT ${of(node.arg)})`);
    case 'negate':
      return scalar(`(-${of(node.arg)})`);
    case 'and':
    case 'or':
      return scalar(`(${of(node.left)} ${node.op.toUpperCase()} ${of(node.right)})`);
    case 'arithmetic':
      return scalar(arithmeticSql(node, scope));
    case 'compare':
      return scalar(`(${of(node.left)} ${node.sign === '==' ? '=' : node.sign} ${of(node.right)})`);
    case 'in':
      return scalar(inSql(node, scope));
    case 'choose':
      return scalar(chooseSql(node, scope));
    case 'list':
      return scalar(`[${node.items.map(of).join(', ')}]`);
    case 'filter':
    case 'map':
      return listSql(node, scope);
    case 'exists':
    case 'all':
      return scalar(quantifierSql(node, scope));
    case 'call':
      return callSql(node, scope);
  }
};

export const literal = (value: number | string | boolean): string => {
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const digits = String(value);
  const float = /[.e]/.test(digits) ? digits : `${digits}.`;
  return value < 0 ? `(${float})` : float;
};

const variable = (slot: number): string => `v${slot}`;

const both = (...conditions: readonly (string | null)[]): string | null => {
  const asked = conditions.filter((condition) => condition !== null);
  return asked.length === 0 ? null : asked.join(' AND ');
};

/** The scalar, or NULL while a list it rests on is not known. */
const ifKnown = (known: string | null, sql: string): string => (known === null ? sql : `if(${known}, ${sql}, NULL)`);

const AT_THE_END: ReadonlySet<string> = new Set(['duration_ms', 'end_reason']);

const readSql = ({ record, field }: NodeOf<'read'>, { horizonMs }: SqlScope): string => {
  const column = columnOf(record, field);
  if (record !== 'unit' || !AT_THE_END.has(field)) return column;
  return `if(ifNull(${columnOf('unit', 'duration_ms')}, 0.) > ${literal(horizonMs)}, NULL, ${column})`;
};

const eventsSql = (path: string, horizonMs: number): string => {
  const column = path.replace('.', '_');
  if (path === 'usual.units') return column;
  return `arrayFilter(e -> tupleElement(e, 'at') <= ${literal(horizonMs)}, ${column})`;
};

/** A map cannot be NULL: an empty one says that nothing is known. */
const hasSql = ({ arg }: NodeOf<'has'>, scope: SqlScope): string => {
  if (arg.type === 'intents') return 'notEmpty(unit_intents)';
  return arg.optional ? `isNotNull(${compileSql(arg, scope).sql})` : '1';
};

const arithmeticSql = ({ sign, left, right }: NodeOf<'arithmetic'>, scope: SqlScope): string => {
  const [a, b] = [compileSql(left, scope).sql, compileSql(right, scope).sql];
  return sign === '/' && right.op !== 'const' ? `(${a} / nullIf(${b}, 0.))` : `(${a} ${sign} ${b})`;
};

const inSql = ({ item, list }: NodeOf<'in'>, scope: SqlScope): string => {
  const wanted = compileSql(item, scope).sql;
  const { sql, known } = compileSql(list, scope);
  const found = ifKnown(known, `has(${sql}, ${item.optional ? `assumeNotNull(${wanted})` : wanted})`);
  return item.optional ? `if(isNull(${wanted}), NULL, ${found})` : found;
};

const chooseSql = ({ when, yes, no }: NodeOf<'choose'>, scope: SqlScope): string => {
  const [asked, ifSo, ifNot] = [when, yes, no].map((node) => compileSql(node, scope).sql);
  return when.optional ? `multiIf(${asked}, ${ifSo}, NOT ${asked}, ${ifNot}, NULL)` : `if(${asked}, ${ifSo}, ${ifNot})`;
};

/** Filter and map: elements are always known; one that is not makes the whole list unknown. */
const listSql = ({ op, list, slot, body }: NodeOf<'filter' | 'map'>, scope: SqlScope): Sql => {
  const from = compileSql(list, scope);
  const made = compileSql(body, scope).sql;
  const v = variable(slot);
  const name = op === 'filter' ? 'arrayFilter' : 'arrayMap';
  if (!body.optional) return { sql: `${name}(${v} -> ${made}, ${from.sql})`, known: from.known };
  const known = both(from.known, `NOT arrayExists(${v} -> isNull(${made}), ${from.sql})`);
  return {
    sql: `${name}(${v} -> ${op === 'filter' ? `ifNull(${made}, 0)` : `assumeNotNull(${made})`}, ${from.sql})`,
    known,
  };
};

const quantifierSql = ({ op, list, slot, body }: NodeOf<'exists' | 'all'>, scope: SqlScope): string => {
  const { sql, known } = compileSql(list, scope);
  const asked = compileSql(body, scope).sql;
  const any = (test: string): string => `arrayExists(${variable(slot)} -> ${test}, ${sql})`;
  const decided = op === 'exists' ? asked : `NOT ${asked}`;
  const [found, otherwise] = op === 'exists' ? ['1', '0'] : ['0', '1'];
  if (!body.optional) return ifKnown(known, `if(${any(decided)}, ${found}, ${otherwise})`);
  return ifKnown(
    known,
    `multiIf(${any(`ifNull(${decided}, 0)`)}, ${found}, ${any(`isNull(${asked})`)}, NULL, ${otherwise})`,
  );
};

const callSql = ({ name, args, type }: NodeOf<'call'>, scope: SqlScope): Sql => {
  const compiled = args.map((arg) => ({ ...compileSql(arg, scope), arg }));
  const missing = compiled.filter(({ arg }) => arg.optional && !isList(arg.type)).map(({ sql }) => `isNull(${sql})`);
  const given = compiled.map(({ sql, arg }) => (arg.optional && !isList(arg.type) ? `assumeNotNull(${sql})` : sql));
  const known = both(...compiled.map((each) => each.known));
  const applied = functionOf(name as FunctionName).sql(given);
  if (isList(type)) return { sql: applied, known };
  const ofKnown = ifKnown(known, applied);
  return scalar(missing.length === 0 ? ofKnown : `if(${missing.join(' OR ')}, NULL, ${ofKnown})`);
};
