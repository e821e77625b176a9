/** A collection whose judgments are levels of documents. */

import {
  type Assessor,
  agreements,
  createJudgmentsReader,
  createRunReader,
  evaluateRun,
  type Levels,
  mergeAssessments,
  type Pool,
  poolOf,
  type Run,
  rankedDocuments,
  readJudgments,
  type TopicJudgments,
  topicLevels,
  withoutTeam,
} from '#evaluation';
import { readInto } from '../read-into.ts';
import type { CollectionConfig } from './config.ts';
import { assessmentFiles, type RunFile, readTopics, runFiles } from './folder.ts';
import type { JudgedCollection, RunScores } from './judged-collection.ts';

export const readGraded = async (folder: string, config: CollectionConfig): Promise<JudgedCollection> => {
  const topics = await readTopics(folder);
  const files = await runFiles(folder);
  const runs = new Map<RunFile, Run>();
  for (const file of files) runs.set(file, await readInto(file.path, createRunReader(file.path)));
  const pool = poolOf(
    files.map((file) => ({ team: file.team, topics: rankedDocuments(runs.get(file)!, config.depth) })),
    config.depth,
  );
  const assessors: Assessor[] = [];
  for (const { name, path } of await assessmentFiles(folder)) {
    assessors.push({ name, levels: topicLevels(await readInto(path, createJudgmentsReader(path, 'qrels'))) });
  }
  const levels = mergeAssessments(assessors);
  const isRelevant = (level: number): boolean => level >= config.level;
  const judgedTopics = topics
    .map(({ id }) => id)
    .filter((id) => [...(levels.get(id)?.values() ?? [])].some(isRelevant));
  const score = (file: RunFile, team?: string): RunScores =>
    scoresOf(
      runs.get(file)!,
      team === undefined ? levels : pooledLevels(levels, pool, withoutTeam(pool, team)),
      judgedTopics,
      config,
    );
  const pooled = [...pool.values()].reduce((sum, documents) => sum + documents.size, 0);
  return {
    config,
    topics,
    runs: files,
    pool,
    progress: assessors.map(({ name, levels }) => ({ assessor: name, judged: countIn(pool, levels), pooled })),
    agreements: agreements(assessors),
    judgedTopics,
    qrels: writeQrels(levels),
    relevant: countIn(pool, levels, isRelevant),
    unique: countIn(pool, levels, isRelevant, (teams) => teams.size === 1),
    score,
  };
};

/** Documents of the pool that were judged, with a level and from teams that are wanted. */
const countIn = (
  pool: Pool,
  levels: Levels,
  wanted: (level: number) => boolean = () => true,
  from: (teams: ReadonlySet<string>) => boolean = () => true,
): number => {
  let count = 0;
  for (const [topic, documents] of pool) {
    for (const [document, teams] of documents) {
      const level = levels.get(topic)?.get(document);
      if (level !== undefined && wanted(level) && from(teams)) count++;
    }
  }
  return count;
};

/** Judgments without those of documents that are in the one pool and not in the other. */
const pooledLevels = (levels: Levels, whole: Pool, rest: Pool): Levels =>
  new Map(
    [...levels].map(([topic, documents]) => [
      topic,
      new Map(
        [...documents].filter(
          ([document]) => !whole.get(topic)?.has(document) || rest.get(topic)?.has(document) === true,
        ),
      ),
    ]),
  );

const writeQrels = (levels: Levels): string =>
  [...levels]
    .flatMap(([topic, documents]) => [...documents].map(([document, level]) => `${topic} 0 ${document} ${level}\n`))
    .join('');

/** Scores over the topics of the whole collection; one of which nothing is judged any more counts 0. */
const scoresOf = (
  run: Run,
  levels: Levels,
  judgedTopics: readonly string[],
  { measures, level }: CollectionConfig,
): RunScores => {
  const file = { name: 'the judgments', bytes: new TextEncoder().encode(writeQrels(levels)) };
  const judgments = readJudgments(file, 'qrels');
  // One by one: a report would tell them in an order of its own.
  return new Map(measures.flatMap((measure) => valuesOf(run, judgments, measure, level, judgedTopics)));
};

const valuesOf = (
  run: Run,
  judgments: TopicJudgments,
  measure: string,
  level: number,
  judgedTopics: readonly string[],
): (readonly [string, readonly number[]])[] => {
  const { columns, topics } = evaluateRun(run, judgments, {
    measures: [measure],
    complete: true,
    level,
    judgedOnly: false,
    maxRetrieved: Number.POSITIVE_INFINITY,
    collectionSize: 0,
    zScores: undefined,
  });
  const byTopic = new Map(topics.map(({ topic, values }) => [topic, values]));
  return columns.flatMap(({ name, perTopic, summary }, column) =>
    perTopic && summary === 'mean'
      ? [[name, judgedTopics.map((topic) => Number(byTopic.get(topic)?.[column] ?? 0))] as const]
      : [],
  );
};
