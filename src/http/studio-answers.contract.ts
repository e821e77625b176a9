/** Fixed answers about the running engine: its status, its overview and a job of import. */

import type { UserId } from '#domain';
import type { ImportJob, Overview, Status } from './answers.ts';
import { NOW } from './requests.contract.ts';

export const STATUS: Status = {
  data: 'live',
  playground: 'absent',
  playgroundProgress: null,
  training: 'idle',
  trainingProgress: null,
  defaultUser: 'ada' as UserId,
  version: '0.1.0',
};

export const OVERVIEW: Overview = {
  listeners: 1,
  items: 1,
  events: [{ kind: 'play', rows: 3, lastAt: NOW }],
  perDay: [{ day: '2026-11-24', kind: 'play', events: 3 }],
  freshness: { lagRecords: 0, lastEventAt: NOW, warehouse: 'ok' },
  deadLetters: 0,
  model: {
    version: 'm1',
    trainedAt: NOW,
    models: ['popularity'],
    users: 1,
    items: 1,
    interactions: 3,
    seconds: 0.1,
    basis: 'popularity_only',
    notes: ['als needs 50 users'],
  },
  sql: { events: 'SELECT 1' },
};

export const JOB: ImportJob = {
  importId: 'import-1',
  format: 'lastfm',
  fileName: 'scrobbles.csv',
  userId: 'me' as UserId,
  state: 'running',
  progress: { done: 1, total: null, unit: 'rows' },
  report: null,
  error: null,
};
