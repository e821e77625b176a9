/** Metrics on sessions that are up to date. */

import type { Clock } from '#domain';
import type { MetricsFace } from '#http';
import { absenceReport, lifeCycle, metricsReport } from '#jobs';
import { standardMetrics } from '#metrics';
import type { ModelBundle } from '#serving';
import { type Definition, newest } from '#success';
import { RULES_ALONE } from '#units';
import { queries, type Warehouse } from '#warehouse';
import type { Sessions } from './sessions.ts';
import type { Watched } from './watched.ts';

export interface MetricsDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  /** Those there are now: the newest of a name judges. */
  readonly definitions: () => readonly Definition[];
  readonly sessions: Sessions;
  /** What is learned now; null before anything was. */
  readonly bundle: () => ModelBundle | null;
  readonly watched: Watched;
}

export const createMetrics = ({
  warehouse,
  clock,
  definitions,
  sessions,
  bundle,
  watched,
}: MetricsDeps): MetricsFace => {
  const learning = () => bundle()?.intents ?? RULES_ALONE;
  const after = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    await sessions.catchUp();
    return ask();
  };
  return {
    list: () => standardMetrics(newest(definitions()).map(({ name }) => name)),
    report: ({ watch, ...request }) =>
      after(() =>
        watched.during(watch, (onProgress) => {
          const judging = { definitions: definitions(), now: clock.now(), intents: learning().model, onProgress };
          return metricsReport(warehouse, request, judging);
        }),
      ),
    absence: (request) => after(() => absenceReport(warehouse, request)),
    lifeCycle: (request) => after(() => lifeCycle(warehouse, request)),
    intents: () => ({ learning: learning(), trainedAt: bundle()?.trainedAt ?? null, sql: queries.intentAnswers.sql }),
  };
};
