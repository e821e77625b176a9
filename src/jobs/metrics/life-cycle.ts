/** The life cycle of engagement: how many users are in which stage, week by week. */

import { queries, type WarehouseRows } from '#warehouse';
import { type PeriodRequest, type ReportPeriod, reportPeriod } from './report-period.ts';

export interface LifeCycle {
  /** Null when nobody has listened yet. */
  readonly period: ReportPeriod | null;
  readonly weeks: readonly {
    /** Monday, UTC. */
    readonly week: string;
    readonly stage: 'new' | 'engaged' | 're_engaged' | 'resting' | 'dormant' | 'churned';
    readonly users: number;
  }[];
  readonly sql: string;
}

/** @throws {EngineError} invalid_request, warehouse_unavailable */
export const lifeCycle = async (warehouse: WarehouseRows, request: PeriodRequest): Promise<LifeCycle> => {
  const { sql } = queries.engagementLife;
  const period = await reportPeriod(warehouse, request);
  if (period === null) return { period, weeks: [], sql };
  const { from, to } = period;
  return { period, weeks: await warehouse.query(queries.engagementLife, { from, to }), sql };
};
