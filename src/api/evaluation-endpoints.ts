/** Endpoints of offline evaluation. */

import { z } from 'zod';
import {
  browsingQuerySchema,
  browsingSchema,
  collectionReportSchema,
  collectionsSchema,
  evaluateRunsSchema,
  judgedRunsSchema,
} from './evaluation.ts';

export const EVALUATION_ENDPOINTS = {
  evaluateRuns: {
    method: 'POST',
    path: '/v1/studio/evaluation/runs',
    role: 'admin',
    summary: 'Judge a run against relevance judgments, and test by how much it is better than another one.',
    body: { kind: 'json', schema: evaluateRunsSchema },
    response: judgedRunsSchema,
    status: 200,
  },
  browsing: {
    method: 'GET',
    path: '/v1/studio/browsing',
    role: 'admin',
    summary: 'How listeners go along the shelves and down the pages of slates, by device, measured in impressions.',
    query: browsingQuerySchema,
    response: browsingSchema,
    status: 200,
  },
  collections: {
    method: 'GET',
    path: '/v1/studio/collections',
    role: 'admin',
    summary: 'Test collections: those of the package, and those in the folder `collections` of the data folder.',
    response: collectionsSchema,
    status: 200,
  },
  collection: {
    method: 'GET',
    path: '/v1/studio/collections/:name',
    role: 'admin',
    summary: 'The leaderboard of a test collection, agreement of its assessors, and how reusable it is.',
    params: z.object({ name: z.string().min(1).max(200) }),
    response: collectionReportSchema,
    status: 200,
  },
} as const;
