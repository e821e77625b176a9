/**
 * Sessions with known intents as serving sees them: plays with what their items are for, where they came from, skips and
 * own choices. Any of it may be odd: of a hundred items two are for something else and one says nothing; one play in five
 * comes from anywhere.
 */

import { type Intent, MINUTE_MS, parseEvent } from '#domain';
import type { Rng } from '#math';
import { fitIntentModel, type IntentAnswer, type IntentModel, SessionSoFar, type Surroundings } from '#units';

interface Habit {
  /** What items are for; empty where nothing says. */
  readonly purpose: string;
  readonly source: string;
  readonly skips: number;
  readonly chooses: number;
}

export const HABITS: Readonly<Partial<Record<Intent, Habit>>> = {
  sleep: { purpose: 'sleep', source: 'editorial', skips: 0.02, chooses: 0.02 },
  focus: { purpose: 'focus', source: 'personalized_playlist', skips: 0.1, chooses: 0.05 },
  party: { purpose: 'party', source: 'queue', skips: 0.5, chooses: 0.5 },
  workout: { purpose: 'workout', source: 'personalized_playlist', skips: 0.2, chooses: 0.1 },
  background: { purpose: 'background', source: 'radio', skips: 0.1, chooses: 0.02 },
  learn: { purpose: 'learn', source: 'catalogue', skips: 0.1, chooses: 0.4 },
};
export const SWITCHING: readonly Intent[] = Object.keys(HABITS) as Intent[];
export const EVENTS = 30;

const SOURCES = ['user_collection', 'editorial', 'personalized_playlist', 'queue', 'radio', 'catalogue'];
const PURPOSES = SWITCHING.map((intent) => HABITS[intent]?.purpose ?? '');
const START = Date.parse('2026-05-05T17:00:00Z');
const pick = <T>(values: readonly T[], rng: Rng): T => values[rng.int(values.length)] as T;

/** The item's id says what it is for. */
export const surroundings: Surroundings = {
  surfaceOf: () => undefined,
  purposeOf: (itemId) => itemId.slice('track:'.length).replace('none', ''),
};

const playOf = (n: number, intent: Intent, rng: Rng) => {
  const habit = HABITS[intent];
  if (habit === undefined) throw new Error(`no habit of ${intent}`);
  const odd = rng.next();
  const purpose = odd < 0.02 ? pick(PURPOSES, rng) : odd < 0.03 ? 'none' : habit.purpose;
  const parsed = parseEvent(
    {
      type: 'play',
      event_id: `e${n}`,
      user_id: 'ada',
      at: START + 4 * n * MINUTE_MS,
      item_id: `track:${purpose}`,
      ms_played: 4 * MINUTE_MS,
      source: rng.next() < 0.8 ? habit.source : pick(SOURCES, rng),
      skipped: rng.next() < habit.skips,
      user_initiated: rng.next() < habit.chooses,
      device: 'mobile',
      time_zone: 'Europe/Berlin',
    },
    START + 86_400_000,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};

/** `intentAt` tells what each play is for; `look` is called after each. */
export const playSession = (
  intentAt: (n: number) => Intent,
  rng: Rng,
  look: (n: number, session: SessionSoFar) => void,
  events = EVENTS,
) => {
  const session = new SessionSoFar();
  for (let n = 0; n < events; n++) {
    session.take(playOf(n, intentAt(n), rng), surroundings);
    look(n, session);
  }
};

/** A model of what the listeners of some sessions said. */
export const learnedModel = (sessions: number, rng: Rng): IntentModel => {
  const answers = Array.from({ length: sessions }, (_, n): IntentAnswer => {
    const own = rng.derive(n);
    const intent = pick(SWITCHING, own);
    let last: SessionSoFar | undefined;
    playSession(
      () => intent,
      own,
      (_n, session) => {
        last = session;
      },
    );
    if (last === undefined) throw new Error('a session without plays');
    return { userId: `u${n}`, evidence: last.evidence({}), intents: [intent], probabilityShown: 0.1 };
  });
  const model = fitIntentModel(answers);
  if (model === null) throw new Error('no answers');
  return model;
};
