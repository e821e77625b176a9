/** Policies that know the truth: the mark that others are measured by. No product can have them. */

import { topK } from '#math';
import { feel } from '../feeling.ts';
import type { Life } from '../life.ts';
import type { WorldFrame } from '../listener.ts';
import { likingAt, nearness, thrillOf } from '../taste.ts';
import { pickBest } from './pick-best.ts';
import type { Choose, Choosing, Policy } from './policy.ts';

const SHORTLIST = 400;
/** How much more a track is worth that may join the library: it goes on giving. */
const GROWTH = 0.06;

/** Tracks worth considering for a listener in this period of their tastes. */
const shortlists = (frame: WorldFrame) => {
  const kept = new WeakMap<Life, { readonly period: number; readonly tracks: Uint32Array }>();
  return (life: Life): Uint32Array => {
    const before = kept.get(life);
    if (before?.period === life.period) return before.tracks;
    const { tracks } = frame.catalogue;
    const worth = Float64Array.from(tracks, (track) => {
      const near = nearness(life.tastes, track.vector);
      return likingAt(near, track.quality) + thrillOf(near, life.listener.readiness, frame.rules['effects.novelty']);
    });
    const shortlist = topK(worth, Math.min(worth.length, SHORTLIST));
    kept.set(life, { period: life.period, tracks: shortlist });
    return shortlist;
  };
};

/** True utility there and then, and a little for what may stay. On radio also for what goes well with the track before. */
const trueWorth = ({ request, frame }: Choosing, index: number): number => {
  const track = frame.catalogue.tracks[index]!;
  const { life } = request;
  const { utility, trace } = feel(track, { intent: request.intent, companions: [] }, { life, frame }, request.at);
  const isNew = trace.plays === 0 && !life.memory.collection.inLibrary.has(index);
  return utility + (isNew && trace.lasting > 0.55 ? GROWTH : 0);
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
    const score = (track: number): number => {
      const worth = trueWorth(choosing, track);
      if (fairness === 0) return worth;
      return worth - (fairness * Math.log(1 + choosing.service.everyone('examined', track))) / 2;
    };
    return pickBest(shortlistOf(life), score, choosing, { exploration: 0, mostOfAnArtist });
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
