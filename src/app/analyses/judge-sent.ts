/** Runs that were sent, judged against judgments that came with them. */

import { EngineError } from '#domain';
import {
  judgeRuns,
  type Run,
  rankedDocuments,
  readJudgments,
  readRun,
  type TopicJudgments,
  topicLevels,
} from '#evaluation';
import type { JudgeAnswer, JudgeRequest } from '#http';
import { judgeBeyond, parseTable, usefulItems } from '#jobs';

const SEED = 1;
/** Draws of a test are bounded so that one answer takes no more than a second or two. */
const MOST_STEPS = 100_000_000;
const MOST_DRAWS = 100_000;
const LEAST_DRAWS = 1_000;

const bytesOf = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

/** Of lists as long as people look at. */
const LISTED = 10;
const RESAMPLES = 200;

/** Undefined without tables. @throws {EngineError} invalid_request for one of them alone. */
const beyondOf = (
  runs: { readonly run: Run; readonly other: Run | undefined },
  judgments: TopicJudgments,
  { items, plays, level }: Pick<JudgeRequest, 'items' | 'plays' | 'level'>,
): JudgeAnswer['beyond'] => {
  if (items === undefined && plays === undefined) return undefined;
  if (items === undefined || plays === undefined) {
    const field = items === undefined ? 'items' : 'plays';
    const reason = 'the catalogue and what was played before go together: one of them is missing';
    throw new EngineError('invalid_request', `${field}: ${reason}`, { fields: [{ field, reason }] });
  }
  const grounds = {
    items: parseTable(items, 'the catalogue'),
    plays: parseTable(plays, 'the plays'),
    useful: usefulItems(topicLevels(judgments), level),
  };
  const judge = (run: Run) =>
    judgeBeyond(rankedDocuments(run, LISTED), grounds, { depth: LISTED, level, resamples: RESAMPLES, seed: SEED });
  return { run: judge(runs.run), other: runs.other && judge(runs.other) };
};

/** @throws {EngineError} unreadable_file, invalid_request, invalid_data */
export const judgeSent = (request: JudgeRequest): JudgeAnswer => {
  const { qrels, run, other, measures, level, test, items, plays } = request;
  const judgments = readJudgments(bytesOf('the judgments', qrels), 'qrels');
  const steps = judgments.topics.length * measures.length * 10;
  const draws = Math.min(MOST_DRAWS, Math.max(LEAST_DRAWS, Math.floor(MOST_STEPS / steps)));
  const runs = {
    run: readRun(bytesOf('the run', run)),
    other: other === undefined ? undefined : readRun(bytesOf('the other run', other)),
  };
  const beyond = beyondOf(runs, judgments, { items, plays, level });
  const judged = judgeRuns(judgments, runs.run, runs.other, {
    measures,
    level,
    complete: false,
    judgedOnly: false,
    maxRetrieved: Number.POSITIVE_INFINITY,
    collectionSize: 0,
    zScores: undefined,
    test: { test, draws, seed: SEED },
  });
  return { judged, beyond };
};
