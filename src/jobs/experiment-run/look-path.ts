/** How the intervals of success metrics went from look to look. */

import type { EpochMs, Estimate, ExperimentDocument } from '#domain';
import { analyze, type UnitData, type UnitTimes } from '#experiments';
import { planOf } from './document-plan.ts';
import type { PlannedMetric } from './unit-measures.ts';

export interface LookPath {
  readonly metric: string;
  readonly arm: string;
  readonly looks: readonly { readonly units: number; readonly at: EpochMs; readonly relative: Estimate }[];
}

const LOOKS = 10;

/**
 * The relative change after each tenth of the units seen so far, in the order of their exposure and with what is known of
 * them now; the interval of each look is the one that holds at all of them. None with a fixed horizon: there the only look
 * is the last. O(looks · units · metrics).
 */
export const pathOf = (
  document: ExperimentDocument,
  metrics: readonly PlannedMetric[],
  data: UnitData,
): readonly LookPath[] => {
  if (document.looks === 'fixed' || document.unit === 'switchback') return [];
  const exposedAt = firstExposure(data);
  const order = exposedAt.toSorted();
  // Units that were exposed at once are looked at together.
  const times = new Set(
    Array.from({ length: LOOKS }, (_, n) => order[Math.ceil(((n + 1) * order.length) / LOOKS) - 1]!),
  );
  const looks = [...times].flatMap((at) => {
    const seen = until(data, exposedAt, at);
    const enough = data.arms.every((_, arm) => seen.armOf.filter((own) => own === arm).length >= 2);
    if (!enough) return [];
    // The plan of the whole report but for its other metrics, so that the last look is what is reported.
    const { slices: _, ...plan } = planOf(document, metrics, seen);
    const success = plan.metrics.filter(({ role }) => role === 'success');
    return [{ units: seen.armOf.length, at, report: analyze(seen, { ...plan, metrics: success, checks: [] }, []) }];
  });
  const names = looks.at(-1)?.report.metrics ?? [];
  return names.flatMap(({ name, changes }, place) =>
    changes.map(({ arm }, n) => ({
      metric: name,
      arm,
      looks: looks.map(({ units, at, report }) => ({
        units,
        at,
        relative: report.metrics[place]!.changes[n]!.relative,
      })),
    })),
  );
};

/**
 * The units that are judged: with group-sequential looks those of the plan, first exposed first. All of the error is spent on
 * them, and the last bound holds at the last planned look alone, not again with everyone who comes later.
 */
export const judgedUnits = (document: ExperimentDocument, data: UnitData): UnitData => {
  const planned = document.planned_units;
  if (document.looks !== 'group_sequential' || data.armOf.length <= planned) return data;
  const exposedAt = firstExposure(data);
  return until(data, exposedAt, exposedAt.toSorted()[planned - 1]!);
};

const firstExposure = ({ armOf, unitOf, numbers }: UnitData): Float64Array => {
  const first = new Float64Array(armOf.length).fill(Number.POSITIVE_INFINITY);
  for (const [row, at] of numbers.get('exposed_at')!.entries())
    first[unitOf[row]!] = Math.min(first[unitOf[row]!]!, at);
  return first;
};

/** Units that were exposed until then. */
const until = (data: UnitData, exposedAt: Float64Array, at: EpochMs): UnitData => {
  const place = new Map<number, number>();
  for (const [unit, own] of exposedAt.entries()) if (own <= at) place.set(unit, place.size);
  const rows = [...data.unitOf.keys()].filter((row) => place.has(data.unitOf[row]!));
  const only = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    arms: data.arms,
    armOf: Uint8Array.from(place.keys(), (unit) => data.armOf[unit]!),
    unitOf: Uint32Array.from(rows, (row) => place.get(data.unitOf[row]!)!),
    numbers: new Map([...data.numbers].map(([name, values]) => [name, only(values)])),
    words: new Map([...data.words].map(([name, words]) => [name, rows.map((row) => words[row]!)])),
    times: new Map([...(data.times ?? [])].map(([name, times]) => [name, timesUntil(times, place)])),
  };
};

const timesUntil = ({ unitOf, durations, ended }: UnitTimes, place: ReadonlyMap<number, number>): UnitTimes => {
  const kept = [...unitOf.keys()].filter((n) => place.has(unitOf[n]!));
  return {
    unitOf: Uint32Array.from(kept, (n) => place.get(unitOf[n]!)!),
    durations: Float64Array.from(kept, (n) => durations[n]!),
    ended: Uint8Array.from(kept, (n) => ended[n]!),
  };
};
