/** One session: plays in a row with what the listener does about them. Behaviour follows from true utility. */

import {
  type ActionName,
  type Device,
  type EpochMs,
  type EventId,
  type Intent,
  LISTEN_MIN_MS,
  type ListenerEvent,
  type PlaySource,
  type SessionId,
} from '#domain';
import type { Track } from './catalogue.ts';
import { keep } from './collection.ts';
import { feel } from './feeling.ts';
import { fatigueOf, type Life } from './life.ts';
import type { WorldFrame } from './listener.ts';
import { observeListen } from './observed.ts';
import type { ServiceMemory } from './policies/service-memory.ts';
import { remember, tire } from './satiation.ts';
import { type Heard, hear, type SkipSituation } from './skip.ts';
import type { Tally } from './tally.ts';
import type { TruthSink } from './truth.ts';
import { clamp, createMixDraw, pick } from './weighted-draw.ts';

export interface SessionFacts {
  readonly sessionId: SessionId;
  readonly startedAt: EpochMs;
  readonly intent: Intent;
  readonly device: Device;
  /** Local hour, 0–23, and ISO weekday. */
  readonly hour: number;
  readonly weekday: number;
  readonly utcOffsetMin: number;
  /** Numbers of those who listen along. */
  readonly companions: readonly number[];
  /** How much the listener feels like taking part, in [0, 1]: what a party lives on. */
  readonly zest: number;
}

/** Where a session happens and where its traces go. */
export interface Stage {
  readonly life: Life;
  readonly frame: WorldFrame;
  readonly emit: (event: ListenerEvent) => void;
  readonly truth: TruthSink | null;
  readonly tally: Tally;
  /** What the service learns from this listener; null without one. */
  readonly service: ServiceNotes | null;
}

export interface ServiceNotes {
  readonly memory: ServiceMemory;
  readonly group: number;
}

/** What plays: where it comes from and what is next. */
export interface Program {
  readonly source: PlaySource;
  readonly shuffle: boolean;
  /** Plays the listener means to have. */
  readonly length: number;
  /** The next track by index, or null when nothing is left; `place` counts the plays before. */
  readonly next: (place: number, at: EpochMs, played: ReadonlySet<number>) => Cue | null;
}

export interface Cue {
  readonly track: number;
  /** After the chosen one the player goes on by itself. */
  readonly isAutoplay: boolean;
  readonly from?: { readonly slateId: string; readonly shelf: string; readonly slot: number };
}

export interface SessionEnd {
  readonly endedAt: EpochMs;
  /** Mean utility of what was heard, in [0, 1]; null when nothing was played. */
  readonly utility: number | null;
  readonly plays: number;
  /** Skips and actions. */
  readonly interactions: number;
  /** Share of different artists among the plays; 0 without plays. */
  readonly diversity: number;
}

/** What every event of the session says of itself. */
export const eventBase = ({ life }: Stage, facts: SessionFacts, at: EpochMs, receivedAt: EpochMs) => ({
  eventId: `e${++life.memory.events}` as EventId,
  userId: life.listener.userId,
  at,
  receivedAt,
  utcOffsetMin: facts.utcOffsetMin,
  timeZone: life.listener.zone.timeZone,
  sessionId: facts.sessionId,
  device: facts.device,
  extra: NOTHING,
});

/** What a session adds up to while it goes. */
interface Course {
  worth: number;
  plays: number;
  interactions: number;
  streak: number;
  wasSkipped: boolean;
  isAsleep: boolean;
  readonly artists: Set<number>;
}

export const runSession = (program: Program, facts: SessionFacts, stage: Stage): SessionEnd => {
  const { life, frame } = stage;
  const played = new Set<number>(life.memory.hidden);
  const course: Course = {
    worth: 0,
    plays: 0,
    interactions: 0,
    streak: 0,
    wasSkipped: false,
    isAsleep: false,
    artists: new Set(),
  };
  let at = facts.startedAt;
  while (course.plays < program.length) {
    const cue = program.next(course.plays, at, played);
    if (cue === null) break;
    played.add(cue.track);
    const track = pick(frame.catalogue.tracks, cue.track);
    const { heard, utility } = listen(track, course, facts, stage, at);
    if (at + heard.msPlayed >= frame.until) break;
    const isLast = course.plays + 1 === program.length || (course.streak >= 3 && life.rng.next() < 0.3);
    emitPlay(track, heard, utility, { at, program, cue, course, isLast }, facts, stage);
    at += heard.msPlayed;
    settle(track, heard, utility, course, facts, stage, at);
    if (isLast) break;
    at += 200 + life.rng.int(1200);
  }
  const { plays, interactions, worth, artists } = course;
  return {
    endedAt: at,
    plays,
    interactions,
    utility: plays === 0 ? null : worth / plays,
    diversity: plays === 0 ? 0 : artists.size / plays,
  };
};

const listen = (track: Track, course: Course, facts: SessionFacts, stage: Stage, at: EpochMs) => {
  const { life } = stage;
  const { trace, utility, satiation } = feel(track, facts, stage, at);
  // Written out, not spread: this is the hottest object of the simulator.
  const situation: SkipSituation = {
    utility,
    satiation,
    intent: facts.intent,
    device: facts.device,
    skips: life.listener.skips,
    isWeekend: facts.weekday >= 6,
    streak: course.streak,
    zest: facts.zest,
    isAsleep: course.isAsleep,
    durationMs: track.durationMs,
  };
  const heard = hear(situation, life.rng);
  const share = heard.msPlayed / track.durationMs;
  if (trace.plays === 0) life.memory.heard.push(track.index);
  remember(trace, at, share);
  tire(fatigueOf(life, track.artist), at, share);
  return { heard, utility };
};

/** After a play: what it was worth, and what it makes the listener do. */
const settle = (
  track: Track,
  heard: Heard,
  utility: number,
  course: Course,
  facts: SessionFacts,
  stage: Stage,
  at: EpochMs,
): void => {
  const { life } = stage;
  const isSkipped = heard.skipClass !== 'none';
  // To look around is no loss; to be annoyed is.
  course.worth += worthOf(utility, facts) * (heard.skipClass === 'rejection' ? 0.5 : 1);
  course.plays++;
  course.wasSkipped = isSkipped;
  course.streak = isSkipped ? course.streak + 1 : 0;
  if (isSkipped) course.interactions++;
  course.artists.add(track.artist);
  noteForService(track, heard, stage);
  if (heard.msPlayed >= LISTEN_MIN_MS) {
    observeListen(life.observed, track, { at, isFinished: !isSkipped });
  }
  if (facts.intent === 'sleep' && !isSkipped && life.rng.next() < 0.6 * clamp(utility, 0, 1)) course.isAsleep = true;
  if (!course.isAsleep) course.interactions += react(track, heard, utility, facts, stage, at);
};

const noteForService = (track: Track, heard: Heard, { life, service }: Stage): void => {
  if (service === null) return;
  const { memory, group } = service;
  memory.note('started', group, track.index);
  if (heard.skipClass === 'none') memory.note('finished', group, track.index);
  if (heard.msPlayed < LISTEN_MIN_MS) return;
  memory.note(life.observed.listens.has(track.index) ? 'again' : 'first', group, track.index);
};

/** A party is as good as its music and as what the host makes of it. */
const worthOf = (utility: number, facts: SessionFacts): number =>
  clamp(facts.intent === 'party' ? utility + 0.5 * (facts.zest - 0.5) : utility, 0, 1);

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze({});

interface PlayPlace {
  readonly at: EpochMs;
  readonly program: Program;
  readonly cue: Cue;
  readonly course: Course;
  readonly isLast: boolean;
}

const emitPlay = (
  track: Track,
  heard: Heard,
  utility: number,
  { at, program, cue, course, isLast }: PlayPlace,
  facts: SessionFacts,
  stage: Stage,
): void => {
  const isSkipped = heard.skipClass !== 'none';
  const { life, tally, truth } = stage;
  const { userId, zone } = life.listener;
  const isFirst = course.plays === 0;
  const eventId = `e${++life.memory.events}` as EventId;
  // Written out, not spread from `eventBase`: most events are made here.
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
    reasonStart: isFirst ? 'clickrow' : course.wasSkipped ? 'fwdbtn' : 'trackdone',
    reasonEnd: isSkipped ? (isLast ? 'endplay' : 'fwdbtn') : 'trackdone',
    skipped: isSkipped,
    source: cue.isAutoplay ? 'autoplay' : program.source,
    ...(cue.from as object | undefined),
    shuffle: program.shuffle,
    userInitiated: isFirst,
    extra: NOTHING,
  });
  tally.play(life.n, track.index, heard.msPlayed, isSkipped);
  truth?.play({ userId, eventId, utility, intent: facts.intent, skipClass: heard.skipClass });
};

/** Likes, saves and refusals; what is found and liked comes into the library. Number of actions. */
const react = (track: Track, heard: Heard, utility: number, facts: SessionFacts, stage: Stage, at: EpochMs): number => {
  const { memory, rng } = stage.life;
  let actions = 0;
  if (heard.skipClass === 'rejection') actions += refuse(track, utility, facts, stage, at);
  if (heard.skipClass === 'none' && !memory.liked.has(track.index))
    actions += embrace(track, utility, facts, stage, at);
  if (facts.intent === 'party' && rng.next() < 0.35 * facts.zest) {
    actions += act(rng.next() < 0.6 ? 'queue' : 'add_to_playlist', track, facts, stage, at);
  }
  return actions;
};

const refuse = (track: Track, utility: number, facts: SessionFacts, stage: Stage, at: EpochMs): number => {
  const { memory, rng } = stage.life;
  if (utility >= 0.3 || rng.next() >= 0.03) return 0;
  memory.hidden.add(track.index);
  return act(rng.next() < 0.5 ? 'hide' : 'dislike', track, facts, stage, at);
};

const embrace = (track: Track, utility: number, facts: SessionFacts, stage: Stage, at: EpochMs): number => {
  const { memory, rng } = stage.life;
  const isNew = keep(memory.collection, track, memory.traces.get(track.index)?.lasting ?? 0, at);
  const liking = clamp(utility, 0, 1);
  if (rng.next() >= (isNew ? 0.3 : 0.05) * liking * liking) return 0;
  memory.liked.add(track.index);
  return act(drawWelcome(rng), track, facts, stage, at);
};

const drawWelcome = createMixDraw<ActionName>({ like: 55, save: 25, add_to_playlist: 15, share: 5 });

const act = (action: ActionName, track: Track, facts: SessionFacts, stage: Stage, at: EpochMs): number => {
  if (at >= stage.frame.until) return 0;
  stage.emit({ kind: 'action', ...eventBase(stage, facts, at, at), action, itemId: track.id });
  return 1;
};
