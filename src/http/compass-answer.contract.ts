/** A compass as an engine answers it, for tests of the face. */

import type { Estimate } from '#domain';
import type { CompassAnswer } from './engine.ts';

const KNOWN: Estimate = {
  ok: true,
  value: 0.5,
  interval: { lower: 0.25, upper: 0.75 },
  level: 0.95,
  n: 40,
  method: 'latent effects',
};
const NONE: Estimate = { ok: false, reason: 'few_experiments' };

export const COMPASS: CompassAnswer = {
  savedAt: Date.UTC(2026, 10, 23),
  archived: 0,
  leftOut: [{ experiment: 'old', reason: 'success.0.metric: there is no metric minutes any more' }],
  overview: {
    metrics: ['clicks', 'return_63'],
    experiments: 40,
    aa: 0,
    noise: 'taken for independent',
    outcome: 'return_63',
    quick: 'clicks',
    cards: [
      {
        metric: 'clicks',
        outcome: 'return_63',
        sensitivity: KNOWN,
        meanAbsoluteZ: 1.5,
        falseAlarms: NONE,
        directionAgreement: KNOWN,
        latencyDays: 7,
        slope: KNOWN,
        plainSlope: 0.4,
        surrogacy: KNOWN,
        beatsDirectBelow: { ok: true, units: 1000 },
        drift: { ok: false, reason: 'no_dates' },
        flags: [{ kind: 'up_while_outcome_down', experiments: ['shelf-order'] }],
      },
    ],
    matrix: [{ metric: 'clicks', intent: null, n: 40, slope: KNOWN, surrogacy: NONE }],
    proxies: ['clicks'],
    sizes: [{ n: 1000, weights: [1], shares: [1], correlation: 0.4, direct: 0.3 }],
    disagreements: [{ experiment: 'shelf-order', z: 2.5, worse: 0.95, mean: -0.1 }],
    validation: [
      {
        metric: null,
        validation: { experiments: 40, agreement: KNOWN, recall: KNOWN, precision: KNOWN, contradictions: NONE },
      },
    ],
  },
};
