/** A simulated run held against its truth: what definitions, metrics and estimates from its log are worth. */

import { createRng, type Rng } from '#math';
import { type Calibration, calibrationOf, evidenceOf, type IntentAnswer } from '#units';
import { isPlay, type Timeline } from '../../success/timeline.ts';
import { readScoredRun, type ScoredRun } from './read-scored-run.ts';
import { playKey, type Truth } from './read-truth.ts';
import { type ScoredDefinition, scoreDefinitions } from './score-definitions.ts';
import { type ScoredExamination, scoreExamination } from './score-examination.ts';
import { type ScoredMetric, scoreMetrics } from './score-metrics.ts';
import { type ScoredReturn, scoreReturn } from './score-return.ts';
import { type ScoredSkips, scoreSkips } from './score-skips.ts';

export interface RunScore {
  readonly listeners: number;
  readonly days: number;
  readonly definitions: readonly Omit<ScoredDefinition, 'rates'>[];
  readonly metrics: readonly ScoredMetric[];
  /** The rules' posterior over intents against the true one, session by session; null without sessions of music. */
  readonly intents: Calibration | null;
  readonly skips: ScoredSkips;
  readonly examination: readonly ScoredExamination[];
  readonly returns: readonly ScoredReturn[];
}

/** Same folder, same score. @throws {EngineError} as `readScoredRun`. */
export const scoreRun = async (folder: string, most: number): Promise<RunScore> => {
  const run = await readScoredRun(folder, most);
  const rng = createRng('score');
  const definitions = scoreDefinitions(run, rng.derive('definitions'));
  const judged = new Map(definitions.flatMap(({ name, rates }) => (rates.size === 0 ? [] : [[name, rates] as const])));
  return {
    listeners: run.timelines.length,
    days: run.days,
    definitions: definitions.map(({ rates, ...definition }) => definition),
    metrics: scoreMetrics(run, judged, rng.derive('metrics')),
    intents: scoreIntents(run, rng.derive('intents')),
    skips: scoreSkips(run, rng.derive('skips')),
    examination: scoreExamination(run, rng.derive('examination')),
    returns: scoreReturn(run, rng.derive('returns')),
  };
};

const scoreIntents = (run: ScoredRun, rng: Rng): Calibration | null => {
  const answers = trueIntents(run);
  if (answers.length === 0) return null;
  return calibrationOf(
    answers.map((answer) => ({ answer, model: null })),
    rng,
  );
};

/** Each session as if its listener had been asked and had told the truth. */
const trueIntents = ({ timelines, truth }: ScoredRun): readonly IntentAnswer[] =>
  timelines.flatMap((timeline) =>
    timeline.sessions.flatMap((session) => {
      const intent = intentOf(timeline, session, truth);
      if (intent === undefined) return [];
      return { userId: timeline.userId, evidence: evidenceOf(session), intents: [intent], probabilityShown: 1 };
    }),
  );

/** Of the first play in it whose intent is known. */
const intentOf = (
  { userId, events }: Timeline,
  { startedAt, endedAt }: Timeline['sessions'][number],
  { plays }: Truth,
) => {
  for (const event of events) {
    if (!isPlay(event) || event.at < startedAt || event.at > endedAt) continue;
    const intent = plays.get(playKey(userId, event.eventId))?.intent;
    if (intent !== undefined) return intent;
  }
  return undefined;
};
