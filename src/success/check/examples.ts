/** Worked examples are tests: each must be readable, come out as it says, and not achieve and fail at once. */

import { type CompiledDefinition, compileDefinition } from '../closure/compile-definition.ts';
import type { Definition, Example, Outcome } from '../definition.ts';
import { explain, type Reason } from '../explain.ts';
import { report } from '../source/document.ts';
import { expandGiven } from '../source/examples.ts';
import type { Places } from '../source/parse-definition.ts';
import { readUnit } from '../unit/read-unit.ts';
import type { Unit } from '../unit/unit.ts';

/** Differences below it are rounding of what a person wrote down. */
const ROUNDING = 1e-6;

/** The unit an example gives; an error in words when it cannot be read. */
export const exampleUnit = (example: Example, kind: string): Unit | string => {
  const read = readUnit(expandGiven(example.given, kind));
  if (read.ok) return read.unit;
  return read.errors
    .slice(0, 3)
    .map(({ field, reason }) => `${field} ${reason}`)
    .join('; ');
};

/** Where the outcome differs from what is expected, in words. */
export const differences = (expected: Example['expect'], outcome: Outcome): readonly string[] => {
  const wrong: string[] = [];
  const differs = (name: string, want: unknown, got: unknown): void => {
    wrong.push(`${name} is ${got ?? 'unknown'}, not ${want ?? 'unknown'}`);
  };
  if (expected.label !== undefined && expected.label !== outcome.label)
    differs('the label', expected.label, outcome.label);
  if (expected.mature !== undefined && expected.mature !== outcome.mature)
    differs('mature', expected.mature, outcome.mature);
  for (const name of ['value', 'effort'] as const) {
    const want = expected[name];
    const got = outcome[name];
    if (want === undefined) continue;
    const isSame = want === null || got === null ? want === got : Math.abs(want - got) <= ROUNDING;
    if (!isSame) differs(`the ${name}`, want, got);
  }
  return wrong;
};

export const checkExamples = (compiled: CompiledDefinition, places: Places): void => {
  const { examples, unit: kind } = compiled.definition;
  for (const [place, example] of examples.entries()) {
    const span = places.examples[place]!;
    const unit = exampleUnit(example, kind);
    if (typeof unit === 'string') {
      report(places.source, 'example', span, `"${example.title}" cannot be read: ${unit}`);
      continue;
    }
    const { outcome, working } = compiled.work(unit);
    if (working.achieved && working.failed) {
      report(
        places.source,
        'contradiction',
        span,
        `"${example.title}" both achieves and fails: failed would decide; make one exclude the other`,
      );
    }
    const wrong = differences(example.expect, outcome);
    if (wrong.length > 0) report(places.source, 'example', span, `"${example.title}": ${wrong.join(', ')}`);
  }
};

export interface WorkedExample {
  readonly title: string;
  readonly unit: Unit;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  /** Where it comes out otherwise than it says. */
  readonly differences: readonly string[];
}

/** The examples as they come out now. Those that cannot be read are left out: the check tells of them. */
export const workedExamples = (definition: Definition): readonly WorkedExample[] => {
  const compiled = compileDefinition(definition);
  return definition.examples.flatMap((example) => {
    const unit = exampleUnit(example, definition.unit);
    if (typeof unit === 'string') return [];
    const outcome = compiled.evaluate(unit);
    const reasons = explain(compiled, unit);
    return [{ title: example.title, unit, outcome, reasons, differences: differences(example.expect, outcome) }];
  });
};
