/** What posteriors over intents rest on, on the wire. */

import type { CalibrationWire, IntentsWire, ReliabilityWire } from '#api';
import { type Calibration, learningWords, namedWords, type Reliability } from '#units';
import { toTime } from '#wire';
import type { IntentsAnswer } from '../engine.ts';
import { toEstimate } from './metrics.ts';

const toReliability = ({ n, bins, ece, eceByChance }: Reliability): ReliabilityWire => ({
  n,
  bins: bins.map((bin) => ({ ...bin, observed: toEstimate(bin.observed) })),
  ece: toEstimate(ece),
  ece_by_chance: eceByChance,
});

const toCalibration = ({ n, listeners, logLoss, top, intents }: Calibration): CalibrationWire => ({
  n,
  listeners,
  log_loss: logLoss,
  top: toReliability(top),
  intents: intents.map(({ intent, named, ...reliability }) => ({
    intent,
    named,
    words: namedWords(named),
    ...toReliability(reliability),
  })),
});

export const toIntents = ({ learning, trainedAt, sql }: IntentsAnswer): IntentsWire => ({
  basis: learning.model === null ? 'rules' : 'learned',
  because: learning.because,
  words: learningWords(learning),
  answers: learning.answers,
  listeners: learning.listeners,
  without_probability: learning.withoutProbability,
  without_session: learning.withoutSession,
  trained_at: trainedAt === null ? null : toTime(trainedAt),
  calibration:
    learning.calibration === null
      ? null
      : {
          rules: toCalibration(learning.calibration.rules),
          learned: toCalibration(learning.calibration.learned),
        },
  sql,
});
