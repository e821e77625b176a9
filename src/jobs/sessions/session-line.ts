/** A session as its row of the table `session`. */

import { toTimestamp } from '#domain';
import { evidenceOf, type IntentModel, intentPosterior, keptIntents, namedIntent, type Session } from '#units';

/** JSON line, sign 1 at its end. */
export const toSessionLine = (session: Session, model: IntentModel | null): string => {
  const { counts, local } = session;
  const evidence = evidenceOf(session);
  const posterior = intentPosterior(evidence, model);
  return withSign(
    JSON.stringify({
      user_id: session.userId,
      at: toTimestamp(session.startedAt),
      ended_at: toTimestamp(session.endedAt),
      local_day: local.day,
      local_hour: local.hour,
      local_weekday: local.weekday,
      daypart: session.daypart,
      device: session.device,
      layout: session.layout,
      surface: session.surface,
      intent: namedIntent(posterior),
      intents: keptIntents(posterior),
      evidence: JSON.stringify(evidence),
      end_reason: session.endReason,
      is_open: session.isOpen,
      resumes: session.resumes,
      hand_offs: counts.hand_offs,
      plays: counts.plays,
      listens: counts.listens,
      played_ms: counts.played_ms,
      skips: counts.skips,
      early_skips: counts.early_skips,
      items: counts.items,
      kept: counts.kept,
      added: counts.added,
      refused: counts.refused,
      actions: counts.actions,
      searches: counts.searches,
      impressions: counts.impressions,
      examined: counts.examined,
    }),
    1,
  );
};

/** The row (a JSON object without it) with its sign: 1 is a session, -1 takes one back. */
export const withSign = (row: string, sign: 1 | -1): string => `${row.slice(0, -1)},"sign":${sign}}`;
