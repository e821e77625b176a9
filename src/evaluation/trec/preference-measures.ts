/** Measures of how far a ranking keeps to what judges prefer, after trec_eval. */

import { EngineError } from '#domain';
import { refuseParameters } from './families.ts';
import type { Family, TopicView } from './measure.ts';
import { countPreferences, type PreferenceCounts } from './preference-counts.ts';
import type { PreferenceGroup, TopicPreferences } from './preference-groups.ts';

/**
 * Which preferences count: all (one not retrieved at all is not kept), those with one document retrieved at least, or
 * those with both.
 */
type Scope = 'all' | 'implied' | 'retrieved';

const kept = (counts: PreferenceCounts, scope: Scope): number =>
  counts.keptRetrieved + (scope === 'retrieved' ? 0 : counts.keptImplied);

const possible = (counts: PreferenceCounts, scope: Scope): number =>
  counts.retrieved + (scope === 'retrieved' ? 0 : counts.implied) + (scope === 'all' ? counts.absent : 0);

type Preferences = NonNullable<TopicView['preferences']>;

const total = (counts: readonly PreferenceCounts[], of: (counts: PreferenceCounts) => number): number =>
  counts.reduce((sum, group) => sum + of(group), 0);

/** Every preference weighs the same. */
const simple =
  (scope: Scope) =>
  ({ counts }: Preferences): number => {
    const all = total(counts, (group) => possible(group, scope));
    return all === 0 ? 0 : total(counts, (group) => kept(group, scope)) / all;
  };

/** Every pair of documents weighs the same, however many judges have a preference. */
const byPair =
  (scope: Scope) =>
  ({ groups, judged, retrieved }: Preferences): number => {
    const firsts = scope === 'all' ? judged : retrieved;
    const seconds = scope === 'retrieved' ? retrieved : judged;
    const tally = { pairs: 0, sum: 0 };
    for (let place = 0; place < firsts; place++) {
      for (let other = place + 1; other < seconds; other++) {
        addVotes(tally, votes(groups, place, other), place < retrieved);
      }
    }
    return tally.pairs === 0 ? 0 : tally.sum / tally.pairs;
  };

const addVotes = (tally: { pairs: number; sum: number }, { forward, either }: Votes, isFound: boolean): void => {
  if (either === 0) return;
  tally.pairs++;
  if (isFound) tally.sum += forward / either;
};

interface Votes {
  readonly forward: number;
  readonly either: number;
}

/** Judges who prefer the first to the second, and who have a preference between the two. */
const votes = (groups: readonly PreferenceGroup[], place: number, other: number): Votes => {
  let forward = 0;
  let either = 0;
  for (const { prefers } of groups) {
    const isForward = prefers(place, other);
    if (isForward) forward++;
    if (isForward || prefers(other, place)) either++;
  }
  return { forward, either };
};

/** Every judge weighs the same. */
const byJudge =
  (scope: Scope) =>
  ({ counts }: Preferences): number =>
    total(counts, (group) => {
      const all = possible(group, scope);
      return all === 0 ? 0 : kept(group, scope) / all;
    }) / counts.length;

/**
 * As many nonrelevant documents (level 0) as relevant ones for each judge: missing ones are thought of as kept last,
 * surplus ones, in the order of rank, are left out. A judge for whom nothing is left makes the topic 0, as in trec_eval.
 */
const byJudgeBalanced =
  (scope: 'all' | 'retrieved') =>
  (preferences: Preferences): number => {
    const sum = preferences.groups.reduce((before, group, n) => {
      const [good, all] = balanced(group, preferences.counts[n]!, preferences, scope);
      return before + good / all;
    }, 0);
    return sum > 0 ? sum / preferences.groups.length : 0;
  };

type KeptOfAll = readonly [kept: number, all: number];

const balanced = (
  group: PreferenceGroup,
  counts: PreferenceCounts,
  preferences: TopicPreferences,
  scope: 'all' | 'retrieved',
): KeptOfAll => {
  const relevant = scope === 'all' ? counts.relevant : counts.relevantRetrieved;
  const surplus = (scope === 'all' ? counts.nonrelevant : counts.nonrelevantRetrieved) - relevant;
  if (surplus <= 0) {
    return [
      kept(counts, scope) - counts.relevantRetrieved * surplus,
      possible(counts, scope) - counts.relevant * surplus,
    ];
  }
  if (group.classes !== undefined) return trimmedClasses(group.classes, relevant, preferences.retrieved, scope);
  const end = scope === 'all' ? preferences.judged : preferences.retrieved;
  const surplusFrom = nthNonrelevant(group, counts.relevant, end);
  const trimmed = countPreferences(group, preferences, (n) => n < surplusFrom || group.levelOf[n] !== 0);
  return [kept(trimmed, scope), possible(trimmed, scope)];
};

/** The place of nonrelevant document number `count` + 1, or the end. */
const nthNonrelevant = ({ levelOf }: PreferenceGroup, count: number, end: number): number => {
  let seen = 0;
  for (let place = 0; place < end; place++) {
    if (levelOf[place] === 0 && seen++ === count) return place;
  }
  return end;
};

/**
 * The last class cut to its first `relevant` documents. As in trec_eval, whose numbers these are, the uncut last class
 * is itself compared with the cut one, pairs of a document with itself among them.
 */
const trimmedClasses = (
  classes: NonNullable<PreferenceGroup['classes']>,
  relevant: number,
  retrieved: number,
  scope: 'all' | 'retrieved',
): KeptOfAll => {
  const end = scope === 'all' ? Number.POSITIVE_INFINITY : retrieved;
  const lists = classes.map(({ places }) => places.filter((place) => place < end));
  const last = classes
    .at(-1)!
    .places.slice(0, relevant)
    .filter((place) => place < end);
  let good = 0;
  let all = 0;
  const compare = (upper: readonly number[], lower: readonly number[]): void => {
    for (const place of upper) {
      for (const other of lower) if (place < other && place < retrieved) good++;
    }
    all += upper.length * lower.length;
  };
  for (const [n, upper] of lists.entries()) {
    for (const lower of lists.slice(n + 1, -1)) compare(upper, lower);
    compare(upper, last);
  }
  return [good, all];
};

const ofPreferences = (name: string, formula: (preferences: Preferences) => number, whole = false): Family => ({
  name,
  needs: 'preferences',
  summary: whole ? 'sum' : 'mean',
  perTopic: true,
  whole,
  bind: (parameters) => {
    refuseParameters(name, parameters);
    return {
      columns: [name],
      compute: ({ preferences }) => {
        if (preferences === undefined) throw new EngineError('internal', `${name} met no preferences`);
        return [formula(preferences)];
      },
    };
  },
});

export const PREFERENCE_MEASURES: readonly Family[] = [
  ofPreferences('prefs_num_prefs_poss', ({ counts }) => total(counts, (group) => possible(group, 'all')), true),
  ofPreferences('prefs_num_prefs_ful', ({ counts }) => total(counts, (group) => kept(group, 'all')), true),
  ofPreferences('prefs_num_prefs_ful_ret', ({ counts }) => total(counts, (group) => kept(group, 'retrieved')), true),
  ofPreferences('prefs_simp', simple('all')),
  ofPreferences('prefs_pair', byPair('all')),
  ofPreferences('prefs_avgjg', byJudge('all')),
  ofPreferences('prefs_avgjg_Rnonrel', byJudgeBalanced('all')),
  ofPreferences('prefs_simp_ret', simple('retrieved')),
  ofPreferences('prefs_pair_ret', byPair('retrieved')),
  ofPreferences('prefs_avgjg_ret', byJudge('retrieved')),
  ofPreferences('prefs_avgjg_Rnonrel_ret', byJudgeBalanced('retrieved')),
  ofPreferences('prefs_simp_imp', simple('implied')),
  ofPreferences('prefs_pair_imp', byPair('implied')),
  ofPreferences('prefs_avgjg_imp', byJudge('implied')),
];
