/** A listener's journey with one artist, show or playlist: from not knowing it to habit, and away again. */

import { DAY_MS, type EpochMs } from '#domain';

export const JOURNEY_STAGES = [
  'unaware',
  'exposed',
  'sampled',
  'engaged',
  'adopted',
  'habitual',
  'saturated',
  'dormant',
  're_engaged',
  'lost',
] as const;
export type JourneyStage = (typeof JOURNEY_STAGES)[number];

/** `seen`: an impression; `listen`: by the rule of listens; `skip`: left early; `adopt`: saved, followed, added. */
export interface Touch {
  readonly at: EpochMs;
  readonly kind: 'seen' | 'listen' | 'skip' | 'adopt';
}

export interface StageEntry {
  readonly stage: JourneyStage;
  readonly at: EpochMs;
}

export interface JourneyRules {
  /** Two listens within that many days make engaged. */
  readonly engagedDays: number;
  /** Weeks with a listen, of the last `habitOfWeeks`, that make a habit. */
  readonly habitWeeks: number;
  readonly habitOfWeeks: number;
  /** Skips in a row, of something engaged or beyond, that make saturated. */
  readonly saturatedSkips: number;
  readonly dormantDays: number;
  readonly lostDays: number;
}

export const JOURNEY_RULES: JourneyRules = {
  engagedDays: 7,
  habitWeeks: 3,
  habitOfWeeks: 4,
  saturatedSkips: 3,
  dormantDays: 28,
  lostDays: 90,
};

/** Stages in which a listener who stays away falls asleep. */
const AWAKE: ReadonlySet<JourneyStage> = new Set([
  'sampled',
  'engaged',
  'adopted',
  'habitual',
  'saturated',
  're_engaged',
]);
const ATTACHED: ReadonlySet<JourneyStage> = new Set(['engaged', 'adopted', 'habitual', 're_engaged']);

interface Walk {
  readonly entries: StageEntry[];
  readonly listens: EpochMs[];
  stage: JourneyStage;
  /** Last listen or adoption. */
  lastAt: EpochMs | null;
  skipsInARow: number;
  isAdopted: boolean;
}

/**
 * The stages a journey went through, each with when it was entered; begins with `unaware` at the first touch. Staying
 * away counts up to `until`: dormant after `dormantDays` without a listen or an adoption, lost after `lostDays`; both are entered on
 * the day they become true. What is known of no touch has no journey: the empty list.
 */
export const journeyOf = (
  touches: readonly Touch[],
  until: EpochMs,
  rules: JourneyRules = JOURNEY_RULES,
): readonly StageEntry[] => {
  const inTime = touches.filter(({ at }) => at < until).sort((a, b) => a.at - b.at);
  const [first] = inTime;
  if (first === undefined) return [];
  const walk: Walk = { entries: [], listens: [], stage: 'unaware', lastAt: null, skipsInARow: 0, isAdopted: false };
  enter(walk, 'unaware', first.at);
  for (const touch of inTime) {
    fallAsleep(walk, touch.at, rules);
    step(walk, touch, rules);
  }
  fallAsleep(walk, until, rules);
  return walk.entries;
};

const enter = (walk: Walk, stage: JourneyStage, at: EpochMs): void => {
  if (walk.entries.at(-1)?.stage === stage) return;
  walk.stage = stage;
  walk.entries.push({ stage, at });
};

const fallAsleep = (walk: Walk, now: EpochMs, { dormantDays, lostDays }: JourneyRules): void => {
  if (walk.lastAt === null) return;
  const dormantAt = walk.lastAt + dormantDays * DAY_MS;
  const lostAt = walk.lastAt + lostDays * DAY_MS;
  if (AWAKE.has(walk.stage) && now >= dormantAt) enter(walk, 'dormant', dormantAt);
  if (walk.stage === 'dormant' && now >= lostAt) enter(walk, 'lost', lostAt);
};

const step = (walk: Walk, { at, kind }: Touch, rules: JourneyRules): void => {
  walk.skipsInARow = kind === 'skip' ? walk.skipsInARow + 1 : kind === 'listen' ? 0 : walk.skipsInARow;
  if (kind === 'listen' || kind === 'adopt') walk.lastAt = at;
  switch (kind) {
    case 'seen':
      if (walk.stage === 'unaware') enter(walk, 'exposed', at);
      return;
    case 'skip':
      if (walk.stage === 'unaware') enter(walk, 'exposed', at);
      if (ATTACHED.has(walk.stage) && walk.skipsInARow >= rules.saturatedSkips) enter(walk, 'saturated', at);
      return;
    case 'adopt':
      walk.isAdopted = true;
      if (walk.stage !== 'habitual') enter(walk, 'adopted', at);
      return;
    case 'listen':
      walk.listens.push(at);
      enter(walk, afterListen(walk, at, rules), at);
  }
};

const afterListen = (walk: Walk, at: EpochMs, rules: JourneyRules): JourneyStage => {
  if (walk.stage === 'dormant' || walk.stage === 'lost') return 're_engaged';
  if (activeWeeks(walk.listens, at, rules.habitOfWeeks) >= rules.habitWeeks) return 'habitual';
  // A listen later than a week after coming back is no new engagement, it keeps what is there.
  const recent = walk.listens.filter((listen) => at - listen <= rules.engagedDays * DAY_MS).length;
  if (walk.isAdopted) return 'adopted';
  if (recent >= 2) return 'engaged';
  return walk.stage === 'unaware' || walk.stage === 'exposed' ? 'sampled' : walk.stage;
};

/** Of the last weeks up to `at`, each seven days, those with a listen. */
const activeWeeks = (listens: readonly EpochMs[], at: EpochMs, weeks: number): number => {
  const found = new Set<number>();
  for (const listen of listens) {
    const week = Math.floor((at - listen) / (7 * DAY_MS));
    if (week < weeks) found.add(week);
  }
  return found.size;
};
