/** Click models by name, and how well they tell clicks they have not seen. */

import { countChain } from './chain-counts.ts';
import { fitChain, predictChain, startChain } from './chain-em.ts';
import { CHAIN_KINDS, type ChainKind, type ChainParameters } from './chain-kinds.ts';
import { type ClickSessions, checkSessions, type EmOptions, type EmReport } from './click-sessions.ts';
import { type ExaminationFit, fitExamination } from './examination-em.ts';
import { countRows } from './examination-rows.ts';

export const CLICK_MODELS = ['pbm', 'ubm', 'cascade', 'dcm', 'ccm', 'dbn', 'sdbn'] as const;
export type ClickModelName = (typeof CLICK_MODELS)[number];

export interface ClickModel {
  readonly name: ClickModelName;
  /** α by item. */
  readonly attraction: Float64Array;
  /** Of pbm (by slot) and ubm (by slot · (slots + 1) + 1 + slot of the last click above, −1 for none). */
  readonly examination: ExaminationFit | undefined;
  /** Of the chain models. */
  readonly chain: ChainParameters | undefined;
  readonly em: EmReport;
  /** Whether, and in what, the log leaves the parameters open; empty when it does not. */
  readonly warnings: readonly string[];
  /** P(click at each slot | the clicks above it), in (0, 1). */
  predict(items: ArrayLike<number>, clicks: ArrayLike<number>): Float64Array;
}

export interface ClickModelOptions extends EmOptions {
  /** Counts instead of maximum likelihood, for cascade, dcm and sdbn; as they were published. */
  readonly byCounting?: boolean;
}

const COUNTED: EmReport = { converged: true, sweeps: 0, logLikelihood: [] };

/**
 * Fits the position-based model (pbm), user browsing (ubm), cascade, dependent click (dcm), click chain (ccm), dynamic
 * Bayesian (dbn) or simplified dynamic Bayesian model (sdbn) [Chuklin2015, chapter 3] by maximum likelihood. A session
 * without a click counts as one whose end is hidden, not as one that was read to the end and clicked.
 * @throws {RangeError} for sessions that do not hold together, and counting where there is nothing to count.
 */
export const fitClickModel = (
  name: ClickModelName,
  sessions: ClickSessions,
  options: ClickModelOptions = {},
): ClickModel => {
  checkSessions(sessions);
  return name === 'pbm' || name === 'ubm' ? fitPlaces(name, sessions, options) : fitList(name, sessions, options);
};

const fitPlaces = (name: 'pbm' | 'ubm', sessions: ClickSessions, options: EmOptions): ClickModel => {
  const { slots, clicks } = sessions;
  const cellFrom = (slot: number, last: number): number => (name === 'pbm' ? slot : slot * (slots + 1) + 1 + last);
  const rows = countRows(sessions, name === 'pbm' ? slots : slots * (slots + 1), (session, slot) =>
    cellFrom(slot, lastClick(clicks.subarray(session * slots, session * slots + slot))),
  );
  const fitted = fitExamination(rows, options);
  const predict = (items: ArrayLike<number>, own: ArrayLike<number>): Float64Array => {
    let last = -1;
    return Float64Array.from({ length: slots }, (_, slot) => {
      const probability = fitted.examination[cellFrom(slot, last)]! * fitted.attraction[items[slot]!]!;
      if (own[slot] === 1) last = slot;
      return probability;
    });
  };
  const warnings = fitted.identifiability.ok ? [] : [fitted.identifiability.sentence];
  const { attraction, em } = fitted;
  return { name, attraction, examination: fitted, chain: undefined, em, warnings, predict };
};

const lastClick = (above: Uint8Array): number => above.lastIndexOf(1);

const fitList = (name: ClickModelName, sessions: ClickSessions, options: ClickModelOptions): ClickModel => {
  const kind = CHAIN_KINDS.find((one) => one.name === name)!;
  const chain = startChain(sessions);
  const em = learnChain(kind, sessions, chain, options);
  const predict = (items: ArrayLike<number>, clicks: ArrayLike<number>): Float64Array => {
    const probabilities = new Float64Array(sessions.slots);
    predictChain(kind, chain, items, clicks, probabilities);
    return probabilities;
  };
  const warnings = name === 'cascade' ? contradictions(sessions) : [];
  return { name, attraction: chain.attraction, examination: undefined, chain, em, warnings, predict };
};

const learnChain = (
  kind: ChainKind,
  sessions: ClickSessions,
  chain: ChainParameters,
  options: ClickModelOptions,
): EmReport => {
  if (options.byCounting !== true) return fitChain(kind, sessions, chain, options);
  if (kind.name !== 'cascade' && kind.name !== 'dcm' && kind.name !== 'sdbn') {
    throw new RangeError(`${kind.name} by counting: expected cascade, dcm or sdbn`);
  }
  countChain(kind.name, sessions, chain);
  return COUNTED;
};

const contradictions = ({ size, slots, clicks }: ClickSessions): readonly string[] => {
  let several = 0;
  for (let session = 0; session < size; session++) {
    const own = clicks.subarray(session * slots, (session + 1) * slots);
    if (own.indexOf(1) !== own.lastIndexOf(1)) several++;
  }
  if (several === 0) return [];
  return [`${several} of ${size} sessions have more than one click, which the cascade model holds to be impossible.`];
};

export interface Perplexity {
  readonly bySlot: Float64Array;
  /** Mean over slots. */
  readonly mean: number;
}

/** Least probability a prediction counts as, for what a model holds impossible. */
const LEAST = 1e-6;

/**
 * 2^(−mean log2 P(what happened | the clicks above)) at each slot [Chuklin2015, section 4.2]: 1 is certainty, 2 a coin.
 * Give it sessions the model was not fitted on. NaN without sessions.
 */
export const clickPerplexity = (model: ClickModel, { size, slots, items, clicks }: ClickSessions): Perplexity => {
  const logs = new Float64Array(slots);
  for (let session = 0; session < size; session++) {
    const own = clicks.subarray(session * slots, (session + 1) * slots);
    const probabilities = model.predict(items.subarray(session * slots, (session + 1) * slots), own);
    for (let slot = 0; slot < slots; slot++) {
      const happened = own[slot] === 1 ? probabilities[slot]! : 1 - probabilities[slot]!;
      logs[slot]! += Math.log2(Math.min(1, Math.max(LEAST, happened)));
    }
  }
  const bySlot = logs.map((sum) => 2 ** (-sum / size));
  return { bySlot, mean: bySlot.reduce((sum, value) => sum + value, 0) / slots };
};
