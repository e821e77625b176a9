/** The skips in a user's plays, each with what is seen of it. */

import { DAY_MS, type EpochMs, type EventOf, isListen, type ListenerEvent, MINUTE_MS, SECOND_MS } from '#domain';
import { SESSION_GAP_MS } from '../session-row.ts';
import { KEPT } from '../sessionize.ts';
import type { SkipEvidence } from './skip-evidence.ts';

type Play = EventOf<'play'>;

/** Sources in which the listener chooses what comes; elsewhere it is played to them. */
const CHOOSING: ReadonlySet<string> = new Set(['user_collection', 'catalogue', 'search', 'voice', 'queue']);

export interface SeenSkip {
  readonly play: Play;
  readonly evidence: SkipEvidence;
}

/**
 * Skips of one user in order of time. `until` is where the observation ends: what lies in a window that is not over yet
 * and has not happened is unknown, not absent.
 */
export const skipsOf = (events: readonly ListenerEvent[], until: EpochMs): SeenSkip[] => {
  const inTime = [...events].sort((a, b) => a.at - b.at || (a.eventId < b.eventId ? -1 : 1));
  const plays = inTime.filter((event): event is Play => event.kind === 'play');
  const keeps = inTime.filter((event) => event.kind === 'action' && KEPT.includes(event.action)).map(({ at }) => at);
  const listens = listensByItem(plays);
  const seen: SeenSkip[] = [];
  let streak = 0;
  let sessionStart = plays[0]?.at ?? 0;
  for (const [n, play] of plays.entries()) {
    const before = plays[n - 1];
    if (before !== undefined && play.at - endOf(before) > SESSION_GAP_MS) {
      sessionStart = play.at;
      streak = 0;
    }
    if (play.skipped === true) {
      const place = { sessionStart, streak, until };
      seen.push({ play, evidence: evidenceOf(play, n, plays, listens.get(play.itemId) ?? [], keeps, place) });
    }
    streak = play.skipped === true ? streak + 1 : 0;
  }
  return seen;
};

const endOf = (play: Play): EpochMs => play.at + (play.msPlayed ?? 0);

const listensByItem = (plays: readonly Play[]): ReadonlyMap<string, readonly EpochMs[]> => {
  const listens = new Map<string, EpochMs[]>();
  for (const play of plays) {
    if (play.skipped === true || !isListen(play)) continue;
    const times = listens.get(play.itemId);
    if (times === undefined) listens.set(play.itemId, [play.at]);
    else times.push(play.at);
  }
  return listens;
};

interface Place {
  readonly sessionStart: EpochMs;
  readonly streak: number;
  readonly until: EpochMs;
}

const evidenceOf = (
  play: Play,
  n: number,
  plays: readonly Play[],
  listens: readonly EpochMs[],
  keeps: readonly EpochMs[],
  { sessionStart, streak, until }: Place,
): SkipEvidence => {
  const end = endOf(play);
  const within = (times: readonly EpochMs[], length: number) => {
    if (times.some((at) => at > play.at && at <= end + length)) return 'yes';
    return end + length > until ? null : 'no';
  };
  const recent = listens.filter((at) => at < play.at && play.at - at <= 14 * DAY_MS).length;
  return {
    played: playedOf(play),
    session_age: ageOf(play.at - sessionStart),
    streak: streak === 0 ? 'none' : streak <= 2 ? 'one_or_two' : 'more',
    recent_listens: recent === 0 ? 'none' : recent <= 3 ? 'one_to_three' : 'more',
    stance: play.source === undefined ? null : CHOOSING.has(play.source) ? 'choosing' : 'played_to',
    next: nextOf(play, plays[n + 1], until),
    stayed: stayedOf(end, n, plays, until),
    kept: within(keeps, 10 * MINUTE_MS),
    heard_again: within(listens, 7 * DAY_MS),
  };
};

const playedOf = ({ msPlayed, durationMs }: Play): SkipEvidence['played'] => {
  if (msPlayed === undefined) return null;
  if (msPlayed < 5 * SECOND_MS) return 'under_5s';
  if (msPlayed < 30 * SECOND_MS) return 'under_30s';
  if (durationMs === undefined) return null;
  return msPlayed < durationMs / 2 ? 'under_half' : 'later';
};

const ageOf = (age: number): SkipEvidence['session_age'] =>
  age < 2 * MINUTE_MS ? 'under_2min' : age < 20 * MINUTE_MS ? 'under_20min' : 'longer';

const nextOf = (play: Play, next: Play | undefined, until: EpochMs): SkipEvidence['next'] => {
  const end = endOf(play);
  if (next !== undefined && next.at - end <= SESSION_GAP_MS) {
    if (next.source === undefined || play.source === undefined) return null;
    return next.source === play.source ? 'same_source' : 'other_source';
  }
  return end + SESSION_GAP_MS > until ? null : 'end';
};

/** Whether play went on, without a gap, for ten minutes after the skip. */
const stayedOf = (end: EpochMs, n: number, plays: readonly Play[], until: EpochMs): SkipEvidence['stayed'] => {
  let reached = end;
  for (let next = n + 1; next < plays.length; next++) {
    const play = plays[next];
    if (play === undefined || play.at - reached > SESSION_GAP_MS) break;
    reached = Math.max(reached, endOf(play));
    if (reached - end >= 10 * MINUTE_MS) return 'yes';
  }
  return reached + SESSION_GAP_MS > until ? null : 'no';
};
