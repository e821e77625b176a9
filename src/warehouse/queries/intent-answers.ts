import { defineQuery } from '../define-query.ts';

export interface IntentAnswerRow {
  readonly user_id: string;
  readonly intents: readonly string[];
  readonly probability_shown: number | null;
  readonly evidence: string;
}

export const intentAnswers = defineQuery<{ readonly limit: number; readonly gap_ms: number }, IntentAnswerRow>({
  name: 'intent_answers',
  description:
    'The newest answers to surveys that name an intent, each with the evidence of the session it is about: the last one ' +
    'that had begun, if it had not ended longer than gap_ms before. Empty evidence: there is no such session.',
  grain: 'answer',
  sql: `
WITH
asked AS
(
    SELECT user_id, at AS asked_at, event_id, intents AS named, probability_shown
    FROM survey
    WHERE notEmpty(intents)
    ORDER BY at DESC, user_id, event_id
    LIMIT {limit:UInt32}
),
held AS
(
    SELECT user_id, at AS began_at, ended_at, session.evidence AS known
    FROM session FINAL
    WHERE user_id IN (SELECT user_id FROM asked)
)
SELECT
    asked.user_id AS user_id,
    asked.named AS intents,
    asked.probability_shown AS probability_shown,
    if(asked.asked_at <= held.ended_at + toIntervalMillisecond({gap_ms:UInt32}), held.known, '') AS evidence
FROM asked
ASOF LEFT JOIN held ON asked.user_id = held.user_id AND asked.asked_at >= held.began_at
ORDER BY asked.asked_at, asked.user_id, asked.event_id`,
  columns: {
    user_id: 'String',
    intents: 'Array(LowCardinality(String))',
    probability_shown: 'Nullable(Float64)',
    evidence: 'String',
  },
  example: { limit: 5000, gap_ms: 1_800_000 },
});
