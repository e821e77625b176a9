/** A plain sentence about how far an off-policy estimate can be trusted. */

import type { PolicyDiagnostics } from './diagnostics.ts';

export interface Trust {
  /** `yes`; `careful`: look at the interval, not at the value; `no`: neither should be used. */
  readonly level: 'yes' | 'careful' | 'no';
  readonly sentence: string;
}

interface Doubt {
  readonly level: 'careful' | 'no';
  readonly holds: (of: PolicyDiagnostics) => boolean;
  readonly why: (of: PolicyDiagnostics) => string;
}

/** With commas, whatever the machine's language. */
const thousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
const whole = (value: number): string =>
  value < 10 && !Number.isInteger(value) ? value.toFixed(1) : thousands(Math.round(value));
const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const several = (count: number, what: string): string => `${whole(count)} ${what}${count === 1 ? '' : 's'}`;

/** Worst first; the bounds are conventions, chosen so that asymptotic intervals have something to be asymptotic in. */
const DOUBTS: readonly Doubt[] = [
  {
    level: 'no',
    holds: (of) => of.effectiveSize === 0,
    why: () => 'the log never did anything that the judged policy would do',
  },
  {
    level: 'no',
    holds: (of) => of.effectiveSize < 30,
    why: (of) => `its ${several(of.n, 'round')} are worth only ${whole(of.effectiveSize)} of the judged policy's own`,
  },
  {
    level: 'no',
    holds: ({ meanWeight }) => meanWeight.pValue !== undefined && meanWeight.pValue < 1e-4,
    why: ({ meanWeight }) =>
      `the weights have mean ${meanWeight.value.toFixed(3)} instead of 1, so the logged probabilities are wrong, or the log does not go where the judged policy goes`,
  },
  {
    level: 'no',
    holds: (of) => of.rewardedRounds === 0,
    why: () => 'no round that the judged policy would repeat was rewarded',
  },
  {
    level: 'no',
    holds: (of) => of.rewardedRounds > 0 && of.rewardedRounds < 10,
    why: (of) => `it rests on ${several(of.rewardedRounds, 'rewarded round')}`,
  },
  {
    level: 'careful',
    holds: (of) => of.largestShare > 0.05,
    why: (of) => `one round alone has ${percent(of.largestShare)} of the weight`,
  },
  {
    level: 'careful',
    holds: (of) => of.effectiveSize < 0.1 * of.n,
    why: (of) => `its ${several(of.n, 'round')} are worth ${whole(of.effectiveSize)} of the judged policy's own`,
  },
  {
    level: 'careful',
    holds: (of) => of.rewardedRounds < 100,
    why: (of) => `rewards are rare: it rests on ${several(of.rewardedRounds, 'rewarded round')}`,
  },
  {
    level: 'careful',
    holds: ({ meanWeight }) => meanWeight.pValue !== undefined && meanWeight.pValue < 0.01,
    why: ({ meanWeight }) => `the weights have mean ${meanWeight.value.toFixed(3)} instead of 1`,
  },
];

/** Says every doubt that holds, the worst first. What it cannot see: a reward model that is wrong, confounding by design. */
export const judgeTrust = (diagnostics: PolicyDiagnostics): Trust => {
  const doubts = DOUBTS.filter(({ holds }) => holds(diagnostics));
  const worst = doubts.filter(({ level }) => level === 'no');
  if (doubts.length === 0) {
    const worth = whole(diagnostics.effectiveSize);
    const sentence = `The log can carry this estimate: its ${several(diagnostics.n, 'round')} are worth ${worth} of the judged policy's own.`;
    return { level: 'yes', sentence };
  }
  if (worst.length > 0) {
    return { level: 'no', sentence: `Do not trust this estimate: ${reasons(worst, diagnostics)}.` };
  }
  return { level: 'careful', sentence: `Read the interval, not the value: ${reasons(doubts, diagnostics)}.` };
};

const reasons = (doubts: readonly Doubt[], diagnostics: PolicyDiagnostics): string =>
  doubts.map(({ why }) => why(diagnostics)).join('; ');
