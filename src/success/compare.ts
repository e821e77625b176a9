/** Two definitions on the same units, side by side: whose outcome changes, and why. */

import { compileDefinition } from './closure/compile-definition.ts';
import type { Definition, Label, Outcome } from './definition.ts';
import { explain, type Reason } from './explain.ts';
import type { Unit } from './unit/unit.ts';

export interface Change {
  readonly unit_id: string;
  readonly user_id: string;
  readonly before: Outcome;
  readonly after: Outcome;
  /** What decided then, and what decides now. */
  readonly because: { readonly before: readonly Reason[]; readonly after: readonly Reason[] };
}

export interface Comparison {
  readonly units: number;
  /** From which label to which, and how many units. */
  readonly moves: readonly { readonly from: Label; readonly to: Label; readonly units: number }[];
  /** Units whose label stays and whose value changes by more than rounding. */
  readonly valueChanged: number;
  /** Units whose label changes, in their order. */
  readonly changes: readonly Change[];
}

const ROUNDING = 1e-12;

const valueDiffers = (a: number | null, b: number | null): boolean =>
  a === null || b === null ? a !== b : Math.abs(a - b) > ROUNDING;

/** Units come a few at a time and are let go: what changed of them is kept. */
export interface ComparisonOf {
  readonly take: (units: Iterable<Unit>) => void;
  /** Of all units taken so far. */
  readonly told: () => Comparison;
}

/**
 * Units of another kind than the definitions' are left out. Both definitions must be of one kind. Of more than `most`
 * units whose label changes the rest is counted and not kept.
 */
export const createComparison = (
  before: Definition,
  after: Definition,
  most: number = Number.POSITIVE_INFINITY,
): ComparisonOf => {
  const [old, next] = [compileDefinition(before), compileDefinition(after)];
  const moves = new Map<string, { readonly from: Label; readonly to: Label; units: number }>();
  const changes: Change[] = [];
  let seen = 0;
  let valueChanged = 0;
  const takeOne = (unit: Unit): void => {
    seen++;
    const [was, is] = [old.evaluate(unit), next.evaluate(unit)];
    if (was.label === is.label) {
      if (valueDiffers(was.value, is.value)) valueChanged++;
      return;
    }
    const move = moves.get(`${was.label} ${is.label}`) ?? { from: was.label, to: is.label, units: 0 };
    move.units++;
    moves.set(`${was.label} ${is.label}`, move);
    if (changes.length >= most) return;
    const because = { before: explain(old, unit), after: explain(next, unit) };
    changes.push({ unit_id: unit.unit_id, user_id: unit.user_id, before: was, after: is, because });
  };
  return {
    take: (units) => {
      for (const unit of units) if (unit.kind === after.unit) takeOne(unit);
    },
    told: () => ({ units: seen, moves: [...moves.values()], valueChanged, changes }),
  };
};

/** All units at once. */
export const compareDefinitions = (before: Definition, after: Definition, units: Iterable<Unit>): Comparison => {
  const comparison = createComparison(before, after);
  comparison.take(units);
  return comparison.told();
};
