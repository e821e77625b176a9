/** Metrics on sessions that are up to date. */

import type { Clock } from '#domain';
import type { MetricsFace } from '#http';
import { standardMetrics } from '#metrics';
import type { ModelBundle } from '#serving';
import { type Definition, newest } from '#success';
import { RULES_ALONE } from '#units';
import { queries } from '#warehouse';
import type { Analyses } from './analyses/analyses.ts';
import type { Sessions } from './sessions.ts';
import type { Watched } from './watched.ts';

export interface MetricsDeps {
  readonly analyses: Pick<Analyses, 'absenceReport' | 'lifeCycle' | 'metricsReport'>;
  readonly clock: Clock;
  /** Those there are now: the newest of a name judges. */
  readonly definitions: () => readonly Definition[];
  readonly sessions: Sessions;
  /** What is learned now; null before anything was. */
  readonly bundle: () => ModelBundle | null;
  readonly watched: Watched;
}

export const createMetrics = ({
  analyses,
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
          const judging = { definitions: definitions(), now: clock.now(), intents: learning().model };
          return analyses.metricsReport({ request, ...judging }, onProgress);
        }),
      ),
    absence: (request) => after(() => analyses.absenceReport(request)),
    lifeCycle: (request) => after(() => analyses.lifeCycle(request)),
    intents: () => ({ learning: learning(), trainedAt: bundle()?.trainedAt ?? null, sql: queries.intentAnswers.sql }),
  };
};
