/** How long users stay away: one curve of all absences, with a band that knows that absences of one user are alike. */

import type { Estimate } from '#domain';
import { chiSquare, type LevelOption, levelOf, studentT } from '#stats';
import { jackknifeVariance } from './group-jackknife.ts';

/** Absences of one group of users, counted by length: ended in a return, or still going on when observation ended. */
export interface AbsenceCounts {
  /** Ascending. */
  readonly hours: readonly number[];
  readonly returned: readonly number[];
  readonly censored: readonly number[];
}

export interface ReturnPoint {
  readonly hours: number;
  /** Share still away after that time, with its band. */
  readonly away: number;
  readonly lower: number;
  readonly upper: number;
}

export interface ReturnCurve {
  readonly points: readonly ReturnPoint[];
  readonly absences: number;
  readonly returned: number;
  readonly level: number;
}

interface Sums {
  readonly returned: Float64Array;
  readonly censored: Float64Array;
}

/** Product-limit survival at each time [Kaplan1958]; who is censored at a time is still at risk there. */
const survivalOf = ({ returned, censored }: Sums): Float64Array => {
  let atRisk = returned.reduce((sum, n) => sum + n, 0) + censored.reduce((sum, n) => sum + n, 0);
  let survival = 1;
  return returned.map((ended, n) => {
    if (atRisk > 0) survival *= 1 - ended / atRisk;
    atRisk -= ended + (censored[n] ?? 0);
    return survival;
  });
};

const sumUp = (groups: readonly AbsenceCounts[], times: readonly number[], except = -1): Sums => {
  const place = new Map(times.map((time, n) => [time, n]));
  const returned = new Float64Array(times.length);
  const censored = new Float64Array(times.length);
  for (const [g, group] of groups.entries()) {
    if (g === except) continue;
    for (const [n, hours] of group.hours.entries()) {
      const at = place.get(hours) ?? 0;
      returned[at] = (returned[at] ?? 0) + (group.returned[n] ?? 0);
      censored[at] = (censored[at] ?? 0) + (group.censored[n] ?? 0);
    }
  }
  return { returned, censored };
};

const logLog = (survival: number): number => Math.log(-Math.log(survival));

/**
 * Where the curve, or one of those without a group, stands at 0 the band is open: anything from 0 to 1. Before the first
 * return it is the exact one of none among so many groups; while one group alone has returned it is that of a count of
 * one, as a multiple of −log S [Garwood1936].
 */
const bandAt = (away: number, without: readonly number[], level: number): Pick<ReturnPoint, 'lower' | 'upper'> => {
  const out = (1 - level) / 2;
  if ([away, ...without].some((one) => one <= 0)) return { lower: 0, upper: 1 };
  if (away >= 1) return { lower: out ** (1 / without.length), upper: 1 };
  if (without.some((one) => one >= 1)) {
    return { lower: away ** (chiSquare.quantile(1 - out, 4) / 2), upper: away ** (chiSquare.quantile(out, 2) / 2) };
  }
  const t = studentT.quantile(1 - out, without.length - 1);
  const half = t * Math.sqrt(jackknifeVariance(without.map(logLog)) ?? 0);
  const at = (scale: number): number => Math.exp(-Math.exp(scale));
  return { lower: at(logLog(away) + half), upper: at(logLog(away) - half) };
};

/**
 * The curve of who is still away, its band on the log(−log) scale by the jackknife over groups of users. `groups` holds
 * one entry a group that has absences. Reasons: `no_units`, `few_groups`.
 */
export const returnCurve = (
  groups: readonly AbsenceCounts[],
  options: LevelOption = {},
): { readonly ok: true; readonly curve: ReturnCurve } | { readonly ok: false; readonly reason: string } => {
  const level = levelOf(options);
  const times = [...new Set(groups.flatMap(({ hours }) => hours))].sort((a, b) => a - b);
  if (times.length === 0) return { ok: false, reason: 'no_units' };
  const all = sumUp(groups, times);
  const survival = survivalOf(all);
  const without = groups.map((_, g) => survivalOf(sumUp(groups, times, g)));
  if (jackknifeVariance(without.map((one) => one[0] ?? 1)) === null) return { ok: false, reason: 'few_groups' };
  const points = times.map((hours, n): ReturnPoint => {
    const away = survival[n] ?? 1;
    return {
      hours,
      away,
      ...bandAt(
        away,
        without.map((one) => one[n] ?? 1),
        level,
      ),
    };
  });
  const returned = all.returned.reduce((sum, n) => sum + n, 0);
  const censored = all.censored.reduce((sum, n) => sum + n, 0);
  return { ok: true, curve: { points, absences: returned + censored, returned, level } };
};

/**
 * The time by which a share `p` has come back, its interval from where the band crosses [Brookmeyer1982], not before the
 * first return; an end the curve does not reach is infinite. Reasons: those of the curve, `not_reached`.
 */
export const absenceQuantile = (groups: readonly AbsenceCounts[], p: number, options: LevelOption = {}): Estimate => {
  const drawn = returnCurve(groups, options);
  if (!drawn.ok) return drawn;
  const { points, absences, level } = drawn.curve;
  const firstBelow = (read: (point: ReturnPoint) => number): number | undefined =>
    points.find((point) => read(point) <= 1 - p)?.hours;
  const value = firstBelow(({ away }) => away);
  if (value === undefined) return { ok: false, reason: 'not_reached' };
  const interval = {
    lower: Math.min(value, firstBelow(({ away, lower }) => (away < 1 ? lower : 1)) ?? value),
    upper: firstBelow(({ upper }) => upper) ?? Number.POSITIVE_INFINITY,
  };
  return {
    ok: true,
    value,
    interval,
    level,
    n: absences,
    method: 'Kaplan–Meier, band by jackknife over groups of users',
  };
};
