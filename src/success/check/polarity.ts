/**
 * Declared polarity, by perturbation: on many units the let alone is moved up, everything that rests on it is reckoned
 * anew, and the outcome may not go the other way.
 */

import type { CompiledDefinition } from '../closure/compile-definition.ts';
import type { Definition, Label, Outcome, Polarity } from '../definition.ts';
import { walk } from '../language/node.ts';
import { report } from '../source/document.ts';
import type { Places } from '../source/parse-definition.ts';
import type { Unit } from '../unit/unit.ts';

const ROUNDING = 1e-9;
const RANK: Readonly<Record<Label, number>> = { failed: 0, unknown: 1, achieved: 2 };

export const checkPolarity = (compiled: CompiledDefinition, units: readonly Unit[], places: Places): void => {
  const { polarity, lets } = compiled.definition;
  for (const [name, declared] of Object.entries(polarity)) {
    const place = lets.findIndex((each) => each.name === name);
    const found = contradiction(compiled, place, declared, units);
    if (found === undefined) continue;
    const message = `${name} is declared ${declared}, but when it rises from ${shown(found.from)} to ${shown(found.to)} ${found.what}`;
    report(places.source, 'polarity', places.polarity[name]!, message);
  }
};

const shown = (value: number): string => String(Number(value.toPrecision(6)));

const UNMOVED: ReadonlyMap<number, number> = new Map();

interface Found {
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

const contradiction = (
  compiled: CompiledDefinition,
  place: number,
  declared: Polarity,
  units: readonly Unit[],
): Found | undefined => {
  const steps = stepsOf(compiled.definition, place);
  for (const unit of units) {
    const { outcome: before, working } = compiled.work(unit, UNMOVED);
    const from = working.lets[place];
    if (typeof from !== 'number') continue;
    for (const step of steps) {
      const to = from + step;
      const after = compiled.work(unit, new Map([[place, to]])).outcome;
      const what = against(before, after, declared);
      if (what !== undefined) return { from, to, what };
    }
  }
  return undefined;
};

/** Steps of the size of what the let is compared with: small, and large enough to pass a threshold. */
const stepsOf = ({ lets, achieved, failed, value }: Definition, place: number): readonly number[] => {
  const sizes = new Set([1]);
  const nodes = [
    achieved.node,
    value.node,
    ...(failed ? [failed.node] : []),
    ...lets.slice(place).map(({ node }) => node),
  ];
  for (const node of nodes) {
    walk(node, (inner) => {
      if (inner.op === 'const' && typeof inner.value === 'number' && inner.value > 0) sizes.add(inner.value);
    });
  }
  return [...sizes].flatMap((size) => [size / 8, size]);
};

const against = (before: Outcome, after: Outcome, declared: Polarity): string | undefined => {
  const rise = before.value === null || after.value === null ? 0 : after.value - before.value;
  const step = RANK[after.label] - RANK[before.label];
  const sign = declared === 'down' ? -1 : 1;
  const moved = declared === 'free' ? Math.abs(rise) > ROUNDING : rise * sign < -ROUNDING;
  if (moved) return `the value goes from ${shown(before.value!)} to ${shown(after.value!)}`;
  const turned = declared === 'free' ? step !== 0 : step * sign < 0;
  return turned ? `the label goes from ${before.label} to ${after.label}` : undefined;
};
