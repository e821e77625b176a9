/** Evaluation for the Studio: runs that are sent, test collections that are here. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, DAY_MS, EngineError } from '#domain';
import {
  judgeRuns,
  type Run,
  rankedDocuments,
  readJudgments,
  readRun,
  type TopicJudgments,
  topicLevels,
} from '#evaluation';
import type { EvaluationFace, JudgeAnswer, JudgeRequest } from '#http';
import {
  browsingLaws,
  judgeBeyond,
  openCollection,
  parseTable,
  readConfig,
  reportCollection,
  SHIPPED_COLLECTIONS,
  shippedCollection,
  usefulItems,
} from '#jobs';
import type { Warehouse } from '#warehouse';

const SEED = 1;
/** Draws of a test are bounded so that one answer holds the others up for no more than a second or two. */
const MOST_STEPS = 100_000_000;
const MOST_DRAWS = 100_000;
const LEAST_DRAWS = 1_000;
/** Leaderboards test all pairs on all measures. */
const BOARD_DRAWS = 10_000;

const bytesOf = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
};

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

export interface EvaluationDeps {
  readonly dataFolder: string;
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  /** Carries what is acknowledged to the warehouse. */
  readonly flush: () => Promise<void>;
}

/** Test collections lie in the folder `collections` of the data folder, beside those of the package. */
export const createEvaluation = ({ dataFolder, warehouse, clock, flush }: EvaluationDeps): EvaluationFace => {
  const own = join(dataFolder, 'collections');
  const folders = async (): Promise<{ name: string; folder: string; shipped: boolean }[]> => {
    const names = await namesIn(own);
    return [
      ...names.sort().map((name) => ({ name, folder: join(own, name), shipped: false })),
      ...SHIPPED_COLLECTIONS.filter((name) => !names.some((own) => own === name)).map((name) => ({
        name,
        folder: shippedCollection(name),
        shipped: true,
      })),
    ];
  };
  return {
    judge: async ({ qrels, run, other, measures, level, test, items, plays }) => {
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
    },
    browsing: async ({ from, to, ...asked }) => {
      await flush();
      // Client clocks may run ahead by a day.
      return browsingLaws(warehouse, { ...asked, from: from ?? 0, to: to ?? clock.now() + DAY_MS });
    },
    collections: async () => {
      const found: { name: string; shipped: boolean; description: string; kind: 'graded' | 'interval' }[] = [];
      for (const { name, folder, shipped } of await folders()) {
        const { description, kind } = await readConfig(folder);
        found.push({ name, shipped, description, kind });
      }
      return found;
    },
    collection: async (name) => {
      const found = (await folders()).find((one) => one.name === name);
      if (found === undefined) {
        const reason = `there is no test collection "${name}": collections lie in ${own}`;
        throw new EngineError('not_found', reason, { fields: [{ field: 'name', reason }] });
      }
      const collection = await openCollection(found.folder);
      return reportCollection(collection, { test: 'randomization', draws: BOARD_DRAWS, seed: SEED });
    },
  };
};
