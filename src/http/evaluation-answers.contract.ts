/** Fixed answers about offline evaluation: judged runs, laws of browsing and a collection. */

import { type JudgedRuns, judgeRuns, readJudgments, readRun } from '#evaluation';
import type { BrowsingReport, CollectionReport } from '#jobs';
import type { EvaluationFace } from './engine.ts';

export const JUDGED: JudgedRuns = judgeRuns(
  readJudgments({ name: 'qrels', bytes: Buffer.from('a 0 x 1\nb 0 x 1') }, 'qrels'),
  readRun({ name: 'run', bytes: Buffer.from('a Q0 x 1 2 mine\nb Q0 y 1 2 mine') }),
  readRun({ name: 'other', bytes: Buffer.from('a Q0 y 1 2 old\nb Q0 y 1 2 old') }),
  {
    measures: ['map'],
    complete: false,
    level: 1,
    judgedOnly: false,
    maxRetrieved: 1000,
    collectionSize: 0,
    zScores: undefined,
    test: { test: 'randomization', draws: 1000, seed: 1 },
  },
);

export const BROWSING: BrowsingReport = {
  laws: [{ device: 'tv', visits: 2, continuations: [], measure: null }],
  sql: 'SELECT 5',
};

export const COLLECTIONS: Awaited<ReturnType<EvaluationFace['collections']>> = [
  { name: 'night', description: 'made up', kind: 'graded', shipped: true },
];

const MEAN = {
  ok: true as const,
  value: 0.5,
  interval: { lower: 0.25, upper: 0.75 },
  level: 0.95,
  n: 2,
  method: 'mean, t interval',
};

export const COLLECTION: CollectionReport = {
  config: { name: 'night', description: 'made up', kind: 'graded', depth: 3, level: 1, measures: ['map'] },
  topics: 2,
  judgedTopics: ['a', 'b'],
  runs: 1,
  pooled: 4,
  progress: [{ assessor: 'anna', judged: 4, pooled: 4 }],
  agreements: [
    { assessors: ['anna', 'bo'], both: 1, same: 1, kappa: { ok: false, reason: 'one_unit' }, weightedKappa: MEAN },
  ],
  leaderboards: [
    { measure: 'map', apart: 0, pairs: 0, rows: [{ rank: 1, team: 'x', run: 'mine', mean: MEAN, groups: 'a' }] },
  ],
  reusability: {
    measure: 'map',
    runs: [{ team: 'x', run: 'mine', withTeam: 0.5, withoutTeam: 0.25, places: 0 }],
    unique: 1,
    relevant: 2,
    largestLoss: 0.5,
    meanLoss: 0.5,
    tau: { ok: false, reason: 'one_unit' },
  },
  unit: 'documents',
};
