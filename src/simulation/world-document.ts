/** A world as a small YAML document: what differs from the standard, and what happens in it. */

import { EngineError, type FieldError } from '#domain';
import { isRecord, readLocatedYaml } from './located-yaml.ts';
import {
  standardRules,
  WORLD_FIELD_NAMES,
  WORLD_FIELDS,
  type WorldFieldName,
  type WorldRules,
} from './world-fields.ts';

/** hit: one release that everybody hears of. holiday: people listen by day, at home, and less by habit. */
export const SHOCK_KINDS = ['hit', 'holiday'] as const;
export type ShockKind = (typeof SHOCK_KINDS)[number];

export interface Shock {
  /** Day of the world, 0 the first. */
  readonly day: number;
  readonly kind: ShockKind;
  /** How long it lasts. */
  readonly days: number;
}

export interface WorldDocument {
  readonly name: string;
  readonly about: string;
  readonly seed: string | number;
  readonly rules: WorldRules;
  readonly shocks: readonly Shock[];
}

const TOP = ['name', 'about', 'seed', 'shocks'];
const GROUPS = [...new Set(WORLD_FIELD_NAMES.map((name) => name.slice(0, name.indexOf('.'))))];

/** Upper bounds of fields, narrower than their own. */
export type WorldBounds = Readonly<Partial<Record<WorldFieldName, number>>>;

/**
 * Reads a document; what it leaves out is standard.
 * @throws {EngineError} invalid_data naming every field that is not what it may be, what it may be, and its place.
 */
export const parseWorld = (yaml: string, most: WorldBounds = {}): WorldDocument => {
  const { fields: found, placeOf } = readLocatedYaml(yaml);
  const errors: FieldError[] = [];
  const rules = standardRules();
  for (const [key, value] of Object.entries(found)) {
    if (GROUPS.includes(key)) readGroup(key, value, { rules, most, errors });
    else if (!TOP.includes(key))
      errors.push({ field: key, reason: `unknown: expected ${[...TOP, ...GROUPS].join(', ')}` });
  }
  const document: WorldDocument = {
    name: readText(found, 'name', 'unnamed', errors),
    about: readText(found, 'about', '', errors),
    seed: readSeed(found['seed'], errors),
    rules,
    shocks: readShocks(found['shocks'], errors),
  };
  if (errors.length > 0) {
    const fields = errors.map(({ field, reason }) => ({ field, reason: `${reason}${placeOf(pathOf(field))}` }));
    throw new EngineError('invalid_data', 'the world is not valid', { fields });
  }
  return document;
};

/** `shocks.0` → the first of the list. */
const pathOf = (field: string): readonly (string | number)[] =>
  field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

interface Reading {
  readonly rules: Record<WorldFieldName, number>;
  readonly most: WorldBounds;
  readonly errors: FieldError[];
}

const readGroup = (group: string, value: unknown, { rules, most, errors }: Reading): void => {
  if (!isRecord(value)) {
    errors.push({ field: group, reason: 'expected fields below it' });
    return;
  }
  for (const [key, given] of Object.entries(value)) {
    const name = `${group}.${key}`;
    if (!isFieldName(name)) {
      const known = WORLD_FIELD_NAMES.filter((each) => each.startsWith(`${group}.`)).join(', ');
      errors.push({ field: name, reason: `unknown: expected ${known}` });
      continue;
    }
    const problem = problemOf(name, given, most[name]);
    if (problem === null) rules[name] = given as number;
    else errors.push({ field: name, reason: problem });
  }
};

const isFieldName = (name: string): name is WorldFieldName => Object.hasOwn(WORLD_FIELDS, name);

/** What is wrong with that value of the field; null when nothing is. */
export const problemOf = (name: WorldFieldName, value: unknown, most = Number.POSITIVE_INFINITY): string | null => {
  const { from, to: own, ...field } = WORLD_FIELDS[name];
  const to = Math.min(own, most);
  const isWhole = 'whole' in field;
  const fits = typeof value === 'number' && value >= from && value <= to && (!isWhole || Number.isInteger(value));
  if (fits) return null;
  return `${JSON.stringify(value)}: expected a ${isWhole ? 'whole ' : ''}number from ${from} to ${to}`;
};

const readText = (
  found: Readonly<Record<string, unknown>>,
  key: string,
  standard: string,
  errors: FieldError[],
): string => {
  const value = found[key] ?? standard;
  if (typeof value === 'string') return value.trim();
  errors.push({ field: key, reason: 'expected text' });
  return standard;
};

const readSeed = (value: unknown, errors: FieldError[]): string | number => {
  if (value === undefined) return 1;
  if (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value))) return value;
  errors.push({ field: 'seed', reason: 'expected a number or text' });
  return 1;
};

const readShocks = (value: unknown, errors: FieldError[]): readonly Shock[] => {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    errors.push({ field: 'shocks', reason: 'expected a list' });
    return [];
  }
  return value.flatMap((each, n) => {
    const { day, kind, days = 1 } = isRecord(each) ? each : {};
    const isCount = (x: unknown, least: number): x is number => Number.isInteger(x) && (x as number) >= least;
    const isKind = SHOCK_KINDS.includes(kind as ShockKind);
    if (isCount(day, 0) && isCount(days, 1) && isKind) return [{ day, days, kind: kind as ShockKind }];
    errors.push({ field: `shocks.${n}`, reason: `expected day from 0, days from 1, kind ${SHOCK_KINDS.join(' or ')}` });
    return [];
  });
};
