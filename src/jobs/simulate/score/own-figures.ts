/** What metrics are of one listener alone: the same counts as the roll-ups and queries of reports have them. */

import { HOUR_MS } from '#domain';
import type { RolledUp } from '#metrics';
import { absencesOf, kaplanMeier } from '#stats';
import { isExamined } from '#units';
import type { Timeline } from '../../success/timeline.ts';

/** Over all sessions. */
export const summed = ({ sessions }: Timeline, column: RolledUp): number => {
  if (column === 'user') return sessions.length > 0 ? 1 : 0;
  if (column === 'sessions') return sessions.length;
  if (column === 'active_days') return new Set(sessions.map(({ local }) => local.day)).size;
  return sessions.reduce((sum, { counts }) => sum + counts[column], 0);
};

/** Of the sessions whose window was over when observation ended, the share followed by another within it. */
export const shareBack = ({ sessions, around }: Timeline, windowMs: number): number | null => {
  const ripe = sessions.flatMap(({ endedAt }, n) => {
    if (endedAt + windowMs > around.until) return [];
    const next = sessions[n + 1];
    return [next !== undefined && next.startedAt <= endedAt + windowMs];
  });
  return ripe.length === 0 ? null : ripe.filter((isBack) => isBack).length / ripe.length;
};

/** The time by which that share of absences is over, by Kaplan–Meier; null where the listener's own do not tell. */
export const absenceHours = ({ sessions, around }: Timeline, share: number): number | null => {
  const absences = absencesOf(
    {
      users: sessions.map(() => 0),
      starts: sessions.map(({ startedAt }) => startedAt),
      ends: sessions.map(({ endedAt }) => endedAt),
    },
    around.until,
  );
  const step = kaplanMeier(absences).steps.find(({ survival }) => survival <= 1 - share);
  return step === undefined ? null : step.time / HOUR_MS;
};

/** Share of the impressions of home pages whose item was played from their page; of those examined, or of all. */
export const clickThrough = ({ events, slateSurface }: Timeline, examinedOnly: boolean): number | null => {
  const played = new Set(
    events.flatMap((event) => (event.kind === 'play' && event.slateId ? [`${event.slateId} ${event.itemId}`] : [])),
  );
  let shown = 0;
  let clicked = 0;
  for (const event of events) {
    if (event.kind !== 'impression' || slateSurface.get(event.slateId) !== 'home') continue;
    if (examinedOnly && isExamined(event) === false) continue;
    shown++;
    if (played.has(`${event.slateId} ${event.itemId}`)) clicked++;
  }
  return shown === 0 ? null : clicked / shown;
};
