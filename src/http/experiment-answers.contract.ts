/** Fixed answers about experiments: one as planned, its power and its analysis. */

import { experimentSchema } from '#domain';
import type { PowerPlan } from '#jobs';
import type { ExperimentEntry } from './answers.ts';
import type { ExperimentsFace } from './engine.ts';
import { NOW } from './requests.contract.ts';

export const EXPERIMENT: ExperimentEntry = {
  document: experimentSchema.parse({
    name: 'weekly',
    hypothesis: 'A fresher weekly list brings people back.',
    arms: [{ name: 'control' }, { name: 'fresh', value: { fresh: 0.4 } }],
    success: [{ metric: 'return_rate[14d]' }],
    horizon_days: 28,
    planned_units: 1000,
  }),
  state: 'planned',
  createdAt: NOW,
  startedAt: null,
  stoppedAt: null,
};

export const POWER: PowerPlan = { users: 3, metrics: [], unknown: [], advice: 'too few', sql: 'SELECT 1' };

export const ANALYSIS: Awaited<ReturnType<ExperimentsFace['analysis']>> = {
  until: NOW,
  users: 3,
  assigned: [2, 1],
  exposed: [2, 1],
  report: null,
  checks: [],
  randomization: [],
  path: [],
  advice: null,
  sql: 'SELECT 1',
};
