/**
 * A definition as one ClickHouse query over a table of units. Levels: the unit's columns, one column a let, the clauses,
 * the outcome. The closure of `../closure` gives the same on the same unit: label and evidence alike, numbers to 1e-12.
 */

import { type Definition, MAX_EVIDENCE } from '../definition.ts';
import { evidenceTerms } from '../evidence.ts';
import type { Node } from '../language/node.ts';
import { compileSql, literal, type Sql, type SqlScope } from './compile.ts';

/** Column → ClickHouse type of what the query answers. */
export const OUTCOME_COLUMNS = {
  unit_id: 'String',
  user_id: 'String',
  start: "DateTime64(3, 'UTC')",
  label: 'String',
  value: 'Nullable(Float64)',
  effort: 'Nullable(Float64)',
  mature: 'Bool',
  evidence: 'Array(String)',
} as const;

/** `from` is a table or a subquery in brackets with the columns of `UNIT_COLUMNS`; `where` narrows it. */
export const definitionSql = (definition: Definition, from: string, where = ''): string => {
  const letScope: { readonly horizonMs: number; readonly lets: Sql[] } = { horizonMs: definition.horizonMs, lets: [] };
  const columns: string[] = [];
  for (const { name, node } of definition.lets) {
    const { sql, known } = compileSql(node, letScope);
    columns.push(`    ${sql} AS let_${name}`);
    if (known !== null) columns.push(`    ${known} AS let_${name}_known`);
    letScope.lets.push({ sql: `let_${name}`, known: known === null ? null : `let_${name}_known` });
  }
  const kind = `kind = ${literal(definition.unit)}`;
  return `
WITH
${[...columns, ...clauseColumns(definition, letScope)].join(',\n')}
SELECT
    unit_id,
    user_id,
    start,
    multiIf(ifNull(is_unknown, 1), 'unknown', isNull(is_failed), 'unknown', is_failed, 'failed', ifNull(is_achieved, 0), 'achieved', 'unknown') AS label,
    CAST(if(ifNull(is_unknown, 1) OR isNull(raw_value) OR raw_value < 0 OR raw_value > 1, NULL, raw_value), 'Nullable(Float64)') AS value,
    CAST(if(ifNull(is_unknown, 1) OR isNull(raw_effort) OR raw_effort < 0, NULL, raw_effort), 'Nullable(Float64)') AS effort,
    CAST(toUnixTimestamp64Milli(observed_until) >= toUnixTimestamp64Milli(start) + ${definition.horizonMs}, 'Bool') AS mature,
    ${evidenceSql(definition, letScope)} AS evidence
FROM ${from}
WHERE ${where === '' ? kind : `${kind} AND ${where}`}`;
};

const clauseColumns = (definition: Definition, scope: SqlScope): readonly string[] => {
  const { achieved, failed, unknown, value, effort } = definition;
  const of = (node: Node): string => compileSql(node, scope).sql;
  return [
    `    ${of(achieved.node)} AS is_achieved`,
    `    ${failed ? of(failed.node) : '(NOT is_achieved)'} AS is_failed`,
    `    ${unknown ? of(unknown.node) : '0'} AS is_unknown`,
    `    ${of(value.node)} AS raw_value`,
    `    ${effort ? of(effort.node) : 'NULL'} AS raw_effort`,
  ];
};

const evidenceSql = (definition: Definition, scope: SqlScope): string => {
  const { achieved, failed, unknown } = definition;
  const gathered = (node: Node, is: boolean): string => gatherSql(node, is, definition, scope);
  const cases = [
    ...(unknown ? ['ifNull(is_unknown, 0)', gathered(unknown.node, true)] : []),
    "label = 'achieved'",
    gathered(achieved.node, true),
    "label = 'failed'",
    failed ? gathered(failed.node, true) : gathered(achieved.node, false),
    NOTHING,
  ];
  const pairs = `arraySlice(arraySort(arrayDistinct(multiIf(${cases.join(', ')}))), 1, ${MAX_EVIDENCE})`;
  return `arrayMap(d -> tupleElement(d, 2), ${pairs})`;
};

const NOTHING = "CAST([], 'Array(Tuple(Float64, String))')";

const gatherSql = (node: Node, is: boolean, { lets }: Definition, scope: SqlScope): string => {
  const terms = evidenceTerms(node, is, lets).map(({ list, guards }) => {
    const { sql, known } = compileSql(list, scope);
    const asked = guards.map((guard) => {
      const guardSql = compileSql(guard.node, scope).sql;
      return `ifNull(${guard.is ? guardSql : `NOT ${guardSql}`}, 0)`;
    });
    const conditions = known === null ? asked : [...asked, known];
    const pairs = `arrayMap(d -> (tupleElement(d, 'at'), tupleElement(d, 'event_id')), ${sql})`;
    return conditions.length === 0 ? pairs : `if(${conditions.join(' AND ')}, ${pairs}, ${NOTHING})`;
  });
  return terms.length < 2 ? (terms[0] ?? NOTHING) : `arrayConcat(${terms.join(', ')})`;
};
