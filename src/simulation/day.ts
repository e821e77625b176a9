/** One listener's day: whether they come, at which moments, and what becomes of each session. */

import { HOUR_MS, type Intent, type SessionId } from '#domain';
import type { Rng } from '#math';
import { refreshRotation } from './collection.ts';
import type { Pool } from './editors.ts';
import { runHomeSession } from './home-session.ts';
import type { Life } from './life.ts';
import type { Listener, WorldFrame } from './listener.ts';
import type { Moment } from './moments.ts';
import { comesToday, effectOfSessions, learnFrom, visitProbability } from './return.ts';
import { eventBase, runSession, type SessionEnd, type SessionFacts, type Stage } from './session.ts';
import { drawMode, type Mode, planSession } from './session-plan.ts';
import { runShowSession } from './show-session.ts';
import type { Asking } from './slate.ts';
import { clamp, drawPoisson } from './weighted-draw.ts';
import { weekdayOf } from './zone-clock.ts';

/** Sessions of one person are at least this far apart. */
const PAUSE_MS = 31 * 60_000;
const SPOKEN_INTENTS = new Set<Intent>(['news', 'learn']);
/** Share of a follower's fitting sessions that are spoken word. */
const SPOKEN_SHARE = 0.08;
/** Log-odds of coming on a holiday: habits rest. */
const HOLIDAY_PUSH = -0.5;
/** Share of sessions with one's own library that begin on the service's page. */
const LIBRARY_BY_HOME = 0.35;
/** What an evening is worth on which the page had nothing to choose. */
const NOTHING_FOUND = 0.3;
/** Probability that a session is followed by another after a pause of an hour or two, and that one by another. */
const PAUSED_SHARE = 0.38;
const MOST_PAUSES = 3;
const SHARED_MOMENTS = new Set<Moment['name']>(['party', 'cooking', 'slow_weekend', 'evening']);

export interface DayFrame {
  readonly frame: WorldFrame;
  readonly pools: readonly Pool[];
  /** Local calendar day, counted since 1970-01-01. */
  readonly day: number;
  readonly isHoliday: boolean;
  /** Whether a service leads some of the sessions; without one listeners find their way alone. */
  readonly isServed: boolean;
}

/** The day as a conversation: it asks for slates and is answered, and leaves events through the stage; null if they stay away. */
export const beginDay = (stage: Stage, today: DayFrame): Asking<void> | null => {
  const { listener, rng, memory } = stage.life;
  const weekday = weekdayOf(today.day);
  if (weekday === 1) refreshRotation(memory.collection, memory.traces, stage.frame.fame, rng);
  const drawMoment = listener.drawMoment[(today.isHoliday ? 7 : weekday) - 1] ?? null;
  const isHere = listener.zone.toUtc(today.day, 24) > listener.from && listener.zone.toUtc(today.day, 0) < listener.to;
  if (drawMoment === null || !isHere || !decidesToCome(stage, today)) return null;
  return liveSessions(drawStarts(listener, drawMoment, rng), stage, today);
};

function* liveSessions(starts: readonly Start[], stage: Stage, today: DayFrame): Asking<void> {
  const { life } = stage;
  const { listener } = life;
  let sessions = 0;
  for (const { moment, hour } of starts) {
    const startedAt = listener.zone.toUtc(today.day, hour);
    if (startedAt < listener.from || startedAt < life.busyUntil + PAUSE_MS || startedAt >= listener.to) continue;
    const facts = describe(life, moment, startedAt, hour, today, stage.frame);
    const end = yield* perform(facts, stage, today);
    life.busyUntil = end.endedAt;
    if (end.utility === null) continue;
    sessions++;
    conclude(facts, end, end.utility, stage);
  }
  if (sessions > 0) stage.tally.add(life.n, 'days', 1);
}

interface Start {
  readonly moment: Moment;
  readonly hour: number;
}

/** In order of time. */
const drawStarts = (listener: Listener, drawMoment: (rng: Rng) => Moment, rng: Rng): readonly Start[] => {
  const first: Start[] = [];
  for (let left = 1 + drawPoisson(listener.archetype.sessions - 1, rng); left > 0; left--) {
    const moment = drawMoment(rng);
    first.push({ moment, hour: moment.from + (moment.to - moment.from) * rng.next() });
  }
  const starts: Start[] = [];
  for (const start of first) starts.push(start, ...comingBack(start, rng));
  return starts.sort((a, b) => a.hour - b.hour);
};

/** Many a session goes on after a pause, and after another: listening comes in bursts. */
const comingBack = ({ moment, hour }: Start, rng: Rng): readonly Start[] => {
  const starts: Start[] = [];
  let at = hour;
  while (starts.length < MOST_PAUSES && rng.next() < PAUSED_SHARE) {
    at += 0.7 + 2.3 * rng.next();
    starts.push({ moment, hour: at });
  }
  return starts;
};

const decidesToCome = (stage: Stage, today: DayFrame): boolean => {
  const { life, frame, truth } = stage;
  const push = today.isHoliday ? HOLIDAY_PUSH : 0;
  const { userId } = life.listener;
  const returns = visitProbability(life.listener, life.mind, frame.rules, push);
  const effect = truth === undefined ? 0 : effectOfSessions(life.listener, life.mind, frame.rules, push);
  const came = comesToday(life.listener, life.mind, frame.rules, push, life.rng);
  truth?.day({ userId, day: today.day - frame.firstDay, returns, effect, came });
  return came;
};

const describe = (
  life: Life,
  moment: Moment,
  startedAt: number,
  hour: number,
  { day }: DayFrame,
  frame: WorldFrame,
): SessionFacts => {
  const { listener, rng } = life;
  const isShared = SHARED_MOMENTS.has(moment.name) && rng.next() < frame.rules['listeners.together'];
  return {
    sessionId: `${listener.userId}:s${++life.memory.sessions}` as SessionId,
    startedAt,
    intent: moment.drawIntent(rng),
    device: moment.drawDevice(rng),
    hour: Math.floor(hour % 24),
    weekday: weekdayOf(hour >= 24 ? day + 1 : day),
    utcOffsetMin: listener.zone.offsetOn(day),
    companions: isShared ? listener.companions : [],
    zest: rng.next(),
  };
};

function* perform(facts: SessionFacts, stage: Stage, today: DayFrame): Asking<SessionEnd> {
  const { life, frame } = stage;
  const isSpoken = SPOKEN_INTENTS.has(facts.intent);
  if (life.listener.follows.length > 0 && (isSpoken || life.rng.next() < SPOKEN_SHARE)) {
    const end = runShowSession(frame.shows, facts, stage);
    if (end.utility !== null) return end;
  }
  // Who follows no show, or has heard all of it, plays music instead.
  const music: SessionFacts = { ...facts, intent: isSpoken ? 'quick_access' : facts.intent };
  const mode = goesToList(music.intent, stage, today)
    ? 'purpose'
    : drawMode(music.intent, life.listener.readiness, life.rng);
  if (today.isServed && leadsHome(mode, stage)) {
    const end = yield* runHomeSession(music, stage);
    if (end !== null) return end;
    // Half of those who found nothing go to what they have; the others leave.
    if (life.rng.next() < 0.5) return leave(facts);
    return runSession(planSession('library', music, stage, today.pools), music, stage);
  }
  return runSession(planSession(mode, music, stage, today.pools), music, stage);
}

/** Whether the session is with a list that editors keep for just that. */
const goesToList = (intent: Intent, { life, frame }: Stage, { pools }: DayFrame): boolean => {
  const share = frame.rules['editors.purposes'];
  return share > 0 && pools.some((pool) => pool.intent === intent) && life.rng.next() < share;
};

const leadsHome = (mode: Mode, { life }: Stage): boolean => {
  if (mode === 'library') return life.rng.next() < LIBRARY_BY_HOME;
  return mode === 'radio' || mode === 'editorial' || mode === 'fresh';
};

const leave = (facts: SessionFacts): SessionEnd => ({
  endedAt: facts.startedAt + HOUR_MS / 60,
  utility: NOTHING_FOUND,
  plays: 0,
  interactions: 0,
  diversity: 0.75,
});

/** What the session leaves in the listener, in the counts and in the truth. */
const conclude = (facts: SessionFacts, end: SessionEnd, utility: number, stage: Stage): void => {
  const { life, frame, tally, truth } = stage;
  learnFrom(life.mind, utility, end.diversity, frame.rules);
  tally.add(life.n, 'sessions', 1);
  tally.add(life.n, 'utility', utility);
  tally.add(life.n, 'interactions', end.interactions);
  truth?.session({
    userId: life.listener.userId,
    sessionId: facts.sessionId,
    intent: facts.intent,
    utility,
    companions: facts.companions.length,
    interactions: end.interactions,
  });
  if (life.rng.next() < frame.rules['effects.surveys']) ask(facts, end.endedAt, utility, stage);
};

/** A few are asked how it was: the answer is true utility with noise. */
const ask = (facts: SessionFacts, at: number, utility: number, stage: Stage): void => {
  if (at >= stage.frame.until) return;
  const felt = 1 + 4.4 * utility + 0.7 * stage.life.rng.normal();
  stage.emit({
    kind: 'survey',
    ...eventBase(stage, facts, at, at),
    satisfaction: clamp(Math.round(felt), 1, 5),
    intents: [facts.intent],
    probabilityShown: stage.frame.rules['effects.surveys'],
  });
};
