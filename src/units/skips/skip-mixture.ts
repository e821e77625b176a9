/** The meaning of skips as a latent class: a mixture of four kinds, learned without labels by EM. */

import {
  ALL_SKIP_FIELDS,
  SKIP_FIELDS,
  SKIP_KINDS,
  type SkipEvidence,
  type SkipField,
  type SkipKind,
} from './skip-evidence.ts';
import { SKIP_PRIOR, type SkipMixture } from './skip-priors.ts';

/** Probabilities by kind; they sum to 1. */
export type SkipPosterior = Readonly<Record<SkipKind, number>>;

export interface FitSkipsOptions {
  /** Fields that are looked at; all unless given. */
  readonly fields?: readonly SkipField[];
  /** Skips that the prior beliefs are worth, in each kind: what keeps the kinds from trading places. */
  readonly priorSkips?: number;
  readonly epochs?: number;
  readonly prior?: SkipMixture;
}

export interface FittedSkips {
  readonly mixture: SkipMixture;
  /** Mean log-likelihood a skip with the prior, one an epoch; it never falls. */
  readonly trace: readonly number[];
}

const DEFAULTS = { priorSkips: 100, epochs: 60 };
const TOLERANCE = 1e-9;

/** log P(kind) + Σ log P(value | kind) over the fields that are known. */
const logJoint = (evidence: SkipEvidence, { shares, tables }: SkipMixture, fields: readonly SkipField[]): number[] =>
  SKIP_KINDS.map((_, kind) => {
    let sum = Math.log(shares[kind] ?? 0);
    for (const field of fields) {
      const value = evidence[field];
      if (value === null) continue;
      sum += Math.log(tables[field][kind]?.[valuePlace(field, value)] ?? 0);
    }
    return sum;
  });

const valuePlace = (field: SkipField, value: string): number =>
  (SKIP_FIELDS[field] as readonly string[]).indexOf(value);

const logSum = (logs: readonly number[]): number => {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
};

/** What a skip meant, by what is known of it; with nothing known, the shares of the kinds. */
export const skipPosterior = (
  evidence: SkipEvidence,
  mixture: SkipMixture = SKIP_PRIOR,
  fields: readonly SkipField[] = ALL_SKIP_FIELDS,
): SkipPosterior => {
  const logs = logJoint(evidence, mixture, fields);
  const all = logSum(logs);
  return Object.fromEntries(SKIP_KINDS.map((kind, n) => [kind, Math.exp((logs[n] ?? 0) - all)])) as SkipPosterior;
};

/** The most probable kind; of equals the first of SKIP_KINDS. */
export const likeliestKind = (posterior: SkipPosterior): SkipKind => {
  let best: SkipKind = SKIP_KINDS[0];
  for (const kind of SKIP_KINDS) if (posterior[kind] > posterior[best]) best = kind;
  return best;
};

/**
 * EM [Dempster1977] with Dirichlet priors centred on `prior`: the penalised likelihood never falls. Stops when it rises
 * by less than 1e-9 a skip. Without skips the prior comes back. O(epochs · skips · fields).
 */
export const fitSkips = (skips: readonly SkipEvidence[], options: FitSkipsOptions = {}): FittedSkips => {
  const { fields = ALL_SKIP_FIELDS, priorSkips, epochs, prior = SKIP_PRIOR } = { ...DEFAULTS, ...options };
  const grouped = groupEqual(skips, fields);
  let mixture = prior;
  const trace: number[] = [];
  for (let epoch = 0; epoch < epochs && skips.length > 0; epoch++) {
    const { next, score } = emStep(grouped, mixture, prior, priorSkips, fields);
    trace.push(score / skips.length);
    const before = trace.at(-2);
    mixture = next;
    if (before !== undefined && (trace.at(-1) ?? 0) - before < TOLERANCE) break;
  }
  return { mixture, trace };
};

interface Group {
  readonly evidence: SkipEvidence;
  count: number;
}

/** Skips of equal evidence once, with their number: there are few kinds of evidence and many skips. */
const groupEqual = (skips: readonly SkipEvidence[], fields: readonly SkipField[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const evidence of skips) {
    const key = fields.map((field) => evidence[field] ?? '').join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { evidence, count: 1 });
    else group.count++;
  }
  return [...groups.values()];
};

const emStep = (
  groups: readonly Group[],
  mixture: SkipMixture,
  prior: SkipMixture,
  priorSkips: number,
  fields: readonly SkipField[],
): { readonly next: SkipMixture; readonly score: number } => {
  const shareCounts = prior.shares.map((share) => share * priorSkips);
  const tableCounts = Object.fromEntries(
    fields.map((field) => [field, prior.tables[field].map((row) => row.map((share) => share * priorSkips))]),
  ) as Partial<Record<SkipField, number[][]>>;
  let score = logPrior(mixture, prior, priorSkips, fields);
  for (const { evidence, count } of groups) {
    const logs = logJoint(evidence, mixture, fields);
    const all = logSum(logs);
    score += count * all;
    for (const [kind, log] of logs.entries()) {
      const expected = count * Math.exp(log - all);
      shareCounts[kind] = (shareCounts[kind] ?? 0) + expected;
      for (const field of fields) {
        const value = evidence[field];
        const row = tableCounts[field]?.[kind];
        if (value === null || row === undefined) continue;
        const place = valuePlace(field, value);
        row[place] = (row[place] ?? 0) + expected;
      }
    }
  }
  const tables = { ...prior.tables };
  for (const field of fields) tables[field] = (tableCounts[field] ?? []).map(toShares);
  return { next: { shares: toShares(shareCounts), tables }, score };
};

const logPrior = (mixture: SkipMixture, prior: SkipMixture, worth: number, fields: readonly SkipField[]): number => {
  const crossEntropy = (belief: readonly number[], now: readonly number[]): number =>
    belief.reduce((sum, share, n) => sum + worth * share * Math.log(now[n] ?? 0), 0);
  let sum = crossEntropy(prior.shares, mixture.shares);
  for (const field of fields) {
    for (const [kind, row] of prior.tables[field].entries()) {
      sum += crossEntropy(row, mixture.tables[field][kind] ?? []);
    }
  }
  return sum;
};

const toShares = (counts: readonly number[]): number[] => {
  const sum = counts.reduce((all, count) => all + count, 0);
  return counts.map((count) => count / sum);
};
