/** The endpoints of definitions of success, and of how far questions are that judge units. */

import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';
import { watchedSchema, watchQuerySchema } from './studio.ts';
import {
  checkAnswerSchema,
  definitionRowSchema,
  definitionSchema,
  outcomesQuerySchema,
  outcomesSchema,
  previewQuerySchema,
  previewSchema,
  successMapSchema,
} from './success.ts';

const name = z.object({ name: z.string().min(1).max(200) });

export const SUCCESS_ENDPOINTS = {
  success: {
    method: 'GET',
    path: '/v1/studio/success',
    role: 'admin',
    summary: 'Definitions of success, and which decides for each surface, intent and device: gaps and ties show.',
    response: successMapSchema,
    status: 200,
  },
  successDefinition: {
    method: 'GET',
    path: '/v1/studio/success/definitions/:name',
    role: 'admin',
    summary: 'One definition, by name or name@version: expressions, examples as they come out now, SQL.',
    params: name,
    response: definitionSchema,
    status: 200,
  },
  successOutcomes: {
    method: 'GET',
    path: '/v1/studio/success/definitions/:name/outcomes',
    role: 'admin',
    summary: 'What became of the units in the warehouse under a definition, by the stream or by SQL.',
    params: name,
    query: outcomesQuerySchema,
    response: outcomesSchema,
    status: 200,
  },
  checkDefinition: {
    method: 'POST',
    path: '/v1/studio/success/check',
    role: 'admin',
    summary: 'Check a definition sent as the body (YAML, application/octet-stream): each finding with its place.',
    body: { kind: 'file' },
    response: checkAnswerSchema,
    status: 200,
  },
  previewDefinition: {
    method: 'POST',
    path: '/v1/studio/success/preview',
    role: 'admin',
    summary: 'Whose outcome a changed definition would change, and why; nothing is kept.',
    query: previewQuerySchema,
    body: { kind: 'file' },
    response: previewSchema,
    status: 200,
  },
  saveDefinition: {
    method: 'POST',
    path: '/v1/studio/success/definitions',
    role: 'admin',
    summary: 'Keep a new version of a definition in the data folder.',
    body: { kind: 'file' },
    response: definitionRowSchema,
    status: 200,
  },
  progress: {
    method: 'GET',
    path: '/v1/studio/progress',
    role: 'admin',
    summary: 'How far a question is that was asked with a watch of this name; null when none is being answered.',
    query: watchQuerySchema,
    response: watchedSchema,
    status: 200,
  },
} as const satisfies Record<string, Endpoint>;
