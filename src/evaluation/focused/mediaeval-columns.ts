/** The columns of MediaEval's evaluation, in the order in which it tells them. */

import {
  countOf,
  mergeJudged,
  type PartStatus,
  statusesByBin,
  statusesByOverlap,
  statusesByTolerance,
} from './part-relevance.ts';
import { durationOf, type JudgedPart, type RetrievedPart } from './parts.ts';
import { segmentPrecision } from './segment-precision.ts';

export interface MediaEvalOptions {
  /** Length of a bin, and seconds that a listener goes on without anything relevant. */
  readonly binSeconds: number;
  readonly toleranceSeconds: number;
}

/** How a column is told and summed up; those with `text` are told of topics alone. */
export type ColumnKind = 'count' | 'mean_count' | 'value' | 'text';

export interface MediaEvalColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly value: number | string;
}

/** All columns of a topic; averages of nothing are 0, as all values there. */
export const mediaEvalColumns = (
  ranking: readonly RetrievedPart[],
  judged: readonly JudgedPart[],
  { binSeconds, toleranceSeconds }: MediaEvalOptions,
): MediaEvalColumn[] => {
  const merged = mergeJudged(judged);
  const { relevant, relevantCount } = merged;
  const bins = statusesByBin(ranking, judged, binSeconds);
  const seconds = segmentPrecision(ranking, relevant);
  const relevantParts = [...relevant.values()].flat();
  const mean = (name: string, values: readonly number[]) => column(name, 'mean_count', meanOf(values));
  return [
    column('videos_ret', 'mean_count', new Set(ranking.map(({ source }) => source)).size),
    column('videos_rel', 'mean_count', relevant.size),
    mean(
      'avglength_ret',
      ranking.map(({ start, end }) => end - start),
    ),
    mean('avglength_rel', relevantParts.map(durationOf)),
    ...byStatus('', statusesByOverlap(ranking, merged), countOf(relevant)),
    ...byStatus('_bin', bins.statuses, bins.relevantCount),
    ...byStatus('_tol', statusesByTolerance(ranking, merged, toleranceSeconds), relevantCount),
    column('num_rel_secs', 'count', seconds.relevantSeconds),
    column('num_ret_secs', 'count', seconds.retrievedSeconds),
    column('num_rel_ret_secs', 'count', seconds.foundSeconds),
    column('maisp', 'value', seconds.average),
    ...[5, 10, 20].map((part) => column(`maisp_${(part / 100).toFixed(2)}`, 'value', seconds.afterHundredths(part))),
  ];
};

const column = (name: string, kind: ColumnKind, value: number | string): MediaEvalColumn => ({ name, kind, value });

const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

const byStatus = (suffix: string, statuses: readonly PartStatus[], relevantCount: number): MediaEvalColumn[] => {
  const share = (wanted: (status: PartStatus) => boolean, ranks: number): number =>
    statuses.slice(0, ranks).filter(wanted).length / ranks;
  const isRelevant = (status: PartStatus): boolean => status === '1';
  return [
    column(`num_rel${suffix}`, 'count', relevantCount),
    column(`num_ret${suffix}`, 'count', statuses.length),
    column(`num_rel_ret${suffix}`, 'count', statuses.filter(isRelevant).length),
    column(`map${suffix}`, 'value', averagePrecision(statuses, relevantCount)),
    ...[5, 10, 20].map((ranks) => column(`P_${ranks}${suffix}`, 'value', share(isRelevant, ranks))),
    ...[10, 20, 30].map((ranks) =>
      column(
        `Judged_${ranks}${suffix}`,
        'value',
        share((status) => status !== '-', ranks),
      ),
    ),
    column(`relString${suffix}`, 'text', `${statuses.join('')} ${statuses.length}`),
  ];
};

/** Above 1 where several ranked parts meet the same relevant one: which is why overlaps want the other two ways. */
const averagePrecision = (statuses: readonly PartStatus[], relevantCount: number): number => {
  let found = 0;
  let sum = 0;
  for (const [n, status] of statuses.entries()) {
    if (status !== '1') continue;
    found++;
    sum += found / (n + 1);
  }
  return sum === 0 ? 0 : sum / relevantCount;
};
