/** A collection whose judgments are parts of recordings. */

import {
  agreeInSeconds,
  createJudgedPartsReader,
  createRetrievedPartsReader,
  evaluateParts,
  type JudgedPart,
  keptParts,
  mergeParts,
  type Part,
  type PartTopics,
  type Pool,
  poolOf,
  type RetrievedPart,
  secondsOf,
  withoutTeam,
} from '#evaluation';
import { readInto } from '../read-into.ts';
import type { CollectionConfig } from './config.ts';
import { assessmentFiles, type RunFile, readTopics, runFiles } from './folder.ts';
import type { JudgedCollection, RunScores } from './judged-collection.ts';
import { parsePart, writeTime } from './part-times.ts';

const OPTIONS = { overlaps: 'removed', entrySeconds: 60, toleranceSeconds: 15, binSeconds: 300 } as const;

export const readInterval = async (folder: string, config: CollectionConfig): Promise<JudgedCollection> => {
  const topics = await readTopics(folder);
  const files = await runFiles(folder);
  const runs = new Map<RunFile, PartTopics<RetrievedPart>>();
  for (const file of files) runs.set(file, await readInto(file.path, createRetrievedPartsReader(file.path)));
  const pool = poolOf(
    files.map((file) => ({
      team: file.team,
      topics: new Map(runs.get(file)!.topics.map(({ name, parts }) => [name, parts.map(partKey)])),
    })),
    config.depth,
  );
  const assessors: { name: string; topics: Map<string, readonly JudgedPart[]> }[] = [];
  for (const { name, path } of await assessmentFiles(folder)) {
    const { topics } = await readInto(path, createJudgedPartsReader(path));
    assessors.push({ name, topics: new Map(topics.map((topic) => [topic.name, topic.parts])) });
  }
  const pooledParts = (of: Pool, topic: string): Part[] => [...(of.get(topic)?.keys() ?? [])].map(parsePart);
  // Beyond the pool nobody was asked.
  const mergedOf = (id: string): JudgedPart[] => {
    const opinions = assessors.map((assessor) => assessor.topics.get(id)).filter((parts) => parts !== undefined);
    return keptParts(mergeParts(opinions), pooledParts(pool, id));
  };
  const merged = new Map(topics.map(({ id }) => [id, mergedOf(id)]));
  const judgedTopics = topics.map(({ id }) => id).filter((id) => secondsOf(merged.get(id) ?? []) > 0);
  const relevantIn = (of: Pool): number =>
    topics.reduce((sum, { id }) => sum + secondsOf(keptParts(merged.get(id) ?? [], pooledParts(of, id))), 0);
  const judgmentsWithout = (team: string | undefined): PartTopics<JudgedPart> => {
    const rest = team === undefined ? undefined : withoutTeam(pool, team);
    const topics = judgedTopics.map((id) => {
      const parts = merged.get(id) ?? [];
      return { key: id, name: id, parts: rest === undefined ? parts : keptParts(parts, pooledParts(rest, id)) };
    });
    return { fileName: 'the judgments', topics };
  };
  const relevant = relevantIn(pool);
  const teams = [...new Set(files.map(({ team }) => team))];
  const pooled = [...pool.values()].reduce((sum, parts) => sum + parts.size, 0);
  return {
    config,
    topics,
    runs: files,
    pool,
    progress: assessors.map(({ name, topics }) => ({
      assessor: name,
      judged: [...pool].reduce((sum, [topic, parts]) => sum + (topics.has(topic) ? parts.size : 0), 0),
      pooled,
    })),
    agreements: agreeInSeconds(
      assessors,
      topics.map(({ id }) => ({ id, parts: pooledParts(pool, id) })),
    ),
    judgedTopics,
    qrels: writeParts(merged),
    relevant,
    unique: teams.reduce((sum, team) => sum + relevant - relevantIn(withoutTeam(pool, team)), 0),
    score: (file, team) => scoresOf(runs.get(file)!, judgmentsWithout(team), judgedTopics, config),
  };
};

const partKey = ({ source, start, end }: RetrievedPart): string => `${source} ${writeTime(start)} ${writeTime(end)}`;

const writeParts = (merged: ReadonlyMap<string, readonly JudgedPart[]>): string =>
  [...merged]
    .flatMap(([topic, parts]) =>
      parts.map(
        ({ source, start, end, relevance }) =>
          `${topic} Q0 ${source} ${writeTime(start)} ${writeTime(end)} ${relevance}\n`,
      ),
    )
    .join('');

/** Scores over the topics of the whole collection; one that the run lacks, or of which nothing is left, counts 0. */
const scoresOf = (
  run: PartTopics<RetrievedPart>,
  judgments: PartTopics<JudgedPart>,
  judgedTopics: readonly string[],
  { measures }: CollectionConfig,
): RunScores => {
  const { topics } = evaluateParts(run, judgments, OPTIONS);
  const byTopic = new Map(topics.map(({ topic, focused }) => [topic, focused]));
  return new Map(measures.map((measure) => [measure, judgedTopics.map((topic) => byTopic.get(topic)?.[measure] ?? 0)]));
};
