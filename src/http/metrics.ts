/** Counters for Prometheus: requests, intake, slates, and how far the warehouse is behind. */

import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Receipts } from '#api';
import type { SlateCounts } from '#wire';
import type { HealthFace } from './engine.ts';

export interface HttpMetrics {
  readonly contentType: string;
  text(): Promise<string>;
  countIntake(of: 'events' | 'items', receipts: Receipts): void;
  /** Counts a slate that was made for this request; one that still stands was counted before. */
  countSlate(counts: SlateCounts): void;
  observeRequests(app: FastifyInstance): void;
}

/** Seconds; the budgets (15 ms for a home, 50 ms for a million items) are bounds of buckets. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

const defineMetrics = (registry: Registry, health: HealthFace) => {
  const registers = [registry];
  new Gauge({
    name: 'ritornello_journal_lag_records',
    help: 'Records acknowledged but not yet in the warehouse',
    registers,
    collect() {
      this.set(health.journalLag());
    },
  });
  new Gauge({
    name: 'ritornello_answering_delay_seconds',
    help: 'How late turns of the event loop were in the thread that answers, since the last scrape',
    labelNames: ['quantile'],
    registers,
    async collect() {
      const { p99, longest } = (await health.answeringDelay()) ?? { p99: Number.NaN, longest: Number.NaN };
      this.set({ quantile: '0.99' }, p99 / 1000);
      this.set({ quantile: '1' }, longest / 1000);
    },
  });
  return {
    requests: new Histogram({
      name: 'ritornello_http_request_duration_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS,
      registers,
    }),
    intake: new Counter({
      name: 'ritornello_intake_entries_total',
      help: 'Events and items by what became of them',
      labelNames: ['of', 'outcome'],
      registers,
    }),
    slates: new Counter({
      name: 'ritornello_slates_total',
      help: 'Slates made, by surface and by what stood in for the full pipeline',
      labelNames: ['surface', 'fallback'],
      registers,
    }),
    cards: new Counter({
      name: 'ritornello_cards_total',
      help: 'Cards of slates made, by whether exploration drew them',
      labelNames: ['surface', 'explored'],
      registers,
    }),
  };
};

export const createMetrics = (health: HealthFace): HttpMetrics => {
  const registry = new Registry();
  // Each millisecond: a delay of the event loop of ten is told from none.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 1 });
  const { requests, intake, slates, cards } = defineMetrics(registry, health);
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    countIntake(of, receipts) {
      for (const outcome of ['accepted', 'repeated', 'refused'] as const)
        intake.inc({ of, outcome }, receipts[outcome]);
    },
    countSlate(counts) {
      if (!counts.fresh) return;
      const { surface, fallback, explored } = counts;
      slates.inc({ surface, fallback: fallback ?? 'none' });
      cards.inc({ surface, explored: 'true' }, explored);
      cards.inc({ surface, explored: 'false' }, counts.cards - explored);
    },
    observeRequests(app) {
      app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'none';
        requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
      });
    },
  };
};
