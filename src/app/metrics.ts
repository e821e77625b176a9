/** Metrics on sessions that are up to date: what came in since the last question is derived before it is answered. */

import type { Clock } from '#domain';
import type { MetricsFace } from '#http';
import { absenceReport, deriveSessions, lifeCycle, metricsReport } from '#jobs';
import { standardMetrics } from '#metrics';
import { type Definition, newest } from '#success';
import type { Warehouse } from '#warehouse';

export interface MetricsDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  /** Those there are now: the newest of a name judges. */
  readonly definitions: () => readonly Definition[];
  /** Carries what is acknowledged to the warehouse. */
  readonly flush: () => Promise<void>;
}

export const createMetrics = ({ warehouse, clock, definitions, flush }: MetricsDeps): MetricsFace => {
  const catchUp = oneAtATime(async () => {
    await flush();
    await deriveSessions({ warehouse, clock });
  });
  const after = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    await catchUp();
    return ask();
  };
  return {
    list: () => standardMetrics(newest(definitions()).map(({ name }) => name)),
    report: (request) =>
      after(() => metricsReport(warehouse, request, { definitions: definitions(), now: clock.now() })),
    absence: (request) => after(() => absenceReport(warehouse, request)),
    lifeCycle: (request) => after(() => lifeCycle(warehouse, request)),
  };
};

/** Calls one after the other; who comes while one waits its turn shares it. */
const oneAtATime = (run: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;
  return () => {
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = null;
        running = run();
        return running;
      });
    return waiting;
  };
};
