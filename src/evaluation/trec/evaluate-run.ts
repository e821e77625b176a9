/** A run judged on every topic, and summed up. */

import { EngineError } from '#domain';
import { aspectsOf } from './aspects.ts';
import { judgeRanking, type RelevanceOptions } from './judged-ranking.ts';
import type { Summary, TopicView } from './measure.ts';
import { orderDocuments, type Ranking } from './ordered-documents.ts';
import { countPreferences } from './preference-counts.ts';
import { preferencesOf } from './preference-groups.ts';
import type { JudgmentFormat, TopicJudgments } from './read-judgments.ts';
import type { Run } from './read-run.ts';
import { type SelectedMeasure, selectMeasures } from './registry.ts';
import { rowsOf, type Topic } from './topic-rows.ts';
import { MISSING_Z_SCORE, type ZScores } from './z-scores.ts';

export interface RankingOptions extends RelevanceOptions {
  /** Names such as `map`, `ndcg_cut.5,10`, `all_trec`. */
  readonly measures: readonly string[];
  /** Whether judged topics that the run lacks count, as empty rankings. */
  readonly complete: boolean;
  /** Documents of a topic that are looked at. */
  readonly maxRetrieved: number;
  /** Documents in the collection, 0 when not known: utility alone asks. */
  readonly collectionSize: number;
  /** When given, values are told as deviations from these. */
  readonly zScores: ZScores | undefined;
}

export interface ReportColumn {
  readonly name: string;
  /** Whether single topics have a value, and the whole run. */
  readonly perTopic: boolean;
  readonly summary: Summary;
  /** Whether values are counts. */
  readonly whole: boolean;
}

export interface TopicValues {
  readonly topic: string;
  /** By column; text for relstring. */
  readonly values: readonly (number | string)[];
}

export interface RankingReport {
  readonly runId: string;
  readonly columns: readonly ReportColumn[];
  readonly topics: readonly TopicValues[];
  /** By column; undefined for what is told of topics only. */
  readonly summary: readonly (number | string | undefined)[];
  /** Judged topics that the run lacks; left out unless `complete`. */
  readonly missing: readonly string[];
  readonly zScored: boolean;
}

/**
 * Judges a run as trec_eval 10 does: topics of the judgments in the order of their names' bytes, documents by score with
 * equal ones by name, the later first. A value that is not defined for a topic, such as precision of nothing, is 0 there.
 * @throws {EngineError} invalid_request for measures, invalid_data for doubled documents, contradictions in preferences,
 * and when no topic has both judgments and results.
 */
export const evaluateRun = (run: Run, judgments: TopicJudgments, options: RankingOptions): RankingReport => {
  const measures = selectMeasures(options.measures);
  checkNeeds(measures, judgments.format);
  const columns = measures.flatMap(({ family, bound }) =>
    bound.columns.map((name) => ({
      name,
      perTopic: family.perTopic,
      summary: family.summary,
      whole: family.whole,
    })),
  );
  const results = new Map(run.topics.map((topic) => [topic.key, topic]));
  const missing = judgments.topics.filter(({ key }) => !results.has(key)).map(({ name }) => name);
  const topics = judgments.topics
    .filter(({ key }) => options.complete || results.has(key))
    .map((topic) => {
      const view = viewOf(run, results.get(topic.key), judgments, topic, options);
      const values = measures.flatMap(({ bound }) => valuesOf(bound.compute(view)));
      return { topic: topic.name, values: zScored(values, topic.name, columns, options.zScores) };
    });
  if (topics.length === 0) {
    throw new EngineError('invalid_data', `no topic of ${run.fileName} is judged in ${judgments.fileName}`);
  }
  const summary = columns.map((column, n) => summarize(column.summary, run.runId, valuesAt(topics, n)));
  return { runId: run.runId, columns, topics, summary, missing, zScored: options.zScores !== undefined };
};

const KIND_OF = { qrels: 'ranking', qrels_jg: 'judges', prefs: 'preferences', qrels_prefs: 'preferences' } as const;

const checkNeeds = (measures: readonly SelectedMeasure[], format: JudgmentFormat): void => {
  const kind = KIND_OF[format];
  const stranger = measures.find(({ family }) => family.needs !== 'nothing' && family.needs !== kind);
  if (stranger === undefined) return;
  const { name, needs } = stranger.family;
  const formats = Object.entries(KIND_OF).flatMap(([known, has]) => (has === needs ? [known] : []));
  throw new EngineError(
    'invalid_request',
    `measure ${name} needs judgments as ${formats.join(' or ')}, and these are read as ${format}`,
  );
};

const viewOf = (
  run: Run,
  retrieved: Topic | undefined,
  judgments: TopicJudgments,
  topic: Topic,
  options: RankingOptions,
): TopicView => {
  const kind = KIND_OF[judgments.format];
  const ties = kind === 'preferences' ? 'earlier_name_first' : 'later_name_first';
  const judged = rowsOf(topic);
  const rows = retrieved === undefined ? new Uint32Array(0) : rowsOf(retrieved);
  const ranking = orderDocuments(run, rows, options.maxRetrieved, ties);
  const judge = (opinion: Uint32Array) => judgeRanking(ranking, judgments, opinion, options);
  return {
    ranking: kind === 'ranking' ? judge(judged) : undefined,
    judges: kind === 'judges' ? byGroup(judgments, judged).map(judge) : undefined,
    aspects: kind === 'judges' ? () => aspectsOf(ranking, judgments, judged, options) : undefined,
    preferences: kind === 'preferences' ? countedPreferences(ranking, judgments, judged) : undefined,
    collectionSize: options.collectionSize,
  };
};

/** Rows of each judge, judges in the order of first sight. */
const byGroup = (judgments: TopicJudgments, rows: Uint32Array): Uint32Array[] =>
  [...new Set(Array.from(rows, judgments.group))].map((name) => rows.filter((row) => judgments.group(row) === name));

const countedPreferences = (ranking: Ranking, judgments: TopicJudgments, rows: Uint32Array) => {
  const preferences = preferencesOf(ranking, judgments, rows);
  return { ...preferences, counts: preferences.groups.map((group) => countPreferences(group, preferences)) };
};

const valuesOf = (values: readonly number[] | string): readonly (number | string)[] =>
  typeof values === 'string' ? [values] : values;

const zScored = (
  values: readonly (number | string)[],
  topic: string,
  columns: readonly ReportColumn[],
  zScores: ZScores | undefined,
): readonly (number | string)[] =>
  zScores === undefined
    ? values
    : values.map((value, n) =>
        typeof value === 'number' ? zScores.convert(topic, columns[n]?.name ?? '', value) : value,
      );

const valuesAt = (topics: readonly TopicValues[], column: number): number[] =>
  topics.map(({ values }) => values[column]).filter((value) => typeof value === 'number');

const summarize = (summary: Summary, runId: string, values: readonly number[]): number | string | undefined => {
  const sum = values.reduce((total, value) => total + value, 0);
  switch (summary) {
    case 'mean':
      return sum / values.length;
    case 'sum':
      return sum;
    case 'geometric_mean':
      return Math.exp(sum / values.length);
    case 'topic_count':
      return values.length;
    case 'run_id':
      return runId;
    case 'none':
      return undefined;
  }
};

/** The number, or undefined where a z-score had no reference: for those who need not write what trec_eval writes. */
export const knownValue = (report: RankingReport, value: number | string | undefined): number | string | undefined =>
  report.zScored && value === MISSING_Z_SCORE ? undefined : value;
