/** Fixed answers about engagement metrics: one with its figure, absences and the life cycle. */

import type { AbsenceReport, LifeCycle } from '#jobs';
import { type Figure, parseMetric } from '#metrics';

export const METRIC = parseMetric('skip_rate');
export const PERIOD = { from: '2026-11-01', to: '2026-11-24', days: 23, until: '2026-11-24 06:00:00.000' };
const CELL = { surface: null, intent: 'party', device: null };

export const FIGURE: Figure = {
  metric: METRIC.name,
  cell: CELL,
  polarity: 'free',
  because: 'who looks through tracks skips',
  byEvents: {
    ok: true,
    value: 0.5,
    interval: { lower: 0.4, upper: Number.POSITIVE_INFINITY },
    level: 0.95,
    n: 3,
    method: 'm',
  },
  byUsers: { ok: false, reason: 'one_unit' },
  users: 1,
  events: 30,
  leftOut: 0,
  unknown: 0,
};

export const ABSENCE: AbsenceReport = {
  period: PERIOD,
  curves: [{ cell: CELL, users: 1, curve: null, reason: 'few_groups' }],
  sql: 'SELECT 4',
};

export const LIFE_CYCLE: LifeCycle = {
  period: PERIOD,
  weeks: [{ week: '2026-11-23', stage: 'new', users: 2 }],
  sql: 'SELECT 5',
};
