/** One session: plays in a row with what the listener does about them. Behaviour follows from true utility. */

import type { ActionName, Device, EpochMs, EventId, Intent, ItemId, ListenerEvent, SessionId } from '#domain';
import type { Rng } from '#math';
import type { Catalogue, Track } from './catalogue.ts';
import { type Collection, keep } from './collection.ts';
import type { Listener } from './listener.ts';
import { remember, satiationEffect, type Trace } from './satiation.ts';
import type { SessionPlan } from './session-plan.ts';
import { type Heard, hear, type SkipSituation } from './skip.ts';
import { fitTo, lastingUtility } from './taste.ts';
import type { PlayTruth } from './truth.ts';
import { clamp, createMixDraw, pick } from './weighted-draw.ts';

/** What a listener carries from session to session. */
export interface Memory {
  readonly collection: Collection;
  readonly traces: Map<number, Trace>;
  readonly liked: Set<number>;
  readonly hidden: Set<number>;
  readonly heardEpisodes: Set<ItemId>;
  events: number;
  sessions: number;
}

export interface SessionFacts {
  readonly sessionId: SessionId;
  readonly startedAt: EpochMs;
  readonly intent: Intent;
  readonly device: Device;
  readonly isWeekend: boolean;
  readonly utcOffsetMin: number;
}

export interface Stage {
  readonly listener: Listener;
  readonly memory: Memory;
  readonly catalogue: Catalogue;
  /** Nothing happens from here on. */
  readonly until: EpochMs;
  readonly rng: Rng;
  readonly emit: (event: ListenerEvent) => void;
  readonly tell: ((truth: PlayTruth) => void) | null;
}

export interface SessionEnd {
  readonly endedAt: EpochMs;
  /** Mean utility of what was heard, in [0, 1]; null when nothing was played. */
  readonly utility: number | null;
}

/** What every event of the session says of itself. */
export const eventBase = (stage: Stage, facts: SessionFacts, at: EpochMs, receivedAt: EpochMs) => ({
  eventId: `e${++stage.memory.events}` as EventId,
  userId: stage.listener.userId,
  at,
  receivedAt,
  utcOffsetMin: facts.utcOffsetMin,
  timeZone: stage.listener.zone.timeZone,
  sessionId: facts.sessionId,
  device: facts.device,
  extra: NOTHING,
});

export const runSession = (plan: SessionPlan, facts: SessionFacts, stage: Stage): SessionEnd => {
  const played = new Set<number>(stage.memory.hidden);
  let at = facts.startedAt;
  let streak = 0;
  let wasSkipped = false;
  let worth = 0;
  let plays = 0;
  while (plays < plan.length) {
    const index = plan.next(plays, at, played);
    if (index === null) break;
    played.add(index);
    const track = pick(stage.catalogue.tracks, index);
    const { heard, utility } = listen(track, streak, facts, stage, at);
    if (at + heard.msPlayed >= stage.until) break;
    const isLast = plays + 1 === plan.length || (streak >= 3 && stage.rng.next() < 0.3);
    emitPlay(track, heard, { at, plan, place: plays, wasSkipped, isLast }, facts, stage, utility);
    at += heard.msPlayed;
    worth += clamp(utility, 0, 1) * (heard.skipClass === 'rejection' ? 0.5 : 1);
    plays++;
    wasSkipped = heard.skipClass !== 'none';
    streak = wasSkipped ? streak + 1 : 0;
    react(track, heard, utility, facts, stage, at);
    if (isLast) break;
    at += 200 + stage.rng.int(1200);
  }
  return { endedAt: at, utility: plays === 0 ? null : worth / plays };
};

const listen = (track: Track, streak: number, facts: SessionFacts, stage: Stage, at: EpochMs) => {
  const { listener, rng } = stage;
  const trace = traceOf(track, stage);
  const satiation = satiationEffect(trace, at);
  const utility = trace.lasting * fitTo(facts.intent, track) + satiation;
  // Written out, not spread: this is the hottest object of the simulator.
  const situation: SkipSituation = {
    utility,
    satiation,
    intent: facts.intent,
    device: facts.device,
    skips: listener.skips,
    isWeekend: facts.isWeekend,
    streak,
    durationMs: track.durationMs,
  };
  const heard = hear(situation, rng);
  remember(trace, at, heard.msPlayed / track.durationMs);
  return { heard, utility };
};

const traceOf = (track: Track, { memory, listener }: Stage): Trace => {
  let trace = memory.traces.get(track.index);
  if (trace === undefined) {
    trace = { lasting: lastingUtility(listener.tastes, track), plays: 0, lastAt: 0, activation: 0 };
    memory.traces.set(track.index, trace);
  }
  return trace;
};

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze({});

interface PlayPlace {
  readonly at: EpochMs;
  readonly plan: SessionPlan;
  readonly place: number;
  readonly wasSkipped: boolean;
  readonly isLast: boolean;
}

const emitPlay = (
  track: Track,
  heard: Heard,
  { at, plan, place, wasSkipped, isLast }: PlayPlace,
  facts: SessionFacts,
  stage: Stage,
  utility: number,
): void => {
  const isSkipped = heard.skipClass !== 'none';
  // After the searched track the player goes on by itself.
  const isAutoplay = plan.mode === 'search' && place > 0;
  const eventId = `e${++stage.memory.events}` as EventId;
  const { userId, zone } = stage.listener;
  // Written out, not spread from `eventBase`: nine of ten events are made here.
  stage.emit({
    kind: 'play',
    eventId,
    userId,
    at,
    receivedAt: at + heard.msPlayed,
    utcOffsetMin: facts.utcOffsetMin,
    timeZone: zone.timeZone,
    sessionId: facts.sessionId,
    device: facts.device,
    itemId: track.id,
    msPlayed: heard.msPlayed,
    durationMs: track.durationMs,
    reasonStart: place === 0 ? 'clickrow' : wasSkipped ? 'fwdbtn' : 'trackdone',
    reasonEnd: isSkipped ? (isLast ? 'endplay' : 'fwdbtn') : 'trackdone',
    skipped: isSkipped,
    source: isAutoplay ? 'autoplay' : plan.source,
    shuffle: plan.shuffle,
    userInitiated: place === 0,
    extra: NOTHING,
  });
  stage.tell?.({
    userId,
    eventId,
    utility,
    intent: facts.intent,
    skipClass: heard.skipClass,
  });
};

/** Likes, saves and refusals; what is found and liked comes into the library. */
const react = (track: Track, heard: Heard, utility: number, facts: SessionFacts, stage: Stage, at: EpochMs): void => {
  if (heard.skipClass === 'rejection') refuse(track, utility, facts, stage, at);
  if (heard.skipClass === 'none' && !stage.memory.liked.has(track.index)) embrace(track, utility, facts, stage, at);
};

const refuse = (track: Track, utility: number, facts: SessionFacts, stage: Stage, at: EpochMs): void => {
  if (utility >= 0.3 || stage.rng.next() >= 0.03) return;
  stage.memory.hidden.add(track.index);
  emitAction(stage.rng.next() < 0.5 ? 'hide' : 'dislike', track, facts, stage, at);
};

const embrace = (track: Track, utility: number, facts: SessionFacts, stage: Stage, at: EpochMs): void => {
  const { listener, memory, catalogue, rng } = stage;
  const isNew = keep(memory.collection, track.index, listener, catalogue, at);
  const eagerness = (isNew ? 0.3 : 0.05) * clamp(utility, 0, 1) ** 2;
  if (rng.next() >= eagerness) return;
  memory.liked.add(track.index);
  emitAction(drawWelcome(rng), track, facts, stage, at);
};

const drawWelcome = createMixDraw<ActionName>({ like: 55, save: 25, add_to_playlist: 15, share: 5 });

const emitAction = (action: ActionName, track: Track, facts: SessionFacts, stage: Stage, at: EpochMs): void => {
  if (at >= stage.until) return;
  stage.emit({ kind: 'action', ...eventBase(stage, facts, at, at), action, itemId: track.id });
};
