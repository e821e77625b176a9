/** Policies that know the truth: the mark that others are measured by. No product can have them. */

import { topK } from '#math';
import { type Life, traceOf } from '../life.ts';
import type { WorldFrame } from '../listener.ts';
import { fatigueEffect, satiationEffect, type Trace } from '../satiation.ts';
import { fitTo, likingAt, nearness, thrillOf } from '../taste.ts';
import { pickBest } from './pick-best.ts';
import type { Choose, Choosing, Policy } from './policy.ts';

const SHORTLIST = 400;
/** How much more a track is worth that may join the library: it goes on giving. */
const GROWTH = 0.06;

/** Tracks worth considering for a listener in this period of their tastes, and what of them stays the same in it. */
interface Shortlist {
  readonly period: number;
  readonly tracks: Uint32Array;
  readonly traces: readonly Trace[];
  readonly thrills: Float64Array;
  /** The artists of the list, each once, and by track the place among them. */
  readonly artists: readonly number[];
  readonly artistAt: Uint16Array;
}

const shortlists = (frame: WorldFrame) => {
  const kept = new WeakMap<Life, Shortlist>();
  return (life: Life): Shortlist => {
    let shortlist = kept.get(life);
    if (shortlist?.period !== life.period) {
      shortlist = createShortlist(life, frame);
      kept.set(life, shortlist);
    }
    return shortlist;
  };
};

const createShortlist = (life: Life, { catalogue, rules }: WorldFrame): Shortlist => {
  const thrillAt = (near: number): number => thrillOf(near, life.listener.readiness, rules['effects.novelty']);
  const worth = Float64Array.from(catalogue.tracks, (track) => {
    const near = nearness(life.tastes, track.vector);
    return likingAt(near, track.quality) + thrillAt(near);
  });
  const tracks = topK(worth, Math.min(worth.length, SHORTLIST));
  const traces = Array.from(tracks, (track) => traceOf(life, catalogue.tracks[track]!));
  const artistOf = Array.from(tracks, (track) => catalogue.tracks[track]!.artist);
  const artists = [...new Set(artistOf)];
  const places = new Map(artists.map((artist, place) => [artist, place]));
  return {
    period: life.period,
    tracks,
    traces,
    thrills: Float64Array.from(traces, ({ near }) => thrillAt(near)),
    artists,
    artistAt: Uint16Array.from(artistOf, (artist) => places.get(artist)!),
  };
};

/** True utility of each there and then, as `feel` has it for someone alone, and a little for what may stay. */
const trueWorths = ({ request, frame }: Choosing, shortlist: Shortlist): Float64Array => {
  const { life, at } = request;
  const { rules, catalogue } = frame;
  const { tracks, traces, thrills, artists, artistAt } = shortlist;
  const heard = artists.map((artist) => life.memory.artists.get(artist));
  const fatigues = heard.map((fatigue) => fatigueEffect(fatigue, at));
  const { inLibrary } = life.memory.collection;
  const worths = new Float64Array(tracks.length);
  for (let n = 0; n < tracks.length; n++) {
    const trace = traces[n]!;
    const place = artistAt[n]!;
    const satiation = rules['effects.satiation'] * (satiationEffect(trace, at) + fatigues[place]!);
    const fit = fitTo(request, catalogue.tracks[tracks[n]!]!, rules);
    const isUnheard = trace.plays === 0 && !inLibrary.has(tracks[n]!);
    const thrill = isUnheard && heard[place] === undefined ? thrills[n]! : 0;
    const growth = isUnheard && trace.lasting > 0.55 ? GROWTH : 0;
    worths[n] = trace.lasting * fit + satiation + thrill + growth;
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
