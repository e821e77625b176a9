/** Metrics on sessions that are up to date. */

import type { Clock } from '#domain';
import type { MetricsFace } from '#http';
import { absenceReport, lifeCycle, metricsReport } from '#jobs';
import { standardMetrics } from '#metrics';
import type { ModelBundle } from '#serving';
import { type Definition, newest } from '#success';
import { RULES_ALONE } from '#units';
import type { Warehouse } from '#warehouse';
import type { Sessions } from './sessions.ts';

export interface MetricsDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  /** Those there are now: the newest of a name judges. */
  readonly definitions: () => readonly Definition[];
  readonly sessions: Sessions;
  /** What is learned now; null before anything was. */
  readonly bundle: () => ModelBundle | null;
}

export const createMetrics = ({ warehouse, clock, definitions, sessions, bundle }: MetricsDeps): MetricsFace => {
  const learning = () => bundle()?.intents ?? RULES_ALONE;
  const after = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    await sessions.catchUp();
    return ask();
  };
  return {
    list: () => standardMetrics(newest(definitions()).map(({ name }) => name)),
    report: (request) =>
      after(() => {
        const judging = { definitions: definitions(), now: clock.now(), intents: learning().model };
        return metricsReport(warehouse, request, judging);
      }),
    absence: (request) => after(() => absenceReport(warehouse, request)),
    lifeCycle: (request) => after(() => lifeCycle(warehouse, request)),
    intents: () => ({ learning: learning(), trainedAt: bundle()?.trainedAt ?? null }),
  };
};
