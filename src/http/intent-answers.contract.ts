/** Fixed answers about intents: what learning them came to, and how well both posteriors are calibrated. */

import type { Calibration, IntentLearning, Reliability } from '#units';
import type { IntentsAnswer } from './engine.ts';
import { NOW } from './requests.contract.ts';

const RELIABILITY: Reliability = {
  n: 60,
  bins: [{ from: 0.9, to: 1, n: 60, predicted: 0.95, observed: { ok: false, reason: 'no_units' } }],
  ece: { ok: true, value: 0.05, interval: { lower: 0, upper: 0.1 }, level: 0.95, n: 30, method: 'bootstrap' },
  eceByChance: 0.06,
};
const CALIBRATION: Calibration = {
  n: 60,
  listeners: 30,
  logLoss: 1.2,
  top: RELIABILITY,
  intents: [{ intent: 'sleep', named: 3, ...RELIABILITY }],
};
const LEARNING: IntentLearning = {
  model: null,
  because: 'no_better_than_rules',
  answers: 60,
  listeners: 30,
  withoutProbability: 1,
  withoutSession: 2,
  calibration: { rules: CALIBRATION, learned: CALIBRATION },
};

export const INTENTS: IntentsAnswer = { learning: LEARNING, trainedAt: NOW, sql: 'SELECT 7' };
