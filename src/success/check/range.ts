/** The value in [0, 1] and the effort from 0 on, on made-up units near the definition's thresholds and on its examples. */

import type { Value } from '../closure/compile.ts';
import type { CompiledDefinition } from '../closure/compile-definition.ts';
import { report } from '../source/document.ts';
import type { Places } from '../source/parse-definition.ts';
import type { Unit } from '../unit/unit.ts';

/** Rounding of sums of shares. */
const ROUNDING = 1e-9;

export const checkRange = (compiled: CompiledDefinition, units: readonly Unit[], places: Places): void => {
  const raws = units.map((unit) => compiled.raw(unit));
  tell(
    places,
    'value',
    'a value lies in 0 to 1; bring it there with saturate(…) or clamp(…, 0, 1)',
    raws.map((raw) => raw.value),
    1,
  );
  const effort = 'an effort counts from 0 on';
  tell(
    places,
    'effort',
    effort,
    raws.map((raw) => raw.effort),
    Number.POSITIVE_INFINITY,
  );
};

const tell = (
  places: Places,
  field: 'value' | 'effort',
  rule: string,
  values: readonly Value[],
  most: number,
): void => {
  const numbers = values.filter((value) => typeof value === 'number');
  const low = numbers.reduce((a, b) => Math.min(a, b), 0);
  const high = numbers.reduce((a, b) => Math.max(a, b), 0);
  const worst = low < -ROUNDING ? low : high > most + ROUNDING ? high : undefined;
  if (worst === undefined) return;
  const seen = Number(worst.toPrecision(6));
  report(places.source, 'range', places.of(field), `on a possible unit the ${field} comes to ${seen}: ${rule}`);
};
