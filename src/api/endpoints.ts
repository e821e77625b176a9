/** Every endpoint once: method, path, role, what goes in, what comes out. The server and the web's client are both made of it. */

import { z } from 'zod';
import { itemSchema } from '#domain';
import { EXPERIMENT_ENDPOINTS } from './experiment-endpoints.ts';
import { eventSchema, receiptsSchema } from './intake.ts';
import {
  absenceCurvesSchema,
  absenceQuerySchema,
  lifeCycleSchema,
  lifeQuerySchema,
  metricsReportSchema,
  metricsSchema,
  reportQuerySchema,
} from './metrics.ts';
import { erasureSchema, itemPageSchema, profileSchema } from './people.ts';
import { policyQuerySchema, policyReplaySchema } from './policies.ts';
import { homeQuerySchema, radioQuerySchema, slateSchema, weeklyQuerySchema, whySchema } from './slates.ts';
import {
  decisionSchema,
  importJobSchema,
  importQuerySchema,
  importsSchema,
  overviewSchema,
  slatesQuerySchema,
  slatesSchema,
  statusSchema,
  usersQuerySchema,
  usersSchema,
} from './studio.ts';

/** ingest: write events and items; serve: read for listeners; admin: all. */
export const ROLES = ['ingest', 'serve', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/**
 * `entries`: a JSON array of entries, one entry, or NDJSON; each is read and answered on its own.
 * `file`: the bytes of a file, application/octet-stream.
 */
export type EndpointBody = { readonly kind: 'entries'; readonly entry: z.ZodType } | { readonly kind: 'file' };

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly role: Role;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: EndpointBody;
  /** Media type of the answer where it is not JSON. */
  readonly produces?: 'application/x-ndjson';
  readonly response: z.ZodType;
  /** Status of a good answer. */
  readonly status: 200 | 202;
}

const id = z.string().min(1).max(200);
const user = z.object({ user_id: id });

export const ENDPOINTS = {
  postEvents: {
    method: 'POST',
    path: '/v1/events',
    role: 'ingest',
    summary: 'Take events: a JSON array, one object, or NDJSON. Acknowledged means on disk.',
    body: { kind: 'entries', entry: eventSchema },
    response: receiptsSchema,
    status: 200,
  },
  putItems: {
    method: 'PUT',
    path: '/v1/items',
    role: 'ingest',
    summary: 'Put catalogue items: a JSON array, one object, or NDJSON.',
    body: { kind: 'entries', entry: itemSchema },
    response: receiptsSchema,
    status: 200,
  },
  home: {
    method: 'GET',
    path: '/v1/users/:user_id/home',
    role: 'serve',
    summary: 'The home page: shelves of familiar and new things, each for a need.',
    params: user,
    query: homeQuerySchema,
    response: slateSchema,
    status: 200,
  },
  weekly: {
    method: 'GET',
    path: '/v1/users/:user_id/weekly',
    role: 'serve',
    summary: 'This week’s discovery list; a new one every Monday 06:00 of the listener’s own time.',
    params: user,
    query: weeklyQuerySchema,
    response: slateSchema,
    status: 200,
  },
  radio: {
    method: 'GET',
    path: '/v1/users/:user_id/radio',
    role: 'serve',
    summary: 'The next tracks, from a seed item or the running session.',
    params: user,
    query: radioQuerySchema,
    response: slateSchema,
    status: 200,
  },
  profile: {
    method: 'GET',
    path: '/v1/users/:user_id/profile',
    role: 'serve',
    summary: 'What is known of a listener.',
    params: user,
    response: profileSchema,
    status: 200,
  },
  exportUser: {
    method: 'GET',
    path: '/v1/users/:user_id/export',
    role: 'serve',
    summary: 'Everything kept of a listener, one JSON object a line.',
    params: user,
    produces: 'application/x-ndjson',
    response: z.string(),
    status: 200,
  },
  eraseUser: {
    method: 'DELETE',
    path: '/v1/users/:user_id',
    role: 'admin',
    summary: 'Erase a listener everywhere, and look again to prove it.',
    params: user,
    response: erasureSchema,
    status: 200,
  },
  item: {
    method: 'GET',
    path: '/v1/items/:item_id',
    role: 'serve',
    summary: 'One item, what is like it, and what the listener made of it.',
    params: z.object({ item_id: id }),
    query: z.object({ user_id: id.optional() }),
    response: itemPageSchema,
    status: 200,
  },
  why: {
    method: 'GET',
    path: '/v1/slates/:slate_id/why/:item_id',
    role: 'serve',
    summary: 'The full account of why this item stands in this slate.',
    params: z.object({ slate_id: id, item_id: id }),
    response: whySchema,
    status: 200,
  },
  status: {
    method: 'GET',
    path: '/v1/studio/status',
    role: 'serve',
    summary: 'What state the engine is in: data, playground, training.',
    response: statusSchema,
    status: 200,
  },
  overview: {
    method: 'GET',
    path: '/v1/studio/overview',
    role: 'admin',
    summary: 'What is in here: events, listeners, catalogue, freshness, model in use.',
    response: overviewSchema,
    status: 200,
  },
  users: {
    method: 'GET',
    path: '/v1/studio/users',
    role: 'admin',
    summary: 'Find listeners by the beginning of their id, most plays first.',
    query: usersQuerySchema,
    response: usersSchema,
    status: 200,
  },
  slates: {
    method: 'GET',
    path: '/v1/studio/slates',
    role: 'admin',
    summary: 'The decision log, newest first.',
    query: slatesQuerySchema,
    response: slatesSchema,
    status: 200,
  },
  decision: {
    method: 'GET',
    path: '/v1/studio/slates/:slate_id',
    role: 'admin',
    summary: 'One decision: every card with source, propensity and outcome, and whether it replays.',
    params: z.object({ slate_id: id }),
    response: decisionSchema,
    status: 200,
  },
  policyReplay: {
    method: 'GET',
    path: '/v1/studio/policies',
    role: 'admin',
    summary: 'What another policy would have earned on the slates in the log, by each estimator, by device and intent.',
    query: policyQuerySchema,
    response: policyReplaySchema,
    status: 200,
  },
  startImport: {
    method: 'POST',
    path: '/v1/studio/imports',
    role: 'admin',
    summary: 'Import a history file sent as the body (application/octet-stream).',
    query: importQuerySchema,
    body: { kind: 'file' },
    response: importJobSchema,
    status: 202,
  },
  imports: {
    method: 'GET',
    path: '/v1/studio/imports',
    role: 'admin',
    summary: 'Imports of this run, newest first.',
    response: importsSchema,
    status: 200,
  },
  import: {
    method: 'GET',
    path: '/v1/studio/imports/:import_id',
    role: 'admin',
    summary: 'How one import stands.',
    params: z.object({ import_id: id }),
    response: importJobSchema,
    status: 200,
  },
  train: {
    method: 'POST',
    path: '/v1/studio/train',
    role: 'admin',
    summary: 'Learn again from all that is in the log.',
    response: statusSchema,
    status: 202,
  },
  makePlayground: {
    method: 'POST',
    path: '/v1/studio/playground',
    role: 'admin',
    summary: 'Make the playground: a small made-up world to try everything on.',
    response: statusSchema,
    status: 202,
  },
  removePlayground: {
    method: 'DELETE',
    path: '/v1/studio/playground',
    role: 'admin',
    summary: 'Remove the playground with everything in it.',
    response: statusSchema,
    status: 200,
  },
  metrics: {
    method: 'GET',
    path: '/v1/studio/metrics',
    role: 'admin',
    summary: 'Every metric with its card: question, counts, polarity by intent and device, how it misleads.',
    response: metricsSchema,
    status: 200,
  },
  metricsReport: {
    method: 'GET',
    path: '/v1/studio/metrics/report',
    role: 'admin',
    summary:
      'Figures of metrics by surface, intent and device, each with its interval or the reason why there is none.',
    query: reportQuerySchema,
    response: metricsReportSchema,
    status: 200,
  },
  absenceCurves: {
    method: 'GET',
    path: '/v1/studio/metrics/absence',
    role: 'admin',
    summary: 'Who is still away after which time, with bands: Kaplan–Meier, users as clusters.',
    query: absenceQuerySchema,
    response: absenceCurvesSchema,
    status: 200,
  },
  lifeCycle: {
    method: 'GET',
    path: '/v1/studio/metrics/life',
    role: 'admin',
    summary:
      'The life cycle of engagement: how many users are new, engaged, resting, dormant, churned, back again, by week.',
    query: lifeQuerySchema,
    response: lifeCycleSchema,
    status: 200,
  },
  ...EXPERIMENT_ENDPOINTS,
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
