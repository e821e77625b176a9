/** A simulated run held against its truth: what definitions, figures and guesses of intent are worth. */

import type { Intent } from '#domain';
import { createRng } from '#math';
import { type Calibration, calibrationOf, evidenceOf, type IntentAnswer } from '#units';
import { isPlay, type Timeline } from '../../success/timeline.ts';
import { playKey, readScoredRun, type ScoredRun } from './read-scored-run.ts';
import { type ScoredDefinition, scoreDefinitions } from './score-definitions.ts';
import { type ScoredMetric, scoreMetrics } from './score-metrics.ts';

export interface RunScore {
  readonly listeners: number;
  readonly days: number;
  readonly definitions: readonly ScoredDefinition[];
  readonly metrics: readonly ScoredMetric[];
  /** The rules' posterior over intents against the true one, session by session; null without sessions of music. */
  readonly intents: Calibration | null;
}

/** Same folder, same score. @throws {EngineError} as `readScoredRun`. */
export const scoreRun = async (folder: string, most: number): Promise<RunScore> => {
  const run = await readScoredRun(folder, most);
  const rng = createRng('score');
  const answers = trueIntents(run);
  return {
    listeners: run.timelines.length,
    days: run.days,
    definitions: scoreDefinitions(run, rng.derive('definitions')),
    metrics: scoreMetrics(run, rng.derive('metrics')),
    intents:
      answers.length === 0
        ? null
        : calibrationOf(
            answers.map((answer) => ({ answer, model: null })),
            rng.derive('intents'),
          ),
  };
};

/** Each session as if its listener had been asked and had told the truth. */
const trueIntents = ({ timelines, playIntent }: ScoredRun): readonly IntentAnswer[] =>
  timelines.flatMap((timeline) =>
    timeline.sessions.flatMap((session) => {
      const intent = intentOf(timeline, session, playIntent);
      if (intent === undefined) return [];
      return { userId: timeline.userId, evidence: evidenceOf(session), intents: [intent], probabilityShown: 1 };
    }),
  );

/** Of the first play in it whose intent is known. */
const intentOf = (
  { userId, events }: Timeline,
  { startedAt, endedAt }: Timeline['sessions'][number],
  playIntent: ReadonlyMap<string, Intent>,
): Intent | undefined => {
  for (const event of events) {
    if (!isPlay(event) || event.at < startedAt || event.at > endedAt) continue;
    const intent = playIntent.get(playKey(userId, event.eventId));
    if (intent !== undefined) return intent;
  }
  return undefined;
};
