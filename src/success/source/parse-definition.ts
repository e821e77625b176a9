/** From YAML to a definition: every field read, every expression lowered, every finding with its place. */

import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { Clause, Definition } from '../definition.ts';
import { oneOf, unknownWord } from '../language/nearest.ts';
import { UNIT_KINDS, type UnitKind } from '../unit/fields.ts';
import { readCells } from './cells.ts';
import {
  createSource,
  type Entry,
  entriesOf,
  offsetsOf,
  readMap,
  report,
  type Source,
  type Span,
  spanOf,
  textOf,
} from './document.ts';
import { durationMs } from './duration.ts';
import { readExamples } from './examples.ts';
import { readClause, readLets } from './expressions.ts';
import type { Finding } from './finding.ts';
import { readPolarity } from './polarity.ts';

const FIELDS = [
  'name',
  'version',
  'question',
  'rationale',
  'for',
  'unit',
  'horizon',
  'let',
  'failed',
  'achieved',
  'unknown',
  'value',
  'effort',
  'polarity',
  'examples',
] as const;
type FieldName = (typeof FIELDS)[number];
const REQUIRED: readonly FieldName[] = ['name', 'version', 'question', 'unit', 'horizon', 'achieved', 'value'];

/** Places of a definition's parts, for checks that come later. */
export interface Places {
  readonly source: Source;
  readonly of: (field: FieldName) => Span;
  readonly lets: Readonly<Record<string, Span>>;
  readonly polarity: Readonly<Record<string, Span>>;
  readonly examples: readonly Span[];
  /** Offset in the file of a place in an expression: `achieved`, or `let.<name>`. */
  readonly inExpression: (where: string, index: number) => number;
}

/** What could be read of a definition that has errors: enough for checks that need no more. */
export type Draft = Pick<Definition, 'cells' | 'lets' | 'polarity' | 'examples' | 'source'> &
  Partial<Omit<Definition, 'cells' | 'lets' | 'polarity' | 'examples' | 'source'>>;

export interface Parsed {
  /** Undefined when an error stands in its way. */
  readonly definition?: Definition;
  readonly draft?: Draft;
  readonly places?: Places;
  readonly findings: readonly Finding[];
}

/** Never throws: what is wrong is a finding. `file` names the source in the findings. */
export const parseDefinition = (text: string, file = ''): Parsed => {
  const source = createSource(text, file);
  const map = readMap(source);
  if (map === undefined) return { findings: source.findings };
  const entries = entriesOf(map);
  const fields = new Map(entries.map((entry) => [entry.key, entry]));
  checkFields(source, entries, fields, map);
  return readAll(source, fields);
};

const checkFields = (
  source: Source,
  entries: readonly Entry[],
  fields: ReadonlyMap<string, Entry>,
  map: YAMLMap,
): void => {
  for (const { key, keySpan, value } of entries) {
    if (!(FIELDS as readonly string[]).includes(key))
      report(source, 'field', keySpan, unknownWord('field', key, FIELDS));
    else if (value === null) report(source, 'field', keySpan, `${key} is empty`);
  }
  const missing = REQUIRED.filter((field) => !fields.has(field));
  if (missing.length > 0) {
    const { start } = spanOf(map);
    const what = missing.map((field) => `${field} (${MEANING[field]})`).join(', ');
    report(source, 'field', { start, end: start }, `missing: ${what}`);
  }
};

const MEANING: Readonly<Partial<Record<FieldName, string>>> = {
  name: 'what it is called',
  version: 'a whole number',
  question: 'what it asks, in plain words',
  unit: oneOf(UNIT_KINDS),
  horizon: 'how long after its beginning a unit is looked at, e.g. 14h',
  achieved: 'when it succeeded',
  value: 'how good it was, 0 to 1',
};

const readAll = (source: Source, fields: ReadonlyMap<string, Entry>): Parsed => {
  const value = (field: FieldName) => fields.get(field)?.value ?? null;
  const name = readName(source, fields.get('name'));
  const version = readVersion(source, fields.get('version'));
  const question = readText(source, fields.get('question')) ?? '';
  const rationale = readText(source, fields.get('rationale')) ?? '';
  const unit = readUnit(source, fields.get('unit'));
  const horizonMs = readHorizon(source, fields.get('horizon'));
  const cells = readCells(source, value('for'));
  const lets = readLets(source, value('let'));
  const clause = (field: FieldName, type: 'bool' | 'number'): Clause | undefined =>
    readClause(source, field, fields.get(field), type, lets);
  const achieved = clause('achieved', 'bool');
  const failed = clause('failed', 'bool');
  const unknown = clause('unknown', 'bool');
  const valued = clause('value', 'number');
  const effort = clause('effort', 'number');
  const polarity = readPolarity(source, value('polarity'), lets);
  const examples = readExamples(source, value('examples'));
  const places: Places = {
    source,
    of: (field) => fields.get(field)?.valueSpan ?? { start: 0, end: 0 },
    lets: lets.spans,
    polarity: polarity.spans,
    examples: examples.spans,
    inExpression: (where, index) => placeIn(source, fields, where, index),
  };
  const { findings } = source;
  const draft: Draft = {
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(unit !== undefined && { unit }),
    ...(horizonMs !== undefined && { horizonMs }),
    ...(achieved !== undefined && { achieved }),
    ...(valued !== undefined && { value: valued }),
    question,
    rationale,
    cells,
    lets: lets.lets,
    failed: failed ?? null,
    unknown: unknown ?? null,
    effort: effort ?? null,
    polarity: polarity.polarity,
    examples: examples.examples,
    source: source.text,
  };
  const isComplete = !findings.some(({ severity }) => severity === 'error');
  return isComplete && isWhole(draft) ? { definition: draft, draft, places, findings } : { draft, places, findings };
};

const isWhole = (draft: Draft): draft is Definition =>
  draft.name !== undefined &&
  draft.version !== undefined &&
  draft.unit !== undefined &&
  draft.horizonMs !== undefined &&
  draft.achieved !== undefined &&
  draft.value !== undefined;

/** Asked for by name, so that offsets are followed only for what is reported. */
const placeIn = (source: Source, fields: ReadonlyMap<string, Entry>, where: string, index: number): number => {
  const [field, name] = where.split('.') as [string, string | undefined];
  const outer = fields.get(field)?.value ?? null;
  const inner = name !== undefined && isMap(outer) ? entriesOf(outer).find(({ key }) => key === name)?.value : outer;
  return isScalar(inner) ? offsetsOf(source, inner)(index) : spanOf(outer).start;
};

const readText = (source: Source, entry: Entry | undefined): string | undefined => {
  if (entry === undefined || entry.value === null) return undefined;
  if (isScalar(entry.value) && typeof entry.value.value === 'string' && entry.value.value.trim() !== '') {
    return entry.value.value.trim();
  }
  report(source, 'field', entry.valueSpan, `${entry.key} is a text in plain words`);
  return undefined;
};

const readName = (source: Source, entry: Entry | undefined): string | undefined => {
  const name = readText(source, entry);
  if (name === undefined || entry === undefined || /^[a-z][a-z0-9_]{0,63}$/.test(name)) return name;
  report(
    source,
    'field',
    entry.valueSpan,
    `the name "${name}" must be snake_case: a small letter, then letters, digits and _`,
  );
  return undefined;
};

const readVersion = (source: Source, entry: Entry | undefined): number | undefined => {
  if (entry === undefined || entry.value === null) return undefined;
  const value = isScalar(entry.value) ? entry.value.value : undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  const written = textOf(entry.value) ?? 'this';
  report(source, 'version', entry.valueSpan, `a version is a whole number from 1 on, and this is ${written}`);
  return undefined;
};

const readUnit = (source: Source, entry: Entry | undefined): UnitKind | undefined => {
  if (entry === undefined || entry.value === null) return undefined;
  const word = textOf(entry.value) ?? '';
  if ((UNIT_KINDS as readonly string[]).includes(word)) return word as UnitKind;
  report(source, 'word', entry.valueSpan, unknownWord('unit', word, UNIT_KINDS));
  return undefined;
};

const readHorizon = (source: Source, entry: Entry | undefined): number | undefined => {
  if (entry === undefined || entry.value === null) return undefined;
  const written = textOf(entry.value) ?? '';
  const ms = durationMs(written);
  if (ms !== undefined) return ms;
  report(
    source,
    'duration',
    entry.valueSpan,
    `"${written}" is no duration: write a number above 0 and s, m, h or d, as 30m, 14h or 7d`,
  );
  return undefined;
};
