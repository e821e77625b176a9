/** The moment of hearing: what a track is truly worth to the listener, there and then, in that company. */

import type { EpochMs } from '#domain';
import type { Track } from './catalogue.ts';
import { traceOf } from './life.ts';
import { fatigueEffect, satiationEffect, type Trace } from './satiation.ts';
import type { SessionFacts, Stage } from './session.ts';
import { fitTo, lastingUtility, thrillOf } from './taste.ts';

export interface Feeling {
  readonly trace: Trace;
  /** About −0.5 to 1.4. */
  readonly utility: number;
  /** Part of it that repetition gives or takes. */
  readonly satiation: number;
}

/** Lasting liking, shared with the company, times the fit to the intent, and what repetition and novelty add. */
export const feel = (
  track: Track,
  facts: Pick<SessionFacts, 'intent' | 'hour' | 'weekday' | 'companions'>,
  stage: Pick<Stage, 'life' | 'frame'>,
  at: EpochMs,
): Feeling => {
  const { life, frame } = stage;
  const { rules } = frame;
  const trace = traceOf(life, track);
  const fatigue = life.memory.artists.get(track.artist);
  const satiation = rules['effects.satiation'] * (satiationEffect(trace, at) + fatigueEffect(fatigue, at));
  const isNew = trace.plays === 0 && fatigue === undefined && !life.memory.collection.inLibrary.has(track.index);
  const thrill = isNew ? thrillOf(trace.near, life.listener.readiness, rules['effects.novelty']) : 0;
  const liking = facts.companions.length === 0 ? trace.lasting : shared(track, trace.lasting, facts.companions, frame);
  return {
    trace,
    satiation,
    utility: liking * fitTo(facts, track, rules) + satiation + thrill,
  };
};

/** In company half counts what the least pleased feel: someone always asks to skip. */
const shared = (track: Track, own: number, companions: readonly number[], frame: Stage['frame']): number => {
  let least = own;
  for (const n of companions) least = Math.min(least, lastingUtility(frame.listenerAt(n).tastes, track));
  return 0.5 * own + 0.5 * least;
};
