/** The compass on the wire. */

import type { CompassWire } from '#api';
import { toTimeOrNull } from '#wire';
import type { CompassAnswer } from '../engine.ts';
import { toEstimate } from './metrics.ts';

type CardWire = CompassWire['cards'][number];
type Card = NonNullable<CompassAnswer>['overview']['cards'][number];

const toCard = (card: Card): CardWire => ({
  metric: card.metric,
  sensitivity: toEstimate(card.sensitivity),
  mean_absolute_z: card.meanAbsoluteZ,
  false_alarms: toEstimate(card.falseAlarms),
  direction_agreement: toEstimate(card.directionAgreement),
  latency_days: card.latencyDays,
  slope: toEstimate(card.slope),
  plain_slope: card.plainSlope,
  surrogacy: toEstimate(card.surrogacy),
  beats_direct_below: card.beatsDirectBelow.ok
    ? { units: card.beatsDirectBelow.units, reason: null }
    : { units: null, reason: card.beatsDirectBelow.reason },
  drift: card.drift.ok ? { difference: toEstimate(card.drift.difference), moved: card.drift.moved } : null,
  flags: card.flags.map((flag) => ({
    kind: flag.kind,
    experiments: flag.kind === 'up_while_outcome_down' ? [...flag.experiments] : [],
  })),
});

const EMPTY: CompassWire = {
  corpus: null,
  noise: 'taken for independent',
  outcome: '',
  quick: '',
  cards: [],
  matrix: [],
  proxies: [],
  sizes: [],
  disagreements: [],
  validation: [],
};

export const toCompass = (answer: CompassAnswer): CompassWire => {
  if (answer === null) return EMPTY;
  const { overview, savedAt, archived, leftOut } = answer;
  return {
    corpus: {
      experiments: overview.experiments,
      aa: overview.aa,
      metrics: [...overview.metrics],
      saved_at: toTimeOrNull(savedAt),
      archived,
      left_out: leftOut.map((one) => ({ ...one })),
    },
    noise: overview.noise,
    outcome: overview.outcome,
    quick: overview.quick,
    cards: overview.cards.map(toCard),
    matrix: overview.matrix.map((cell) => ({
      metric: cell.metric,
      intent: cell.intent,
      n: cell.n,
      slope: toEstimate(cell.slope),
      surrogacy: toEstimate(cell.surrogacy),
    })),
    proxies: [...overview.proxies],
    sizes: overview.sizes.map(({ n, shares, correlation, direct }) => ({
      n,
      shares: shares && [...shares],
      correlation,
      direct,
    })),
    disagreements: overview.disagreements.map(({ experiment, z, worse, mean }) => ({
      experiment,
      z,
      probability_worse: worse,
      expected_effect: mean,
    })),
    validation: overview.validation.map(({ metric, validation: { experiments, ...shares } }) => ({
      metric,
      experiments,
      agreement: toEstimate(shares.agreement),
      recall: toEstimate(shares.recall),
      precision: toEstimate(shares.precision),
      contradictions: toEstimate(shares.contradictions),
    })),
  };
};
