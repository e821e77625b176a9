/** One listener's day: whether they come, at which moments, and what becomes of each session. */

import type { Intent, SessionId } from '#domain';
import type { Rng } from '#math';
import { type Collection, createCollection, refreshRotation } from './collection.ts';
import type { Pool } from './editors.ts';
import type { Listener, WorldFrame } from './listener.ts';
import type { Moment } from './moments.ts';
import { comesToday, learnFrom, type Satisfaction } from './return.ts';
import { eventBase, type Memory, runSession, type SessionEnd, type SessionFacts, type Stage } from './session.ts';
import { planSession } from './session-plan.ts';
import { runShowSession } from './show-session.ts';
import { clamp, drawPoisson } from './weighted-draw.ts';
import { weekdayOf } from './zone-clock.ts';

/** A listener as the days go by. */
export interface Life {
  readonly listener: Listener;
  readonly rng: Rng;
  readonly memory: Memory;
  readonly satisfaction: Satisfaction;
  /** End of the last session. */
  busyUntil: number;
}

/** Sessions of one person are at least this far apart. */
const PAUSE_MS = 31 * 60_000;
const ASKED_SHARE = 0.012;
const SPOKEN_INTENTS = new Set<Intent>(['news', 'learn']);
/** Share of a follower's fitting sessions that are spoken word. */
const SPOKEN_SHARE = 0.08;

export const beginLife = (listener: Listener, frame: WorldFrame, rng: Rng): Life => {
  const collection: Collection = createCollection(listener, frame.catalogue, rng);
  return {
    listener,
    rng,
    satisfaction: { level: 0.6 },
    busyUntil: listener.from,
    memory: {
      collection,
      traces: new Map(),
      liked: new Set(),
      hidden: new Set(),
      heardEpisodes: new Set(),
      events: 0,
      sessions: 0,
    },
  };
};

/** `day` is the listener's local calendar day, counted since 1970-01-01. */
export const liveDay = (
  life: Life,
  day: number,
  frame: WorldFrame,
  pools: readonly Pool[],
  out: Pick<Stage, 'emit' | 'tell'>,
): void => {
  const { listener, rng, memory } = life;
  const weekday = weekdayOf(day);
  if (weekday === 1) refreshRotation(memory.collection, memory.traces, rng);
  const drawMoment = listener.drawMoment[weekday - 1] ?? null;
  if (drawMoment === null || !comesToday(listener.habit, life.satisfaction, rng)) return;
  const count = 1 + drawPoisson(listener.archetype.sessions - 1, rng);
  const starts = Array.from({ length: count }, () => {
    const moment = drawMoment(rng);
    return { moment, hour: moment.from + (moment.to - moment.from) * rng.next() };
  }).sort((a, b) => a.hour - b.hour);
  for (const { moment, hour } of starts) {
    const startedAt = listener.zone.toUtc(day, hour);
    if (startedAt < listener.from || startedAt < life.busyUntil + PAUSE_MS || startedAt >= listener.to) continue;
    const facts = describe(life, moment, startedAt, day, weekday);
    const stage: Stage = { listener, memory, catalogue: frame.catalogue, until: frame.until, rng, ...out };
    const end = perform(facts, stage, frame, pools);
    life.busyUntil = end.endedAt;
    if (end.utility === null) continue;
    learnFrom(life.satisfaction, end.utility);
    if (rng.next() < ASKED_SHARE) ask(facts, end, stage);
  }
};

const describe = (life: Life, moment: Moment, startedAt: number, day: number, weekday: number): SessionFacts => ({
  sessionId: `${life.listener.userId}:s${++life.memory.sessions}` as SessionId,
  startedAt,
  intent: moment.drawIntent(life.rng),
  device: moment.drawDevice(life.rng),
  isWeekend: weekday >= 6,
  utcOffsetMin: life.listener.zone.offsetOn(day),
});

const perform = (facts: SessionFacts, stage: Stage, frame: WorldFrame, pools: readonly Pool[]): SessionEnd => {
  const isSpoken = SPOKEN_INTENTS.has(facts.intent);
  if (stage.listener.follows.length > 0 && (isSpoken || stage.rng.next() < SPOKEN_SHARE)) {
    const end = runShowSession(frame.shows, facts, stage);
    if (end.utility !== null) return end;
  }
  // Who follows no show, or has heard all of it, plays music instead.
  const intent: Intent = isSpoken ? 'quick_access' : facts.intent;
  const { listener, memory, catalogue, rng } = stage;
  const plan = planSession({ listener, collection: memory.collection, catalogue, pools, intent, rng });
  return runSession(plan, { ...facts, intent }, stage);
};

/** A few are asked how it was: the answer is true utility with noise. */
const ask = (facts: SessionFacts, end: SessionEnd, stage: Stage): void => {
  if (end.endedAt >= stage.until) return;
  const felt = 1 + 4.4 * (end.utility ?? 0) + 0.7 * stage.rng.normal();
  stage.emit({
    kind: 'survey',
    ...eventBase(stage, facts, end.endedAt, end.endedAt),
    satisfaction: clamp(Math.round(felt), 1, 5),
    intents: [facts.intent],
    probabilityShown: ASKED_SHARE,
  });
};
