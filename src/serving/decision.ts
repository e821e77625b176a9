/** One decision: from shelf plans to the slate event that is put on record before anyone sees it. */

import {
  DAYPARTS,
  type Daypart,
  DEVICES,
  type Device,
  type EpochMs,
  type EventId,
  type EventOf,
  type LocalTime,
  type SlateId,
  type Surface,
  type UserId,
} from '#domain';
import {
  type Candidate,
  type Claim,
  claimToRecord,
  composeSlate,
  explorationShare,
  type Facts,
  holds,
  renewClaim,
  UNLEARNED_READINESS,
} from '#policy';
import { keptIntents } from '#units';
import { type ActingArm, inputUnderArms, type ServingExperiments } from './acting-arms.ts';
import { BASES, type Basis } from './answers.ts';
import { compactInput } from './compact-input.ts';
import { factsOf } from './listener-facts.ts';
import type { SessionIntent } from './session-intent.ts';
import { currentPlans } from './shelves/current-plans.ts';
import type { PageContext, ShelfPlan } from './shelves/shelf-plan.ts';
import type { Taste } from './taste.ts';

/** Changes with every change of what a policy does with the same input. */
export const POLICY = 'band-epsilon-greedy/1';
const MAX_PER_ARTIST = 2;
const BAND_FACTOR = 3;

export interface DecisionRequest {
  readonly userId: UserId;
  readonly slateId: SlateId;
  readonly surface: Surface;
  readonly seed: string;
  readonly context: PageContext;
  readonly local: LocalTime;
  /** What the listener is believed to be up to. */
  readonly intent: SessionIntent;
  readonly plans: readonly ShelfPlan[];
  readonly artistGap?: number;
  readonly maxPerArtist?: number;
  /** Part of the listener's exploration that this slate spends, in [0, 1]; all of it by default. */
  readonly budget?: number;
  /** Zone of the request, to be remembered. */
  readonly timeZone?: string | undefined;
  readonly device?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly fallback: string | null;
  /** Told how many cards were placed. */
  readonly notices: (cards: number) => readonly string[];
  /** Of a weekly list. */
  readonly week?: EpochMs;
  /** Arms of the asking unit. */
  readonly arms: readonly ActingArm[];
  readonly cluster?: string | undefined;
}

export interface Decision {
  readonly slate: EventOf<'slate'>;
  /** Arms whose difference the listener meets with this slate. */
  readonly mattering: readonly ActingArm[];
}

/** What of a slate has no column of its own. */
export interface SlateExtra {
  readonly basis: Basis;
  readonly notices: readonly string[];
  /** Per row: why the shelf is short. */
  readonly short: readonly (string | null)[];
  readonly week_start?: EpochMs;
  /** Since when the listener is up to something else than when the session began. */
  readonly intent_since?: EpochMs;
  /** Experiments that this slate was decided by. */
  readonly experiments: readonly SlateExperiment[];
}

export interface SlateExperiment {
  readonly experiment: string;
  readonly arm: string;
}

/** Read back; of a slate that was made elsewhere what it says in the same form. */
export const extraOf = ({ extra }: Pick<EventOf<'slate'>, 'extra'>): SlateExtra => {
  const { basis, notices, short, experiments } = extra as { readonly [name in keyof SlateExtra]?: unknown };
  return {
    basis: BASES.find((known) => known === basis) ?? 'unknown',
    notices: listOf(notices).filter(isText),
    short: listOf(short).map((why) => (isText(why) ? why : null)),
    experiments: listOf(experiments).filter(isExperiment),
  };
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isText = (value: unknown): value is string => typeof value === 'string';
const isExperiment = (value: unknown): value is SlateExperiment => {
  const { experiment, arm } = (value ?? {}) as { readonly [name in keyof SlateExperiment]?: unknown };
  return isText(experiment) && isText(arm);
};

/** The decision as the event to record; `dropped` is told of each claim that did not hold. */
export const decide = (
  request: DecisionRequest,
  shelfValues: ServingExperiments['shelfValues'],
  dropped: () => void,
): Decision => {
  const { context, local, surface, intent } = request;
  const { taste, now } = context;
  // A page is planned in steps, and the listener may have done something between two of them.
  const later = taste.isCurrent ? null : factsOf(taste.anew(), now);
  const plans = later === null ? request.plans : currentPlans(request.plans, taste, later);
  const intents = keptIntents(intent.posterior);
  const { artistGap = 0, maxPerArtist = MAX_PER_ARTIST, budget = 1 } = request;
  const standard = { surface, plans, budget, bandFactor: BAND_FACTOR, maxPerArtist, artistGap };
  const { input, mattering } = inputUnderArms(standard, request.arms, explorationOf(taste, now), shelfValues);
  const composed = composeSlate(input, request.seed);
  const planOf = new Map(plans.map((plan) => [plan.input.shelf, plan]));
  const cards = composed.shelves.flatMap((shelf) => {
    const { claimOf } = planOf.get(shelf.input.shelf)!;
    return shelf.cards.map(({ candidate, shelf: name, row, slot, propensity, explored }) => {
      const made = claimOf(taste.catalogue.place(candidate.itemId));
      const claim = made === null ? null : checkedClaim(made, candidate, { facts: context.facts, later });
      if (made !== null && claim === null) dropped();
      const { itemId, score, source, stage } = candidate;
      const record = claim === null ? null : claimToRecord(claim);
      return { shelf: name, row, slot, itemId, score, propensity, explored, source, stage, claim: record };
    });
  });
  const extra: SlateExtra = {
    basis: basisOf(taste),
    notices: request.notices(cards.length),
    short: composed.shelves.map((shelf) => shelf.shortBecause),
    ...(request.week === undefined ? {} : { week_start: request.week }),
    ...(intent.since === null ? {} : { intent_since: intent.since }),
    experiments: mattering.map(({ experiment, arm }) => ({ experiment, arm })),
  };
  const slate: EventOf<'slate'> = {
    kind: 'slate',
    eventId: request.slateId as string as EventId,
    userId: request.userId,
    at: now,
    receivedAt: now,
    ...placeOf(request),
    ...(isDevice(request.device) ? { device: request.device } : {}),
    ...(request.sessionId === undefined ? {} : { sessionId: request.sessionId }),
    slateId: request.slateId,
    surface: request.surface,
    context: { daypart: context.daypart, localHour: local.hour, localWeekday: local.weekday, intents },
    policy: POLICY,
    model: taste.learned?.bundle.version ?? 'none',
    seed: request.seed,
    exploration: input.exploration,
    logPropensity: composed.logPropensity,
    fallback: request.fallback,
    shelves: composed.shelves.map(({ input: { shelf, need, title, asked } }) => ({ shelf, need, title, asked })),
    cards,
    candidates: compactInput(input, (stage) => taste.learned?.retrievalOf(stage)),
    filtered: taste.leftOut(),
    extra: { ...extra },
  };
  return { slate, mattering };
};

/** Share of slots meant for exploration for this listener now. */
export const explorationOf = (taste: Taste, now: EpochMs): number => {
  const readiness = taste.learned?.bundle.readiness ?? UNLEARNED_READINESS;
  return explorationShare(taste.breadth, readiness, taste.listener.rejections(now));
};

/** What an answer for this listener rests on. */
export const basisOf = (taste: Taste): Basis => {
  if (taste.learned === null) return 'untrained';
  return taste.ranker(0) === null ? 'popularity_only' : taste.learned.bundle.basis;
};

/** Why less than listeners alike answered; null when nothing was missing. */
export const fallbackOf = (taste: Taste): string | null => {
  const basis = basisOf(taste);
  if (basis === 'collaborative') return null;
  return taste.learned !== null && taste.listener.isUnknown ? 'cold_start' : basis;
};

export const daypartName = (index: number): Daypart => DAYPARTS[index]!;

/** Checked when served, by the predicate of its kind and not by what made it; with what came `later` by the numbers of then. */
const checkedClaim = (
  claim: Claim,
  candidate: Candidate,
  { facts, later }: { readonly facts: Facts; readonly later: Facts | null },
): Claim | null => {
  if (later !== null) return renewClaim(claim, candidate, later);
  return holds(claim, candidate, facts) ? claim : null;
};

const placeOf = ({ timeZone, context }: DecisionRequest) => {
  const { place } = context.taste.listener;
  const zone = timeZone ?? place.timeZone;
  if (zone !== undefined) return { timeZone: zone };
  return place.utcOffsetMin === undefined ? {} : { utcOffsetMin: place.utcOffsetMin };
};

export const isDevice = (device: string | undefined): device is Device => DEVICES.includes(device as Device);
