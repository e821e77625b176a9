/**
 * What is believed of intents before anybody is asked: each rule adds to the score of an intent, in nats of log odds.
 * The numbers are priors of judgement; answers to surveys correct them (`fitIntentModel`).
 */

import { INTENTS, type Intent } from '#domain';
import type { IntentEvidence } from './evidence.ts';

interface Rule {
  readonly when: (evidence: IntentEvidence) => boolean;
  readonly adds: Readonly<Partial<Record<Intent, number>>>;
}

const on =
  (...surfaces: readonly string[]) =>
  (evidence: IntentEvidence): boolean =>
    surfaces.includes(evidence.surface);
const isNight = ({ daypart }: IntentEvidence): boolean => daypart === 'night' || daypart === 'late_night';
const isWorkday = ({ weekday }: IntentEvidence): boolean => weekday <= 5;
const isPartyNight = (evidence: IntentEvidence): boolean =>
  (evidence.weekday === 5 || evidence.weekday === 6) && (evidence.daypart === 'evening' || isNight(evidence));
const skipsMost = ({ earlyPlays, earlySkips }: IntentEvidence): boolean =>
  earlyPlays >= 3 && earlySkips * 2 > earlyPlays;
const letsRun = ({ earlyPlays, earlySkips, earlyChosen }: IntentEvidence): boolean =>
  earlyPlays >= 3 && earlySkips === 0 && earlyChosen <= 1;

/** Purposes of the playlist or of what is played: the strongest sign there is. */
const PURPOSES: readonly Intent[] = ['sleep', 'focus', 'party', 'workout', 'background', 'news', 'learn'];
const byPurpose: readonly Rule[] = PURPOSES.map((intent) => ({
  when: ({ purpose }) => purpose === intent,
  adds: { [intent]: 3.8 },
}));

const RULES: readonly Rule[] = [
  ...byPurpose,
  { when: ({ sleepTimer }) => sleepTimer, adds: { sleep: 3.5 } },
  { when: isNight, adds: { sleep: 0.8 } },
  { when: (evidence) => !isNight(evidence) && evidence.daypart !== 'evening', adds: { sleep: -1.5 } },
  { when: on('library'), adds: { quick_access: 1.8 } },
  { when: on('home'), adds: { quick_access: 1, mood: 0.5 } },
  { when: on('radio', 'autoplay'), adds: { background: 1.5, discover_now: 0.6 } },
  { when: on('weekly_discovery'), adds: { discover_now: 2.6, discover_save: 1.8 } },
  { when: on('artist', 'album'), adds: { deep_explore: 2 } },
  { when: on('playlist'), adds: { mood: 0.8 } },
  { when: on('search'), adds: { known_item: 0.8, open_search: 0.4 } },
  { when: on('show', 'episode'), adds: { learn: 1.5, news: 0.8 } },
  { when: on('voice'), adds: { quick_access: 1.2, known_item: 0.8 } },
  { when: ({ searched, earlyPlays }) => searched && earlyPlays <= 2, adds: { known_item: 2.6, open_search: 0.8 } },
  { when: ({ searched, earlyPlays }) => searched && earlyPlays > 2, adds: { known_item: 1.2, open_search: 1.6 } },
  { when: skipsMost, adds: { party: 0.8, discover_now: 0.8, sleep: -2, background: -1.5, focus: -1.5 } },
  { when: letsRun, adds: { background: 0.8, focus: 0.4, sleep: 0.4 } },
  { when: (evidence) => evidence.deviceClass === 'desk' && isWorkday(evidence), adds: { focus: 0.8 } },
  { when: isPartyNight, adds: { party: 0.8 } },
  { when: ({ device }) => device === 'watch', adds: { workout: 1.5 } },
  { when: ({ device }) => device === 'car', adds: { background: 0.8 } },
  { when: ({ shuffled }) => shuffled, adds: { quick_access: 0.4, background: 0.4, known_item: -0.5 } },
];

/** What rules add, by place in INTENTS: they are asked for every play of every session. */
const ADDED: readonly { readonly when: Rule['when']; readonly adds: readonly (readonly [number, number])[] }[] =
  RULES.map(({ when, adds }) => ({
    when,
    adds: Object.entries(adds).map(([intent, weight]) => [INTENTS.indexOf(intent as Intent), weight]),
  }));

/** What speaks for an intent before anything is seen: how common it is; the others are rarer. */
const COMMON: Readonly<Partial<Record<Intent, number>>> = { quick_access: 0, background: -0.5, mood: -0.8 };
const RARE = -1;
/** What speaks for `unknown`: where nothing speaks for anything, about as much as for all others together. */
const UNKNOWN = 1.5;
const UNSEEN = Float64Array.from(INTENTS, (intent) => (intent === 'unknown' ? UNKNOWN : (COMMON[intent] ?? RARE)));

/** Scores in the order of INTENTS; their softmax is the posterior of the rules alone. */
export const ruleScores = (evidence: IntentEvidence): Float64Array => {
  const scores = UNSEEN.slice();
  for (const { when, adds } of ADDED) {
    if (!when(evidence)) continue;
    for (const [place, weight] of adds) scores[place] = (scores[place] ?? 0) + weight;
  }
  return scores;
};
