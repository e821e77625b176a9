/** Endpoints about the long term: the compass, and who comes back. */

import { compassQuerySchema, compassSchema, corpusReceiptSchema } from './compass.ts';
import { diversityQuerySchema, diversitySchema, returnQuerySchema, returnSchema } from './return.ts';

export const LONG_TERM_ENDPOINTS = {
  compass: {
    method: 'GET',
    path: '/v1/studio/compass',
    role: 'admin',
    summary: 'Which metrics predict return, from the corpus of past experiments.',
    query: compassQuerySchema,
    response: compassSchema,
    status: 200,
  },
  putCorpus: {
    method: 'PUT',
    path: '/v1/studio/compass/corpus',
    role: 'admin',
    summary: 'Put the corpus of past experiments: a table as the body (application/octet-stream).',
    body: { kind: 'file' },
    response: corpusReceiptSchema,
    status: 200,
  },
  returnRates: {
    method: 'GET',
    path: '/v1/studio/return',
    role: 'admin',
    summary: 'Who comes back: by cohort, by week of the calendar, by weeks since the first visit.',
    query: returnQuerySchema,
    response: returnSchema,
    status: 200,
  },
  diversityReturn: {
    method: 'GET',
    path: '/v1/studio/return/diversity',
    role: 'admin',
    summary: 'Whether listeners of diverse taste come back: an association, or an effect by the arms of an experiment.',
    query: diversityQuerySchema,
    response: diversitySchema,
    status: 200,
  },
} as const;
