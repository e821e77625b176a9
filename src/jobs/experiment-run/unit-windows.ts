/** Windows that the warehouse is asked for, and what it answers, as numerators and denominators of metrics. */

import { DAY_MS } from '#domain';
import type { RolledUp } from '#metrics';
import type { Measure, Measured } from './unit-measures.ts';

/** What units did in the days before their exposure: covariates, and the check that arms were alike. */
export const BEFORE_MS: number = 28 * DAY_MS;

/** As the warehouse tells them of a unit in a window. */
export interface WindowSums {
  /** Of sessions, in the order of SESSION_SUMS; empty when there was none. */
  readonly sums: readonly number[];
  readonly active_days: number;
  readonly judged: readonly number[];
  readonly returned: readonly number[];
  /** Absences after the sessions that end in the window: none unless they were asked for. */
  readonly gaps: readonly (readonly [from: number, ms: number, ended: number])[];
}

interface WindowsAsked {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly return_ms: readonly number[];
  readonly absences: boolean;
  readonly placeOf: (ms: number) => number;
}

/** Places, from 0: the days before, then each length of window once. */
export const windowsFor = (measures: readonly Measure[]): WindowsAsked => {
  const lengths = [...new Set(measures.map(({ windowMs }) => windowMs))];
  const times = measures.flatMap(({ measured }) => (measured.kind === 'return' ? [measured.returnMs] : []));
  return {
    starts: [-BEFORE_MS, ...lengths.map(() => 0)],
    ends: [0, ...lengths],
    return_ms: [...new Set(times)],
    absences: measures.some(({ measured }) => measured.kind === 'absence'),
    placeOf: (ms) => 1 + lengths.indexOf(ms),
  };
};

export interface Pair {
  readonly numerator: number;
  readonly denominator: number;
}

/** Of one window of a unit, of what is summed by windows. */
export const pairOf = (
  measured: Extract<Measured, { readonly kind: 'sums' | 'return' }>,
  row: WindowSums,
  returnMs: readonly number[],
  order: readonly string[],
): Pair => {
  if (measured.kind === 'return') {
    const place = returnMs.indexOf(measured.returnMs);
    return { numerator: row.returned[place] ?? 0, denominator: row.judged[place] ?? 0 };
  }
  const read = (name: RolledUp): number => {
    if (name === 'user') return 1;
    if (name === 'active_days') return row.active_days;
    return row.sums[order.indexOf(name)] ?? 0;
  };
  return { numerator: measured.scale * read(measured.numerator), denominator: read(measured.denominator) };
};
