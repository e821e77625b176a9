/**
 * Off-policy estimators against the true value of a policy. In each world one policy writes a log, the estimators judge
 * another one from it, and the other one then lives in the same world, with the same people: its value there is the truth.
 */

import { EngineError, type Estimate, type EventOf, type ListenerEvent } from '#domain';
import { evaluatePolicy, type PolicyReport, toPolicyRounds } from '#evaluation';
import { createRng } from '#math';
import { perListener, type WorldDocument } from '#simulation';
import { Moments, meanEstimate, PairMoments, proportionEstimate, ratioEstimate } from '#stats';
import { type SimulateOptions, simulate } from '../simulate.ts';

export interface EstimatorsOptions extends Pick<SimulateOptions, 'days' | 'start' | 'signal'> {
  readonly document: WorldDocument;
  /** Who writes the log, and who is judged: click policies, `EXPLORATION`. */
  readonly logged: string;
  readonly judged: string;
  /** Number of worlds; their seeds are the document's with a number. */
  readonly seeds: number;
  readonly onDay?: (done: number, total: number) => void;
}

export interface ScoredEstimator {
  readonly name: string;
  readonly title: string;
  /** Mean over worlds of estimate minus truth. */
  readonly bias: Estimate;
  /** Root of the mean square of estimate minus truth; null when an estimate is missing in a world. */
  readonly rmse: number | null;
  /** Share of worlds in which the 95 % interval of estimate minus truth, by the errors of both, holds zero. */
  readonly coverage: Estimate;
}

export interface EstimatorsScore {
  readonly seeds: number;
  /** Home pages of a log, mean over worlds, and what they are worth as pages of the judged policy. */
  readonly pages: number;
  readonly effectivePages: number;
  /** Share of pages on which something was chosen, mean over worlds. */
  readonly loggedValue: Estimate;
  readonly truth: Estimate;
  /** `logged`: the log's own value taken for the judged policy's. */
  readonly estimators: readonly ScoredEstimator[];
  /** Worlds by what the product says of its estimate, and the sentence of the worst of them. */
  readonly trust: Readonly<Record<'yes' | 'careful' | 'no', number>>;
  readonly trustSentence: string;
}

/** Share of slots that each explores. They differ in nothing else, so the log tells what another would have done. */
export const EXPLORATION: Readonly<Record<string, number>> = { click_only: 0, click_greedy: 0.05, click_explore: 0.1 };

const RESAMPLES = 500;
const Z = 1.959963984540054;

interface Point {
  readonly value: number;
  /** Its squared standard error. */
  readonly variance: number;
}

/** @throws {EngineError} invalid_request for policies that the log of one another tells nothing of. */
export const scoreEstimators = async (options: EstimatorsOptions): Promise<EstimatorsScore> => {
  const { document, days, start, logged, judged, seeds, signal, onDay = () => undefined } = options;
  checkPolicies(logged, judged);
  const reports: PolicyReport[] = [];
  const truths: Point[] = [];
  for (let n = 0; n < seeds; n++) {
    const common = { document: { ...document, seed: `${document.seed}/${n + 1}` }, days, start, signal, shards: 1 };
    const told = (run: number) => (done: number, total: number) =>
      onDay((2 * n + run) * total + done, 2 * seeds * total);
    const log = new PageLog(EXPLORATION[logged]!, EXPLORATION[judged]!);
    await simulate({ ...common, policy: logged, folder: null, watch: log, onDay: told(0) });
    const lived = await simulate({ ...common, policy: judged, folder: null, onDay: told(1) });
    reports.push(log.report(`${document.seed}/${n + 1}`));
    truths.push(pointOf(chosenShare(lived.counts)));
  }
  return scoreOf(reports, truths);
};

const checkPolicies = (logged: string, judged: string): void => {
  const refuse = (field: string, reason: string): never => {
    throw new EngineError('invalid_request', 'these policies cannot be held against each other', {
      fields: [{ field, reason }],
    });
  };
  const names = Object.keys(EXPLORATION).join(', ');
  for (const [field, name] of Object.entries({ logged, judged })) {
    if (EXPLORATION[name] === undefined) {
      refuse(
        field,
        `${JSON.stringify(name)}: expected one of ${names}, whose logs tell what the others would have done`,
      );
    }
  }
  if (logged === judged) refuse('judged', `the same as logged: expected another of ${names}`);
  if (EXPLORATION[logged] === 0) {
    refuse(
      'logged',
      `${logged} explores nothing, so its log tells nothing of others: expected click_greedy or click_explore`,
    );
  }
};

/** Home pages of a run, with how much likelier the judged policy would have made each. */
class PageLog {
  readonly #logged: number;
  readonly #judged: number;
  readonly #pages = new Map<string, { readonly logged: number; readonly judged: number; chosen: boolean }>();

  constructor(logged: number, judged: number) {
    this.#logged = logged;
    this.#judged = judged;
  }

  readonly event = (event: ListenerEvent): void => {
    if (event.kind === 'slate' && event.surface === 'home') {
      this.#pages.set(event.slateId, { ...this.#probabilities(event), chosen: false });
    } else if (event.kind === 'play' && event.slateId !== undefined) {
      const page = this.#pages.get(event.slateId);
      if (page !== undefined) page.chosen = true;
    }
  };

  report(seed: string): PolicyReport {
    const pages = [...this.#pages.values()];
    const rounds = toPolicyRounds({
      rewards: Float64Array.from(pages, ({ chosen }) => Number(chosen)),
      loggedProbabilities: Float64Array.from(pages, ({ logged }) => logged),
      targetProbabilities: Float64Array.from(pages, ({ judged }) => judged),
    });
    return evaluatePolicy(rounds, createRng(seed).derive('estimators'), { resamples: RESAMPLES, rewardRange: [0, 1] });
  }

  /** Slot by slot: a share is drawn evenly from what is left, the others are the best of it. */
  #probabilities({ cards }: EventOf<'slate'>): { readonly logged: number; readonly judged: number } {
    let logged = 1;
    let judged = 1;
    const ratio = this.#judged / this.#logged;
    for (const { propensity, explored } of cards) {
      logged *= propensity;
      judged *= explored ? propensity * ratio : 1 - this.#judged + (propensity - 1 + this.#logged) * ratio;
    }
    return { logged, judged };
  }
}

const chosenShare = (counts: Parameters<typeof perListener>[0]): Estimate => {
  const pairs = new PairMoments();
  const clicks = perListener(counts, 'clicks');
  const pages = perListener(counts, 'slates');
  for (let n = 0; n < pages.length; n++) pairs.add(pages[n]!, clicks[n]!);
  return ratioEstimate(pairs);
};

/** Value and squared standard error, from half of a 95 % interval. */
const pointOf = (estimate: Estimate): Point => {
  if (!estimate.ok) return { value: Number.NaN, variance: Number.NaN };
  const half = (estimate.interval.upper - estimate.interval.lower) / 2;
  return { value: estimate.value, variance: (half / Z) ** 2 };
};

const scoreOf = (reports: readonly PolicyReport[], truths: readonly Point[]): EstimatorsScore => {
  const [first] = reports;
  const own = (first?.estimates ?? []).map(({ name, title }, place) =>
    scoreEstimator(
      name,
      title,
      reports.map(({ estimates }) => pointOf(estimates[place]!.bootstrap)),
      truths,
    ),
  );
  const naive = scoreEstimator(
    'logged',
    'the log’s own value',
    reports.map(({ logged }) => pointOf(logged)),
    truths,
  );
  const count = (level: 'yes' | 'careful' | 'no'): number =>
    reports.filter(({ trust }) => trust.level === level).length;
  const worst = (['no', 'careful', 'yes'] as const).find((level) => count(level) > 0);
  return {
    seeds: reports.length,
    pages: Moments.of(reports.map(({ n }) => n)).mean,
    effectivePages: Moments.of(reports.map(({ diagnostics }) => diagnostics.effectiveSize)).mean,
    loggedValue: meanEstimate(Moments.of(reports.map(({ logged }) => pointOf(logged).value))),
    truth: meanEstimate(Moments.of(truths.map(({ value }) => value))),
    estimators: [naive, ...own],
    trust: { yes: count('yes'), careful: count('careful'), no: count('no') },
    trustSentence: reports.find(({ trust }) => trust.level === worst)?.trust.sentence ?? '',
  };
};

const scoreEstimator = (
  name: string,
  title: string,
  points: readonly Point[],
  truths: readonly Point[],
): ScoredEstimator => {
  const errors = points.map(({ value }, n) => value - truths[n]!.value);
  if (errors.some(Number.isNaN)) {
    const unknown = { ok: false, reason: 'unknown_in_a_world' } as const;
    return { name, title, bias: unknown, rmse: null, coverage: unknown };
  }
  const covered = errors.filter(
    (error, n) => Math.abs(error) <= Z * Math.sqrt(points[n]!.variance + truths[n]!.variance),
  ).length;
  return {
    name,
    title,
    bias: meanEstimate(Moments.of(errors)),
    rmse: Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length),
    coverage: proportionEstimate(covered, errors.length),
  };
};
