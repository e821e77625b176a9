/** All static checks: of one definition by itself, and of a set of them together. */

import { type CompiledDefinition, compileDefinition } from '../closure/compile-definition.ts';
import type { Definition } from '../definition.ts';
import { hintsOf } from '../made-up/hints.ts';
import { makeUnit } from '../made-up/units.ts';
import { report } from '../source/document.ts';
import { type Finding, isError } from '../source/finding.ts';
import { type Places, parseDefinition } from '../source/parse-definition.ts';
import type { Unit } from '../unit/unit.ts';
import { checkExamples, exampleUnit } from './examples.ts';
import { checkHorizon } from './horizon.ts';
import { checkPolarity } from './polarity.ts';
import { checkRange } from './range.ts';
import { coverage, gapWords, tiesAmong } from './set.ts';

export interface Checked {
  /** Undefined when there are errors. */
  readonly definition?: Definition;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
}

/** Made-up units a definition is tried on: enough to meet corners, few enough for an editor. */
const TRIED = 400;
/** Polarity moves every let many times on each. */
const TRIED_MOVES = 100;

/** Everything that can be told of one definition without data. */
export const checkDefinition = (text: string, file = ''): Checked => {
  const { definition, draft, places, findings } = parseDefinition(text, file);
  if (draft !== undefined && places !== undefined) checkHorizon(draft, places);
  if (definition === undefined || places === undefined) return { findings: inTextOrder(findings) };
  const compiled = compileDefinition(definition);
  checkExamples(compiled, places);
  const units = triedUnits(compiled);
  checkRange(compiled, units, places);
  checkPolarity(compiled, units.slice(0, TRIED_MOVES), places);
  adviseExamples(definition, places);
  const told = inTextOrder(places.source.findings);
  return told.some(isError) ? { findings: told } : { definition, findings: told };
};

const inTextOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((a, b) => a.from.line - b.from.line || a.from.column - b.from.column);

/** Its own examples first, then made-up ones. */
const triedUnits = ({ definition }: CompiledDefinition): readonly Unit[] => {
  const given = definition.examples.map((example) => exampleUnit(example, definition.unit));
  const hints = hintsOf(definition);
  const made = Array.from({ length: TRIED }, (_, number) => makeUnit(definition.unit, hints, 'check', number));
  return [...given.filter((unit) => typeof unit !== 'string'), ...made];
};

const adviseExamples = ({ examples }: Definition, places: Places): void => {
  if (examples.length > 0) return;
  const advice = 'there are no examples: they are its tests and its documentation';
  report(places.source, 'example', places.of('name'), advice, 'warning');
};

export interface Sourced {
  readonly text: string;
  readonly file: string;
}

export interface CheckedSet {
  readonly definitions: readonly Definition[];
  readonly findings: readonly Finding[];
}

/** Each by itself, then ties among them and cells that none covers. Gaps are warnings unless `complete` is asked for. */
export const checkSet = (sources: readonly Sourced[], { complete = false } = {}): CheckedSet => {
  const checked = sources.map(({ text, file }) => ({ text, file, ...checkDefinition(text, file) }));
  const definitions = checked.flatMap(({ definition }) => definition ?? []);
  const findings = checked.flatMap((each) => each.findings);
  const fileOf = new Map(checked.map(({ definition, file }) => [definition, file]));
  const ties = tieFindings(definitions, (definition) => fileOf.get(definition) ?? '');
  return { definitions, findings: [...findings, ...ties, ...gapFindings(definitions, complete)] };
};

/** Ties of a text with definitions that are there, whatever else is wrong in it; of its own name none counts. */
export const tiesOfText = (text: string, others: readonly Definition[]): readonly Finding[] => {
  const { draft } = parseDefinition(text);
  if (draft?.name === undefined || draft.unit === undefined) return [];
  const { name } = draft;
  const standing = { ...draft, version: draft.version ?? 1 } as Definition;
  return tieFindings([...others.filter((each) => each.name !== name), standing]).filter(({ message }) =>
    message.startsWith(`${name}@`),
  );
};

/** Ties among the definitions, each told at the later of the two. */
export const tieFindings = (
  definitions: readonly Definition[],
  fileOf: (definition: Definition) => string = () => '',
): readonly Finding[] =>
  tiesAmong(definitions).map(({ second, message }) => tieFinding(second, message, fileOf(second)));

/** At the `for` of the later one; at its name when it holds everywhere. */
const tieFinding = (definition: Definition, message: string, file: string): Finding => {
  const { places } = parseDefinition(definition.source, file);
  const span = places?.of('for') ?? { start: 0, end: 0 };
  const at = span.end > 0 ? span : (places?.of('name') ?? span);
  const placeOf = places?.source.placeOf ?? (() => ({ line: 1, column: 1 }));
  return { rule: 'tie', severity: 'error', message, file, from: placeOf(at.start), to: placeOf(at.end) };
};

const gapFindings = (definitions: readonly Definition[], complete: boolean): readonly Finding[] => {
  const gaps = definitions.length < 2 && !complete ? [] : gapWords(coverage(definitions));
  const place = { line: 1, column: 1 };
  return gaps.map((gap) => ({
    rule: 'gap',
    severity: complete ? 'error' : 'warning',
    message: `no definition for ${gap}`,
    file: '',
    from: place,
    to: place,
  }));
};
