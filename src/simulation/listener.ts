/** One person of the world: what stays the same about them. */

import { DAY_MS, type EpochMs, type UserId } from '#domain';
import type { Rng } from '#math';
import { ARCHETYPES, type Archetype } from './archetypes.ts';
import type { Catalogue } from './catalogue.ts';
import type { Fame } from './fame.ts';
import { GENRES } from './genres.ts';
import { comesOn, MOMENTS, type Moment } from './moments.ts';
import type { Comer } from './return.ts';
import type { Show } from './shows.ts';
import type { Taste } from './taste.ts';
import { directionNear } from './vectors.ts';
import { clamp, createWeightedDraw, logit, pick, sigmoid } from './weighted-draw.ts';
import type { Shock } from './world-document.ts';
import type { WorldRules } from './world-fields.ts';
import { createZoneClock, type ZoneClock } from './zone-clock.ts';

export interface Listener extends Comer {
  readonly userId: UserId;
  readonly archetype: Archetype;
  readonly zone: ZoneClock;
  /** As they are when the world begins; they drift. */
  readonly tastes: readonly Taste[];
  /** Index into `tastes`, by weight. */
  readonly drawTaste: (rng: Rng) => number;
  /** Willingness to hear the unfamiliar, in [0, 1]. */
  readonly readiness: number;
  /** Own log-odds of a skip. */
  readonly skips: number;
  /** Moments that can come on each ISO weekday, at index weekday − 1; null when none can. */
  readonly drawMoment: readonly (((rng: Rng) => Moment) | null)[];
  /** Numbers of those they listen with, this one not among them; may be empty. */
  readonly companions: readonly number[];
  /** Indices of the shows followed. */
  readonly follows: readonly number[];
  /** The time in which the person is here, half-open. */
  readonly from: EpochMs;
  readonly to: EpochMs;
}

const TIME_ZONES: readonly (readonly [string, number])[] = [
  ['Europe/Berlin', 5],
  ['Europe/London', 4],
  ['America/New_York', 5],
  ['America/Los_Angeles', 3],
  ['America/Sao_Paulo', 3],
  ['Asia/Tokyo', 3],
  ['Asia/Kolkata', 3],
  ['Australia/Sydney', 2],
  ['Africa/Lagos', 2],
];

/** Largest group that listens together. */
const CIRCLE = 4;

export interface People {
  readonly zones: readonly ZoneClock[];
  readonly drawZone: (rng: Rng) => number;
  readonly drawArchetype: (rng: Rng) => number;
}

export const createPeople = (): People => ({
  zones: TIME_ZONES.map(([name]) => createZoneClock(name)),
  drawZone: createWeightedDraw(TIME_ZONES.map(([, weight]) => weight)),
  drawArchetype: createWeightedDraw(ARCHETYPES.map((archetype) => archetype.share)),
});

export interface WorldFrame {
  readonly prefix: string;
  readonly start: EpochMs;
  readonly until: EpochMs;
  /** Day on which it begins, counted since 1970-01-01. */
  readonly firstDay: number;
  readonly rules: WorldRules;
  readonly shocks: readonly Shock[];
  readonly listeners: number;
  readonly catalogue: Catalogue;
  readonly fame: Fame;
  readonly shows: readonly Show[];
  readonly people: People;
  /** The n-th listener; the same one each time. */
  readonly listenerAt: (n: number) => Listener;
  /** Tracks that are out by then. */
  readonly releasedBy: (at: EpochMs) => number;
}

/** The n-th listener (0-based). The first ones take the archetypes in turn, the others by share. */
export const createListener = (n: number, frame: Omit<WorldFrame, 'listenerAt' | 'releasedBy'>, rng: Rng): Listener => {
  const archetype = pick(ARCHETYPES, n < ARCHETYPES.length ? n : frame.people.drawArchetype(rng));
  const { rules } = frame;
  const tastes = drawTastes(archetype, frame, rng);
  return {
    userId: `${frame.prefix}-${String(n + 1).padStart(3, '0')}` as UserId,
    archetype,
    zone: pick(frame.people.zones, frame.people.drawZone(rng)),
    tastes,
    drawTaste: createWeightedDraw(tastes.map((taste) => taste.weight)),
    readiness: clamp(archetype.readiness + rules['listeners.readiness'] + 0.15 * rng.normal(), 0.02, 0.98),
    skips: archetype.skips + 0.5 * rng.normal(),
    habit: habitOf(archetype, tastes.length, rules['listeners.enthusiasm'], rng),
    frailty: drawFrailty(rng),
    drawMoment: [1, 2, 3, 4, 5, 6, 7].map((weekday) => momentsOn(archetype, weekday, rules['listeners.parties'])),
    companions: drawCompanions(n, frame.listeners, rng),
    follows: drawShows(archetype, frame.shows.length, rng),
    ...presence(archetype, frame, rng),
  };
};

/** The eager come more often; where the world says so, people of many tastes are eager ones. */
const habitOf = (archetype: Archetype, tastes: number, enthusiasm: number, rng: Rng): number => {
  const base = clamp(archetype.habit + 0.1 * rng.normal(), 0.15, 0.97);
  return sigmoid(logit(base) + (enthusiasm * (tastes - 3)) / 5);
};

/** Gamma with shape 1/2 and mean 1: the square of a standard normal. */
const drawFrailty = (rng: Rng): number => rng.normal() ** 2;

/** A circle is a run of neighbours, so that it is the same seen from each of them. */
const drawCompanions = (n: number, listeners: number, rng: Rng): readonly number[] => {
  const first = n - (n % CIRCLE);
  const circle = Array.from({ length: CIRCLE }, (_, k) => first + k).filter((k) => k !== n && k < listeners);
  return circle.slice(0, rng.int(CIRCLE));
};

const drawTastes = (
  archetype: Archetype,
  { catalogue, fame }: Pick<WorldFrame, 'catalogue' | 'fame'>,
  rng: Rng,
): readonly Taste[] => {
  const [fewest, most] = archetype.tastes;
  const count = fewest + rng.int(most - fewest + 1);
  const [low, high] = archetype.energies ?? [0, 1];
  // What many listen to, many come to like.
  const sizes = GENRES.map(({ energy, size }, genre) =>
    energy >= low && energy <= high ? size + fame.ofGenre(genre) : 0,
  );
  let strength = 1;
  const found: { genre: number; centre: Float32Array; weight: number }[] = [];
  let total = 0;
  while (found.length < count) {
    const genre = createWeightedDraw(sizes)(rng);
    sizes[genre] = 0;
    const artist = pick(catalogue.artists, fame.drawArtist(genre, rng));
    // The first taste is the strongest: weights fall by about a third each.
    const weight = strength * Math.exp(0.3 * rng.normal());
    strength *= 0.65;
    total += weight;
    found.push({ genre, centre: directionNear(artist.vector, 0.3, rng), weight });
  }
  return found.map((taste) => ({ ...taste, weight: taste.weight / total }));
};

const momentsOn = (archetype: Archetype, weekday: number, parties: number): ((rng: Rng) => Moment) | null => {
  const weightOf = ({ name }: Moment): number => (archetype.moments[name] ?? 0) + (name === 'party' ? parties : 0);
  const possible = MOMENTS.filter((moment) => weightOf(moment) > 0 && comesOn(moment, weekday));
  if (possible.length === 0) return null;
  const draw = createWeightedDraw(possible.map(weightOf));
  return (rng) => pick(possible, draw(rng));
};

const drawShows = (archetype: Archetype, shows: number, rng: Rng): readonly number[] => {
  if (shows === 0 || rng.next() >= archetype.shows) return [];
  return [...new Set(Array.from({ length: 1 + rng.int(3) }, () => rng.int(shows)))];
};

const presence = (
  archetype: Archetype,
  frame: Pick<WorldFrame, 'start' | 'until'>,
  rng: Rng,
): { from: EpochMs; to: EpochMs } => {
  const span = frame.until - frame.start;
  const at = ([low, high]: readonly [number, number]): EpochMs =>
    Math.round((frame.start + span * (low + (high - low) * rng.next())) / DAY_MS) * DAY_MS;
  return {
    from: archetype.arrivesAfter === undefined ? frame.start : at(archetype.arrivesAfter),
    to: archetype.leavesAfter === undefined ? frame.until : at(archetype.leavesAfter),
  };
};
