/** Endpoints of the Lab; a part of `ENDPOINTS`. */

import { labLifeQuerySchema, labLifeSchema, labQuerySchema, labSchema, labWorldParamsSchema } from './lab.ts';

export const LAB_ENDPOINTS = {
  lab: {
    method: 'GET',
    path: '/v1/studio/lab',
    role: 'admin',
    summary: 'Made-up worlds and policies to try in them, and how the run under way, or the last one, stands.',
    response: labSchema,
    status: 200,
  },
  startLab: {
    method: 'POST',
    path: '/v1/studio/lab',
    role: 'admin',
    summary: 'Try two policies on the same people of made-up worlds, beside the server; one run at a time.',
    query: labQuerySchema,
    response: labSchema,
    status: 202,
  },
  cancelLab: {
    method: 'DELETE',
    path: '/v1/studio/lab',
    role: 'admin',
    summary: 'Break off the run under way.',
    response: labSchema,
    status: 200,
  },
  keepLabWorld: {
    method: 'PUT',
    path: '/v1/studio/lab/worlds',
    role: 'admin',
    summary: 'Keep a world of your own under the name in it; one of that name is replaced.',
    body: { kind: 'file' },
    response: labSchema,
    status: 200,
  },
  removeLabWorld: {
    method: 'DELETE',
    path: '/v1/studio/lab/worlds/:world',
    role: 'admin',
    summary: 'Remove a world of your own; the answer no longer has it.',
    params: labWorldParamsSchema,
    response: labSchema,
    status: 200,
  },
  labLife: {
    method: 'GET',
    path: '/v1/studio/lab/life',
    role: 'admin',
    summary: 'A week of a made-up listener under both policies: what was meant, shown, played and truly felt.',
    query: labLifeQuerySchema,
    response: labLifeSchema,
    status: 200,
  },
} as const;
