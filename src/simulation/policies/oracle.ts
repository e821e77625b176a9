/** Policies that know the truth: the mark that others are measured by. No product can have them. */

import { topK } from '#math';
import type { Life } from '../life.ts';
import type { WorldFrame } from '../listener.ts';
import { type Fatigue, fatigueEffect, satiationEffect, type Trace } from '../satiation.ts';
import {
  fitAt,
  likingAt,
  mindsEnergy,
  mostThrill,
  nearnessOfAll,
  neededEnergy,
  oddsOfLiking,
  thrillOf,
} from '../taste.ts';
import { logit, sigmoid } from '../weighted-draw.ts';
import { pickBest } from './pick-best.ts';
import type { Choose, Choosing, Policy } from './policy.ts';

const SHORTLIST = 400;
/** How much more a track is worth that may join the library: it goes on giving. */
const GROWTH = 0.06;

/** Tracks worth considering for a listener in this period of their tastes; by place in the list, but for the marks at the end. */
interface Shortlist {
  readonly period: number;
  readonly tracks: Uint32Array;
  /** What stays the same in the period. */
  readonly lasting: Float64Array;
  readonly thrills: Float64Array;
  readonly energies: Float64Array;
  /** What was heard of each; undefined where nothing was. */
  readonly traces: (Trace | undefined)[];
  readonly inLibrary: Uint8Array;
  /** The artists of the list, each once, and what of them is in the ear; by track the place among them. */
  readonly artists: Uint32Array;
  readonly fatigues: (Fatigue | undefined)[];
  readonly artistAt: Uint16Array;
  /** How many of those heard, and of the library, the list knows of. */
  heard: number;
  library: number;
}

const shortlists = (frame: WorldFrame) => {
  const kept = new WeakMap<Life, Shortlist>();
  return (life: Life): Shortlist => {
    let shortlist = kept.get(life);
    if (shortlist?.period === life.period) {
      catchUp(shortlist, life, frame);
    } else {
      shortlist = createShortlist(life, frame);
      kept.set(life, shortlist);
    }
    return shortlist;
  };
};

const createShortlist = (life: Life, { catalogue, rules }: WorldFrame): Shortlist => {
  const { quality, vectors, energy, artist } = catalogue.columns;
  const { memory, listener } = life;
  const thrillAt = (near: number): number => thrillOf(near, listener.readiness, rules['effects.novelty']);
  const near = nearnessOfAll(life.tastes, vectors);
  const odds = near.map((value, track) => oddsOfLiking(value, quality[track]!));
  const possible = atLeast(odds, oddsToBeat(odds, mostThrill(listener.readiness, rules['effects.novelty'])));
  const worth = Float64Array.from(
    possible,
    (track) => likingAt(near[track]!, quality[track]!) + thrillAt(near[track]!),
  );
  const tracks = topK(worth, Math.min(worth.length, SHORTLIST)).map((place) => possible[place]!);
  const artists = Uint32Array.from(new Set(Array.from(tracks, (track) => artist[track]!)));
  return {
    period: life.period,
    tracks,
    lasting: Float64Array.from(tracks, (track) => likingAt(near[track]!, quality[track]!)),
    thrills: Float64Array.from(tracks, (track) => thrillAt(near[track]!)),
    energies: Float64Array.from(tracks, (track) => energy[track]!),
    traces: Array.from(tracks, (track) => memory.traces.get(track)),
    inLibrary: Uint8Array.from(tracks, (track) => (memory.collection.inLibrary.has(track) ? 1 : 0)),
    artists,
    fatigues: Array.from(artists, (each) => memory.artists.get(each)),
    artistAt: Uint16Array.from(tracks, (track) => artists.indexOf(artist[track]!)),
    heard: memory.heard.length,
    library: memory.collection.library.length,
  };
};

const STEPS = 256;
const WIDEST = 8;

/**
 * Log-odds of liking below which no track can be among the best, whatever thrill it gives: so many are above a higher mark
 * that the thrill cannot make up for it. Found by counting in steps, which spares most tracks two exponentials.
 */
const oddsToBeat = (odds: Float64Array, thrill: number): number => {
  const counts = new Uint32Array(STEPS);
  for (const each of odds)
    counts[Math.max(0, Math.min(STEPS - 1, Math.floor(((each + WIDEST) / (2 * WIDEST)) * STEPS)))]!++;
  let step = STEPS - 1;
  for (let above = counts[step]!; step > 0 && above < SHORTLIST; ) above += counts[--step]!;
  const floor = sigmoid((step / STEPS) * 2 * WIDEST - WIDEST) - thrill - ROUNDING;
  return step === 0 || floor <= 0 ? Number.NEGATIVE_INFINITY : logit(floor);
};

/** Far more than the sums of a few numbers in [0, 1] are off. */
const ROUNDING = 1e-9;

/** Indices, ascending, of what is not below the mark. */
const atLeast = (values: Float64Array, mark: number): Uint32Array => {
  const found = new Uint32Array(values.length);
  let count = 0;
  for (let n = 0; n < values.length; n++) if (values[n]! >= mark) found[count++] = n;
  return found.subarray(0, count);
};

/** Takes in what was heard and kept since the list was asked last. */
const catchUp = (shortlist: Shortlist, { memory }: Life, { catalogue }: WorldFrame): void => {
  const { heard } = memory;
  const { library } = memory.collection;
  for (; shortlist.heard < heard.length; shortlist.heard++) {
    const track = heard[shortlist.heard]!;
    const place = shortlist.tracks.indexOf(track);
    if (place !== -1) shortlist.traces[place] = memory.traces.get(track);
    const artist = catalogue.columns.artist[track]!;
    const artistPlace = shortlist.artists.indexOf(artist);
    if (artistPlace !== -1) shortlist.fatigues[artistPlace] = memory.artists.get(artist);
  }
  for (; shortlist.library < library.length; shortlist.library++) {
    const place = shortlist.tracks.indexOf(library[shortlist.library]!);
    if (place !== -1) shortlist.inLibrary[place] = 1;
  }
};

/** True utility of each there and then, as `feel` has it for someone alone, and a little for what may stay. */
const trueWorths = ({ request, frame }: Choosing, shortlist: Shortlist): Float64Array => {
  const { at } = request;
  const { tracks, lasting, thrills, energies, traces, inLibrary, fatigues, artistAt } = shortlist;
  const needed = neededEnergy(request);
  const minds = mindsEnergy(request, frame.rules);
  const strength = frame.rules['effects.satiation'];
  const tired = fatigues.map((fatigue) => fatigueEffect(fatigue, at));
  const worths = new Float64Array(tracks.length);
  for (let n = 0; n < worths.length; n++) {
    const trace = traces[n];
    const place = artistAt[n]!;
    let worth = lasting[n]! * fitAt(energies[n]!, needed, minds);
    worth += strength * ((trace === undefined ? 0 : satiationEffect(trace, at)) + tired[place]!);
    if (trace === undefined && inLibrary[n] === 0) {
      if (fatigues[place] === undefined) worth += thrills[n]!;
      if (lasting[n]! > 0.55) worth += GROWTH;
    }
    worths[n] = worth;
  }
  return worths;
};

export interface OracleRules {
  readonly mostOfAnArtist: number;
  /** Utility given up for a card of an artist who is shown rarely. */
  readonly fairness: number;
}

const oracle = (frame: WorldFrame, rules: OracleRules | ((life: Life) => OracleRules)): Choose => {
  const shortlistOf = shortlists(frame);
  return (choosing) => {
    const { life } = choosing.request;
    const { mostOfAnArtist, fairness } = typeof rules === 'function' ? rules(life) : rules;
    const shortlist = shortlistOf(life);
    const worths = trueWorths(choosing, shortlist);
    const score = (track: number, n: number): number => {
      if (fairness === 0) return worths[n]!;
      return worths[n]! - (fairness * Math.log(1 + choosing.service.everyone('examined', track))) / 2;
    };
    return pickBest(shortlist.tracks, score, choosing, { exploration: 0, mostOfAnArtist });
  };
};

/** Whether the listener is encouraged to hear many artists: half of them are, by their number. */
export const isEncouraged = (n: number): boolean => (Math.imul(n + 1, 0x9e3779b1) >>> 16) % 2 === 0;

export const knowingPolicies = (
  frame: WorldFrame,
): Readonly<Record<'oracle' | 'oracle_fair' | 'encourage', Policy>> => ({
  oracle: { exploration: 0, choose: oracle(frame, { mostOfAnArtist: 3, fairness: 0 }) },
  oracle_fair: { exploration: 0, choose: oracle(frame, { mostOfAnArtist: 3, fairness: 0.025 }) },
  encourage: {
    exploration: 0,
    choose: oracle(frame, (life) => ({ mostOfAnArtist: isEncouraged(life.n) ? 1 : 12, fairness: 0 })),
  },
});
