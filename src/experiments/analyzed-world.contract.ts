/** A made-up experiment of two arms, and short ways to analyze it and to read the report. */

import { createRng } from '#math';
import type { MetricPlan } from './analysis/metric-plan.ts';
import { parseMetric } from './analysis/metric-spec.ts';
import type { UnitData } from './analysis/unit-data.ts';
import { type AnalysisPlan, analyze, type ExperimentReport } from './analyze.ts';

export const UNITS = 2000;

interface World {
  readonly effect?: number;
  readonly seed?: number;
  readonly rowsPerUnit?: number;
}

/** Two arms; y depends on x from before, z bends with x; several rows a unit share the unit's own level. */
export const world = ({ effect = 0, seed = 1, rowsPerUnit = 1 }: World): UnitData => {
  const rng = createRng(seed);
  const armOf = Uint8Array.from({ length: UNITS }, () => rng.int(2));
  const rows = UNITS * rowsPerUnit;
  const unitOf = Uint32Array.from({ length: rows }, (_, row) => Math.floor(row / rowsPerUnit));
  const level = Float64Array.from({ length: UNITS }, () => rng.normal());
  const column = (make: (unit: number) => number): Float64Array => Float64Array.from(unitOf, make);
  const x = column((unit) => level[unit]!);
  const y = column((unit) => 10 + 2 * level[unit]! + rng.normal() + effect * armOf[unit]!);
  const plays = column(() => 1 + rng.int(20));
  return {
    arms: ['a', 'b'],
    armOf,
    unitOf,
    numbers: new Map([
      ['x', x],
      ['x2', column(() => rng.normal())],
      ['y', y],
      ['plays', plays],
      ['skips', plays.map((n, row) => Math.round(n * (0.3 + 0.05 * level[unitOf[row]!]!)))],
      ['hit', y.map((value) => (value > 10 ? 1 : 0))],
      ['heavy', y.map((value) => Math.exp(value / 2))],
      ['day', Float64Array.from({ length: rows }, (_, row) => row % rowsPerUnit)],
    ]),
    words: new Map([
      ['device', Array.from(unitOf, (unit) => (level[unit]! > 0.5 ? 'car' : level[unit]! > -0.5 ? 'phone' : 'web'))],
    ]),
  };
};

export const success = (text: string, more: Partial<MetricPlan> = {}): MetricPlan => {
  const spec = parseMetric(text);
  if ('wrong' in spec) throw new Error(spec.wrong);
  return { spec, role: 'success', better: 'up', ...more };
};

export const run = (data: UnitData, plan: Partial<AnalysisPlan> & Pick<AnalysisPlan, 'metrics'>): ExperimentReport =>
  analyze(data, { looks: { kind: 'fixed' }, alpha: 0.05, beta: 0.2, ...plan }, []);

export const width = (report: ExperimentReport, metric = 0): number => {
  const { absolute } = report.metrics[metric]!.changes[0]!;
  if (!absolute.ok) throw new Error(absolute.reason);
  return absolute.interval.upper - absolute.interval.lower;
};

export const value = (report: ExperimentReport, metric = 0): number => {
  const { absolute } = report.metrics[metric]!.changes[0]!;
  if (!absolute.ok) throw new Error(absolute.reason);
  return absolute.value;
};
