/** An experiment that was run anywhere, from a file of its rows. */

import { EngineError } from '#domain';
import {
  type AnalysisPlan,
  analyze,
  checkSampleRatio,
  columnsOf,
  type ExperimentReport,
  type MetricPlan,
  type QualityCheck,
} from '#experiments';
import { type Grouped, groupUnits } from './group-units.ts';
import { type Columns, readColumns } from './read-columns.ts';

export interface ExperimentFile extends AnalysisPlan {
  readonly path: string;
  readonly unit: string;
  readonly arm: string;
  readonly exposed?: string;
  readonly control?: string;
  /** Shares that the arms were meant to have, of any scale; equal unless given. */
  readonly weights?: ReadonlyMap<string, number>;
}

export interface ExperimentFileReport extends ExperimentReport {
  readonly data: {
    readonly rows: number;
    readonly units: number;
    readonly unitsNotExposed: number;
    readonly rowsWithoutUnit: number;
    readonly rowsWithoutArm: number;
    readonly unitsInSeveralArms: number;
  };
}

/** @throws {EngineError} unreadable_file, invalid_data: see `readColumns`; weights that do not fit the arms. */
export const analyzeExperimentFile = async (file: ExperimentFile): Promise<ExperimentFileReport> => {
  const columns = await readColumns(file.path, {
    words: [
      ...new Set([file.unit, file.arm, ...(file.slices ?? []), ...(file.strata === undefined ? [] : [file.strata])]),
    ],
    numbers: [
      ...new Set([
        ...file.metrics.flatMap(({ spec }) => columnsOf(spec)),
        ...(file.covariates ?? []),
        ...[file.exposed, file.time].flatMap((column) => (column === undefined ? [] : [column])),
      ]),
    ],
  });
  checkBinary(columns, file.metrics);
  const grouped = groupUnits(columns, { ...file, armsMeant: [...(file.weights?.keys() ?? [])] });
  const report = analyze(grouped.data, file, assignmentChecks(grouped, file));
  const assigned = grouped.assigned.reduce((sum, count) => sum + count, 0);
  const units = grouped.data.armOf.length;
  const { rowsWithoutUnit, rowsWithoutArm, unitsInSeveralArms } = grouped;
  return {
    ...report,
    data: {
      rows: columns.rows,
      units,
      unitsNotExposed: assigned - units,
      rowsWithoutUnit,
      rowsWithoutArm,
      unitsInSeveralArms,
    },
  };
};

const assignmentChecks = (grouped: Grouped, file: ExperimentFile): QualityCheck[] => {
  const { arms } = grouped.data;
  const shares = arms.map((arm) => shareOf(arm, file.weights));
  const sequential = file.looks.kind !== 'fixed';
  const checks = [checkSampleRatio(arms, grouped.assigned, shares, { sequential, exposed: false })];
  if (file.exposed !== undefined) {
    checks.push(checkSampleRatio(arms, grouped.exposed, shares, { sequential, exposed: true }));
  }
  checks.push(severalArms(grouped));
  return checks;
};

const shareOf = (arm: string, weights: ReadonlyMap<string, number> | undefined): number => {
  if (weights === undefined) return 1;
  const share = weights.get(arm);
  if (share === undefined) {
    const named = [...weights.keys()].join(', ');
    throw new EngineError('invalid_data', `arm ${arm} has no weight; weights are given for ${named}`);
  }
  return share;
};

/** One unit in a hundred may slip: more is a fault of assignment. */
const SEVERAL_FAILED = 0.01;

const severalArms = (grouped: Grouped): QualityCheck => {
  const several = grouped.unitsInSeveralArms;
  const units = several + grouped.assigned.reduce((sum, count) => sum + count, 0);
  const check = 'several_arms';
  if (several === 0) return { check, state: 'passed', says: 'Every unit was in one arm alone.' };
  const share = several / units;
  const told = `${several} of ${units} units (${(100 * share).toFixed(2)} %) have rows in more than one arm and are left out`;
  return share > SEVERAL_FAILED
    ? { check, state: 'failed', statistic: share, says: `${told}: assignment does not hold still.` }
    : { check, state: 'warning', statistic: share, says: `${told}.` };
};

const checkBinary = (columns: Columns, metrics: readonly MetricPlan[]): void => {
  for (const { spec } of metrics) {
    if (spec.kind !== 'binary') continue;
    const other = columns.numbers.get(spec.column)!.find((value) => value !== 0 && value !== 1 && !Number.isNaN(value));
    if (other !== undefined) {
      throw new EngineError(
        'invalid_data',
        `column ${spec.column} holds ${other}: a binary metric takes 0 and 1, true and false`,
      );
    }
  }
};
