/** Arms of running experiments that act on a slate: what they set, and whether it made a difference. */

import type { ArmPolicy, Device, EpochMs, EventId, EventOf, Surface, UserId } from '#domain';
import type { PolicyInput } from '#policy';
import type { ShelfPlan } from './shelves/shelf-plan.ts';

/** Who asks for a slate, where and when. */
export interface Asking {
  readonly userId: UserId;
  readonly at: EpochMs;
  readonly surface: Surface;
  readonly device?: Device;
  readonly sessionId?: string;
  /** Value of the attribute that units of an experiment are clustered by. */
  readonly cluster?: string;
}

/** The arm of the asking unit in one experiment. */
export interface ActingArm {
  readonly experiment: string;
  readonly arm: string;
  readonly unit: string;
  readonly policy: ArmPolicy;
  /** Policies of the experiment's other arms. */
  readonly others: readonly ArmPolicy[];
}

/** Mean value of a shelf's cards by one definition of success, drawn towards the mean of all shelves. */
export interface ShelfValues {
  readonly mean: number;
  /** By kind of shelf: the name before the colon. */
  readonly of: ReadonlyMap<string, number>;
}

export interface ServingExperiments {
  /** Of experiments that run now and whose arms are policies; empty for who takes part in none. */
  arms(asking: Asking): readonly ActingArm[];
  /** Undefined while nothing has been learned of the definition. */
  shelfValues(definition: string): ShelfValues | undefined;
}

export const NO_EXPERIMENTS: ServingExperiments = { arms: () => [], shelfValues: () => undefined };

/** Cards of one artist under the arms. */
export const maxPerArtistUnder = (arms: readonly ActingArm[], standard: number): number =>
  policyOf(arms.map(({ policy }) => policy)).per_artist ?? standard;

/** The later of two arms that set the same. */
const policyOf = (policies: readonly ArmPolicy[]): ArmPolicy => Object.assign({}, ...policies) as ArmPolicy;

/** Differs when another unit or another arm would be served: then a page that stands is not theirs. */
export const signatureOf = (arms: readonly ActingArm[]): string =>
  arms.map(({ experiment, arm, unit }) => `${experiment}/${arm}/${unit}`).join(' ');

/** What serving would do without experiments. */
export interface Standard {
  readonly surface: Surface;
  readonly plans: readonly ShelfPlan[];
  /** Part of the listener's exploration that this slate spends. */
  readonly budget: number;
  readonly bandFactor: number;
  readonly maxPerArtist: number;
  readonly artistGap: number;
}

/**
 * The input of the policy under the arms, and those of them that matter here: another arm of the same experiment would
 * have decided otherwise, so the unit now meets the difference. O(arms · shelves).
 */
export const inputUnderArms = (
  standard: Standard,
  arms: readonly ActingArm[],
  /** Share of slots meant for exploration for this listener now. */
  own: number,
  values: ServingExperiments['shelfValues'],
): { readonly input: PolicyInput; readonly mattering: readonly ActingArm[] } => {
  const inputOf = (policies: readonly ArmPolicy[]): PolicyInput => inputFor(standard, policyOf(policies), own, values);
  const policies = arms.map(({ policy }) => policy);
  const input = inputOf(policies);
  const decision = decisionOf(input);
  const mattering = arms.filter(({ others }, place) =>
    others.some((other) => decisionOf(inputOf(policies.with(place, other))) !== decision),
  );
  return { input, mattering };
};

const inputFor = (
  { surface, plans, budget, ...standard }: Standard,
  policy: ArmPolicy,
  own: number,
  values: ServingExperiments['shelfValues'],
): PolicyInput => {
  // Who has turned down enough for now gets nothing new, in any arm.
  const share = own === 0 ? 0 : (shareOf(policy) ?? own);
  const learned = surface === 'home' && policy.reward !== undefined ? values(policy.reward) : undefined;
  const shelves = plans.map((plan) => plan.input);
  return {
    shelves: learned === undefined ? shelves : byValue(shelves, learned),
    exploration: budget * share,
    bandFactor: policy.band ?? standard.bandFactor,
    maxPerArtist: policy.per_artist ?? standard.maxPerArtist,
    artistGap: policy.artist_gap ?? standard.artistGap,
  };
};

const shareOf = ({ name, exploration }: ArmPolicy): number | undefined => {
  if (name === 'greedy') return 0;
  return name === 'uniform-band' ? 1 : exploration;
};

/** Best first; equal shelves as the page has them. */
const byValue = (shelves: PolicyInput['shelves'], { mean, of }: ShelfValues): PolicyInput['shelves'] => {
  const worth = ({ shelf }: PolicyInput['shelves'][number]): number => of.get(shelf.split(':', 1)[0]!) ?? mean;
  return shelves.toSorted((a, b) => worth(b) - worth(a));
};

/** The band is not looked at where nothing is explored. */
const decisionOf = ({ shelves, exploration, bandFactor, maxPerArtist, artistGap }: PolicyInput): string =>
  JSON.stringify([
    shelves.map(({ shelf }) => shelf),
    exploration,
    exploration === 0 ? 0 : bandFactor,
    maxPerArtist,
    artistGap,
  ]);

/** Once a unit: the event's id names it, so that repeating counts once. */
export const exposureOf = (
  asking: Omit<Asking, 'surface' | 'cluster'>,
  { experiment, arm, unit }: Pick<ActingArm, 'experiment' | 'arm' | 'unit'>,
): EventOf<'assignment'> => ({
  kind: 'assignment',
  eventId: exposureId(experiment, unit),
  userId: asking.userId,
  at: asking.at,
  receivedAt: asking.at,
  ...(asking.device !== undefined && { device: asking.device }),
  ...(asking.sessionId !== undefined && {
    sessionId: asking.sessionId as NonNullable<EventOf<'assignment'>['sessionId']>,
  }),
  experiment,
  arm,
  exposed: true,
  extra: { unit },
});

/** A unit of a cluster is met by many users; event ids are of a user, so each is logged once. */
const exposureId = (experiment: string, unit: string): EventId =>
  `exposure:${experiment}:${unit}`.slice(0, 200) as EventId;
