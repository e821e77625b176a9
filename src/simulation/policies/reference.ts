/** The reference policies that read the log and nothing else. */

import { DAY_MS } from '#domain';
import { cosineOf } from '../vectors.ts';
import { type Charts, plausible } from './candidates.ts';
import { type PickRules, pickBest } from './pick-best.ts';
import type { Choose, Choosing, Picks, Policy } from './policy.ts';
import type { PolicyName } from './policy-names.ts';

const SPREAD: PickRules = { exploration: 0, mostOfAnArtist: 3 };
const CLICK_PRIOR = 0.12;
const FINISH_PRIOR = 0.5;
const AGAIN_PRIOR = 1;
/** A card of something that was listened to is chosen this much more often. */
const KNOWN_LIFT = 1.6;

/** Evenly from all that is out. */
const random: Choose = ({ request, frame, rng }) => {
  const { releasedAt } = frame.catalogue.columns;
  const picks: Picks = { tracks: [], scores: [], propensities: [], explored: [] };
  const out = frame.catalogue.tracks.length;
  const taken = new Set<number>([request.seed]);
  const choices = frame.releasedBy(request.at) - (request.seed >= 0 ? 1 : 0);
  for (let tries = 0; tries < 20 * request.count && picks.tracks.length < request.count; tries++) {
    const track = rng.int(out);
    if (taken.has(track) || releasedAt[track]! > request.at) continue;
    taken.add(track);
    picks.tracks.push(track);
    picks.scores.push(0);
    picks.propensities.push(1 / (choices - picks.propensities.length));
    picks.explored.push(true);
  }
  return picks;
};

const listensOf = ({ request }: Choosing, track: number): number =>
  request.life.observed.listens.get(track)?.times ?? 0;

/** A card of something that was listened to is chosen more often. */
const clickRates = (choosing: Choosing, charts: Charts): ((track: number) => number) => {
  const rates = choosing.service.rates('clicked', 'examined', choosing.group, CLICK_PRIOR);
  const { known } = charts;
  known.clear();
  known.addAll(choosing.request.life.observed.met);
  return (track) => rates[track]! * (known.has(track) ? KNOWN_LIFT : 1);
};

const clickGreedy =
  (charts: Charts, exploration: number): Choose =>
  (choosing) =>
    pickBest(plausible(choosing, charts), clickRates(choosing, charts), choosing, { ...SPREAD, exploration });

/**
 * p · m [Maystre2023]: the probability of the click times what follows from it. What was played before is worth what the
 * listener made of it, rested; the new is worth whether others heard it to the end, and whether they came back to it.
 */
const journeyValue =
  (charts: Charts, exploration: number): Choose =>
  (choosing) => {
    const { service, group } = choosing;
    const clickRate = clickRates(choosing, charts);
    const finishRate = finishRates(choosing);
    const again = service.rates('again', 'first', group, AGAIN_PRIOR);
    const worth = (track: number): number => {
      if (listensOf(choosing, track) > 0) return restedWorth(choosing, track);
      return finishRate[track]! * (0.7 + 0.15 * Math.min(again[track]!, 3));
    };
    const score = (track: number): number => worth(track) * (0.25 + clickRate(track));
    return pickBest(plausible(choosing, charts), score, choosing, { ...SPREAD, exploration });
  };

/** What they played most, and around it only what is missing. */
const moreOfSame =
  (charts: Charts): Choose =>
  (choosing) =>
    pickBest(
      plausible(choosing, charts),
      (track) => 10 * listensOf(choosing, track) + 0.001 * choosing.frame.fame.listens[track]!,
      choosing,
      { ...SPREAD, mostOfAnArtist: 12 },
    );

/** Latest listens to which a step is measured. */
const REMEMBERED = 12;
/** After so many days a track is half rested. */
const REST_DAYS = 7;
/** How sharply a step of another length than the one wanted loses. */
const SHARPNESS = 3;

/**
 * Half known ground that is rested, half steps: of about that cosine distance from what was listened to of late, the
 * better finished by others the better; without a distance to anywhere.
 */
const discover =
  (charts: Charts, distance: number | null): Choose =>
  (choosing) => {
    const { tracks } = choosing.frame.catalogue;
    const recent = lovedOf(choosing);
    const finishRate = finishRates(choosing);
    const worthOfStep = (track: number): number => {
      if (distance === null) return choosing.rng.next();
      let near = 0;
      for (const other of recent) near = Math.max(near, cosineOf(tracks[other]!.vector, tracks[track]!.vector));
      const off = 1 - near - distance;
      return finishRate[track]! - SHARPNESS * off * off;
    };
    const from = distance === null ? everywhere(choosing, charts) : plausible(choosing, charts);
    const known = from.filter((track) => listensOf(choosing, track) > 0);
    const unknown = from.filter((track) => listensOf(choosing, track) === 0);
    const asking = (count: number): Choosing => {
      const { request, frame, service, group, rng } = choosing;
      return { request: { ...request, count }, frame, service, group, rng };
    };
    const rules: PickRules = { ...SPREAD, exploration: 0.05 };
    const rested = pickBest(known, (track) => restedWorth(choosing, track), asking(choosing.request.count / 2), rules);
    const count = choosing.request.count - rested.tracks.length;
    const steps = pickBest(unknown, worthOfStep, asking(count), rules);
    return interleave(rested, steps);
  };

/** The tracks met last among those heard to the end. */
const lovedOf = ({ request }: Choosing): readonly number[] => {
  const { met, listens } = request.life.observed;
  const loved: number[] = [];
  for (let n = met.length - 1; n >= 0 && loved.length < REMEMBERED; n--) {
    if (listens.get(met[n]!)!.finished > 0) loved.push(met[n]!);
  }
  return loved;
};

/** Own share of listens to the end, by how long the track has rested. */
const restedWorth = ({ request }: Choosing, track: number): number => {
  const { times, finished, lastAt } = request.life.observed.listens.get(track)!;
  const days = (request.at - lastAt) / DAY_MS;
  return ((finished + 0.5) / (times + 1)) * (days / (days + REST_DAYS));
};

const finishRates = ({ service, group }: Choosing): Float64Array =>
  service.rates('finished', 'started', group, FINISH_PRIOR);

/** Own tracks and two hundred from the whole catalogue. */
const everywhere = (choosing: Choosing, charts: Charts): Uint32Array => {
  const own = plausible(choosing, charts).filter((track) => listensOf(choosing, track) > 0);
  const all = choosing.frame.catalogue.tracks.length;
  const found = new Set(own);
  for (let n = 0; n < 200; n++) found.add(choosing.rng.int(all));
  return Uint32Array.from(found);
};

/** One of each in turn. */
const interleave = (one: Picks, other: Picks): Picks => {
  const picks: Picks = { tracks: [], scores: [], propensities: [], explored: [] };
  for (let n = 0; n < Math.max(one.tracks.length, other.tracks.length); n++) {
    for (const from of [one, other]) {
      if (n >= from.tracks.length) continue;
      picks.tracks.push(from.tracks[n]!);
      picks.scores.push(from.scores[n]!);
      picks.propensities.push(from.propensities[n]!);
      picks.explored.push(from.explored[n]!);
    }
  }
  return picks;
};

const popular =
  (charts: Charts): Choose =>
  (choosing) => {
    const { request, frame } = choosing;
    const of =
      request.seed < 0 ? charts.overall() : charts.ofGenre(frame.catalogue.tracks[request.seed]!.genres[0]![0]);
    return pickBest(of, (track) => frame.fame.listens[track]!, choosing, SPREAD);
  };

/** A twentieth of the slots. */
const SOME = 0.05;
const TENTH = 0.1;
const MIDDLE = 0.3;

export const observingPolicies = (charts: Charts): Readonly<Record<ObservingName, Policy>> => ({
  random: { exploration: 1, choose: random },
  popular: { exploration: 0, choose: popular(charts) },
  click_greedy: { exploration: SOME, choose: clickGreedy(charts, SOME) },
  click_only: { exploration: 0, choose: clickGreedy(charts, 0) },
  click_explore: { exploration: TENTH, choose: clickGreedy(charts, TENTH) },
  journey_value: { exploration: SOME, choose: journeyValue(charts, SOME) },
  more_of_same: { exploration: 0, choose: moreOfSame(charts) },
  discover: { exploration: SOME, choose: discover(charts, MIDDLE) },
  discover_random: { exploration: SOME, choose: discover(charts, null) },
});

type ObservingName = Exclude<PolicyName, 'oracle' | 'oracle_fair' | 'encourage'>;
