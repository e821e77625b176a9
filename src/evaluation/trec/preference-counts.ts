/** How many preferences a ranking keeps, by whether the documents were retrieved. */

import type { PreferenceGroup, TopicPreferences } from './preference-groups.ts';

/** Preferences of a judge: kept by the ranking, out of all there are. */
export interface PreferenceCounts {
  /** Both documents retrieved. */
  readonly keptRetrieved: number;
  readonly retrieved: number;
  /** One of them retrieved: kept when it is the preferred one. */
  readonly keptImplied: number;
  readonly implied: number;
  /** Neither retrieved. */
  readonly absent: number;
  /** Documents with a level above 0, and those with 0; all, and retrieved. */
  readonly relevant: number;
  readonly relevantRetrieved: number;
  readonly nonrelevant: number;
  readonly nonrelevantRetrieved: number;
}

/** Counts for one judge; places for which `keep` is false are left out. O(judged²). */
export const countPreferences = (
  { prefers, levelOf }: PreferenceGroup,
  { judged, retrieved }: TopicPreferences,
  keep: (place: number) => boolean = () => true,
): PreferenceCounts => {
  const kept = { retrieved: 0, implied: 0, absent: 0 };
  const lost = { retrieved: 0, implied: 0, absent: 0 };
  const add = (place: number, other: number): void => {
    const kind = kindOf(place, other, retrieved);
    if (prefers(place, other)) kept[kind]++;
    else if (prefers(other, place)) lost[kind]++;
  };
  const places = Array.from({ length: judged }, (_, place) => place).filter(
    (place) => levelOf[place] !== undefined && keep(place),
  );
  for (let n = 0; n < places.length; n++) {
    for (let m = n + 1; m < places.length; m++) add(places[n]!, places[m]!);
  }
  const count = (wanted: (level: number) => boolean, end: number): number =>
    levelOf.reduce<number>((sum, level, n) => (n < end && level !== undefined && wanted(level) ? sum + 1 : sum), 0);
  const isRelevant = (level: number): boolean => level > 0;
  const isNot = (level: number): boolean => !(level > 0);
  return {
    keptRetrieved: kept.retrieved,
    retrieved: kept.retrieved + lost.retrieved,
    keptImplied: kept.implied,
    implied: kept.implied + lost.implied,
    absent: kept.absent + lost.absent,
    relevant: count(isRelevant, judged),
    relevantRetrieved: count(isRelevant, retrieved),
    nonrelevant: count(isNot, judged),
    nonrelevantRetrieved: count(isNot, retrieved),
  };
};

/** Of a pair of places, the first being the better one. */
const kindOf = (place: number, other: number, retrieved: number): 'absent' | 'implied' | 'retrieved' => {
  if (place >= retrieved) return 'absent';
  return other >= retrieved ? 'implied' : 'retrieved';
};
