/** What a listener is believed to be up to now, and since when. */

import { type Device, daypartOf, type EpochMs, INTENTS, localTime, type Place, type Surface } from '#domain';
import { argMax } from '#math';
import {
  deviceClassOf,
  type IntentEvidence,
  type IntentModel,
  type IntentPosterior,
  intentPosterior,
  type PlaySign,
  playLikelihoods,
  type SessionSoFar,
  signsOf,
} from '#units';
import { createIntentSwitch } from './intent-switch.ts';

export interface SessionIntent {
  readonly posterior: IntentPosterior;
  /** When the plays began that speak for something else than the session did before; null while it is of one piece. */
  readonly since: EpochMs | null;
}

/** Where and when a slate is asked for. */
export interface AskedMoment {
  readonly now: EpochMs;
  readonly surface: Surface;
  readonly device?: Device | undefined;
  readonly place: Place;
}

/**
 * What `createIntentSwitch` is given, tuned on simulated sessions of other seeds than those of the test. A learned model was
 * fitted to whole sessions and is too sure of single plays: more noise keeps one odd play from deciding.
 */
const BY_RULES = { hazard: 0.1, threshold: 0.8, noise: 0.02 };
const BY_MODEL = { hazard: 0.1, threshold: 0.95, noise: 0.1 };

/**
 * While a session runs, the posterior of its evidence so far, as sessions are counted in bulk; after a switch, that of the
 * plays since. Without a session that of the moment alone: the surface and device asked from, and the listener's clock.
 * O(remembered plays · intents · features).
 */
export const intentNow = (session: SessionSoFar, asked: AskedMoment, model: IntentModel | null): SessionIntent => {
  if (!session.isRunning(asked.now)) return { posterior: intentPosterior(momentOf(asked), model), since: null };
  const evidence = session.evidence(asked.place);
  const after = playsAfterSwitch(session.plays, evidence, model);
  if (after === null) return { posterior: intentPosterior(evidence, model), since: null };
  return { posterior: intentPosterior(evidenceOfPart(after, evidence), model), since: after[0]?.at ?? null };
};

/** Nothing has been played: what is left is where, when and on what. */
const momentOf = ({ now, surface, device, place }: AskedMoment): IntentEvidence => {
  const local = localTime(now, place);
  const name = device ?? '';
  return {
    surface,
    device: name,
    deviceClass: deviceClassOf(name),
    daypart: daypartOf(local.hour),
    weekday: local.weekday,
    ...signsOf([]),
    searched: false,
    sleepTimer: false,
    shuffled: false,
  };
};

/** What a part of a session shows by itself, in the moment of the session. */
const evidenceOfPart = (plays: readonly PlaySign[], session: IntentEvidence): IntentEvidence => ({
  ...session,
  ...signsOf(plays),
  surface: plays.at(-1)?.surface ?? session.surface,
  searched: plays[0]?.surface === 'search',
  shuffled: plays.filter(({ shuffled }) => shuffled).length * 2 > plays.length,
});

/**
 * The plays since the last switch of intent, null when there was none. A switch is noticed when another intent is believed
 * firmly; the part begins with the plays before that which already spoke for it.
 */
const playsAfterSwitch = (
  plays: readonly PlaySign[],
  evidence: IntentEvidence,
  model: IntentModel | null,
): readonly PlaySign[] | null => {
  const moment = { ...evidence, surface: '', ...signsOf([]), searched: false, shuffled: false };
  // What the listener turns to may be rare for the moment: none is unlikely beforehand.
  const prior = new Float64Array(INTENTS.length).fill(1 / INTENTS.length);
  const filter = createIntentSwitch({ prior, ...(model === null ? BY_RULES : BY_MODEL) });
  const likelihoods = playLikelihoods(plays, moment, model);
  let begins: number | null = null;
  for (let n = 0; n < likelihoods.length; n++) {
    const { switched, intent } = filter.observe(likelihoods[n]!);
    if (!switched) continue;
    begins = n;
    while (begins > 0 && likeliest(likelihoods[begins - 1]) === intent) begins--;
  }
  return begins === null ? null : plays.slice(begins);
};

const likeliest = (likelihood: Float64Array | undefined): number =>
  likelihood === undefined ? -1 : argMax(likelihood);
