/** What the claim tests share: worlds lived under policies, and estimates over worlds. */

import { DAY_MS, type Estimate, type ListenerEvent } from '#domain';
import {
  daysOf,
  type PolicyName,
  perListener,
  presetWorld,
  type RunCounts,
  ShardRun,
  type SlateRequest,
  type TruthSink,
} from '#simulation';
import { Moments, meanEstimate } from '#stats';

/** The full version: four times as many worlds, twice the listeners. `RITORNELLO_SLOW=1 npx vitest run --project simulation` */
// biome-ignore lint/style/noProcessEnv: tests have no configuration of their own.
export const IS_FULL: boolean = process.env['RITORNELLO_SLOW'] === '1';

const START = Date.UTC(2026, 0, 5);

export interface ClaimRun {
  readonly run: ShardRun;
  readonly counts: RunCounts & { readonly shown: Uint32Array };
}

export interface ClaimRunOptions {
  readonly world: string;
  readonly policy: PolicyName;
  readonly seed: number;
  readonly listeners: number;
  readonly days: number;
  readonly onEvent?: (event: ListenerEvent) => void;
  readonly onRequest?: (request: SlateRequest) => void;
  readonly truth?: TruthSink;
}

/** A world about to live under a policy. */
export const begin = ({ world, policy, seed, listeners, days, onEvent, onRequest, truth }: ClaimRunOptions) => {
  const preset = presetWorld(world);
  if (preset === null) throw new Error(`no preset ${world}`);
  const rules = { ...preset.rules, 'listeners.count': IS_FULL ? 2 * listeners : listeners };
  const document = { ...preset, seed: `${world}/${seed}`, rules };
  const stretch = { start: START, until: START + days * DAY_MS, prefix: 'claim' };
  const run = new ShardRun({
    document,
    stretch,
    policy,
    first: 0,
    end: rules['listeners.count'],
    lines: false,
    watch: { ...(onEvent && { event: onEvent }), ...(onRequest && { request: onRequest }), ...(truth && { truth }) },
  });
  return { run, stretch, document };
};

export const live = (options: ClaimRunOptions): ClaimRun => {
  const { run, stretch } = begin(options);
  const { first, last } = daysOf(stretch);
  for (let day = first; day <= last; day++) {
    const { listens, counted } = run.liveDay(day);
    run.endDay(day, listens, counted);
  }
  return { run, counts: run.toCounts() };
};

const FIRST_FRESH_SEED = 9001;
const SEEDS_A_TRIAL = 100;

/**
 * Seeds of the worlds of a claim. Worlds, policies, measures and margins were settled in worlds of lower seeds. A claim that
 * had to be mended was mended there, and is tried in worlds that come after those in which it failed.
 */
export const seeds = (small: number, failedTrials = 0): readonly number[] =>
  Array.from({ length: IS_FULL ? 4 * small : small }, (_, n) => FIRST_FRESH_SEED + SEEDS_A_TRIAL * failedTrials + n);

/** Mean over worlds with a 95 % t interval: each value is one world's. */
export const overWorlds = (values: readonly number[]): Estimate => meanEstimate(Moments.of(values));

export const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]!;
  return sum / values.length;
};

/** Per listener and week, weeks `[from, to)`. */
export const rate = (
  counts: RunCounts,
  metric: Parameters<typeof perListener>[1],
  from = 0,
  to: number = counts.weeks,
): number => meanOf(perListener(counts, metric, from, to)) / (to - from);

export const bounds = (
  estimate: Estimate,
): { readonly value: number; readonly lower: number; readonly upper: number } => {
  if (!estimate.ok) throw new Error(estimate.reason);
  return { value: estimate.value, ...estimate.interval };
};

/** Truth of one kind, the others ignored. */
export const only = (sink: Partial<TruthSink>): TruthSink => ({
  play: () => undefined,
  session: () => undefined,
  examination: () => undefined,
  day: () => undefined,
  ...sink,
});
