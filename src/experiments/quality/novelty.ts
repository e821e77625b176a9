import { difference, effectTest } from '#stats';
import { armEffect, armValues } from '../analysis/arm-values.ts';
import type { MetricSpec } from '../analysis/metric-spec.ts';
import { numbersOf, type UnitData } from '../analysis/unit-data.ts';
import type { QualityCheck } from './checks.ts';

const ALARM = 0.01;

/**
 * Whether the effect changes with time since exposure: novelty (it fades) or primacy (it grows). Each unit's mean of its
 * later rows minus that of its earlier ones, split at the median of `time`, compared between arms: rows of a unit never
 * count as independent. Arms after the first are compared with it; the smallest p-value speaks, times the arms.
 */
export const checkNovelty = (data: UnitData, spec: MetricSpec, time: string): QualityCheck => {
  const check = 'novelty';
  const at = numbersOf(data, time);
  const known = at.filter((value) => !Number.isNaN(value)).sort();
  const middle = known[Math.floor(known.length / 2)];
  const values = numbersOf(data, spec.column);
  const units = data.armOf.length;
  const early = { sum: new Float64Array(units), n: new Float64Array(units) };
  const late = { sum: new Float64Array(units), n: new Float64Array(units) };
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row]!) || Number.isNaN(at[row]!)) continue;
    const side = middle !== undefined && at[row]! >= middle ? late : early;
    side.sum[data.unitOf[row]!]! += values[row]!;
    side.n[data.unitOf[row]!]! += 1;
  }
  const change = late.sum.map((sum, unit) => sum / late.n[unit]! - early.sum[unit]! / early.n[unit]!);
  const byUnit: UnitData = {
    ...data,
    unitOf: Uint32Array.from({ length: units }, (_, unit) => unit),
    numbers: new Map([['change', change]]),
    words: new Map(),
  };
  const arms = armValues(byUnit, { kind: 'mean', column: 'change' });
  const tests = data.arms.slice(1).map((arm, index) => {
    const effect = difference(armEffect(byUnit, arms, index + 1), armEffect(byUnit, arms, 0));
    return { arm, effect, test: effectTest(effect) };
  });
  const told = tests.flatMap(({ arm, effect, test }) =>
    test.ok ? [{ arm, effect, pValue: Math.min(1, test.pValue * tests.length) }] : [],
  );
  if (told.length === 0) {
    return {
      check,
      state: 'not_possible',
      says: `Whether the effect on ${spec.column} changes with time cannot be said: no unit was seen early and late.`,
    };
  }
  const first = told.reduce((least, one) => (one.pValue < least.pValue ? one : least));
  if (first.pValue >= ALARM) {
    return {
      check,
      state: 'passed',
      pValue: first.pValue,
      says: `The effect on ${spec.column} does not visibly change with time (p = ${first.pValue.toFixed(4)}).`,
    };
  }
  const way = first.effect.value > 0 ? 'rises' : 'falls';
  return {
    check,
    state: 'warning',
    pValue: first.pValue,
    says: `The effect of ${first.arm} on ${spec.column} ${way} with time since exposure (p = ${first.pValue.toFixed(4)}): novelty or learning; run on until it is level.`,
  };
};
