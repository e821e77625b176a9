/** Judged runs and collections → wire. */

import type { BrowsingWire, CollectionReportWire, JudgedRunsWire } from '#api';
import type { Estimate } from '#domain';
import type { Leaderboard, MeasureComparison } from '#evaluation';
import type { BeyondReport, BrowsingReport, CollectionReport } from '#jobs';
import type { JudgeAnswer } from '../engine.ts';
import { toEstimate } from './metrics.ts';

const TEST_REASONS: Readonly<Record<string, string>> = {
  no_units: 'there is no topic',
  one_unit: 'there is a single topic',
  no_differences: 'no topic differs',
  no_variance: 'all topics differ by the same',
  not_finite: 'a value is no number',
};

const toTest = ({ test }: MeasureComparison): JudgedRunsWire['measures'][number]['test'] =>
  test.ok
    ? { ok: true, statistic: test.statistic, p_value: test.pValue, method: test.method }
    : { ok: false, reason: test.reason, words: TEST_REASONS[test.reason] ?? test.reason };

const LISTENER_REASONS: Readonly<Record<string, string>> = {
  no_units: 'it is defined for no listener',
  one_unit: 'it is defined for one listener alone',
};

const toBeyond = (beyond: JudgeAnswer['beyond']): JudgedRunsWire['beyond'] => {
  if (beyond === undefined) return [];
  const { run, other } = beyond;
  const named = ({ coverage, gini, means }: BeyondReport) => ({ coverage, gini, ...means });
  const told = (estimate: Estimate) => {
    const wire = toEstimate(estimate);
    return wire.ok ? wire : { ...wire, words: LISTENER_REASONS[wire.reason] ?? wire.words };
  };
  const against = other && named(other);
  return Object.entries(named(run)).map(([measure, estimate]) => ({
    measure: measure as JudgedRunsWire['beyond'][number]['measure'],
    run: told(estimate),
    other: against === undefined ? null : told(against[measure as keyof typeof against]),
  }));
};

export const toJudgedRuns = ({ judged, beyond }: JudgeAnswer): JudgedRunsWire => {
  const { report, other, comparison, means } = judged;
  const otherTopics = new Map(other?.topics.map(({ topic, values }) => [topic, values]));
  return {
    run_id: report.runId,
    other_run_id: other?.runId ?? null,
    topics: report.topics.length,
    missing: [...new Set([...report.missing, ...(other?.missing ?? [])])],
    beyond: toBeyond(beyond),
    measures: means.map(({ measure, of, against }) => {
      const column = report.columns.findIndex(({ name }) => name === measure);
      const compared = comparison?.measures.find((one) => one.measure === measure);
      return {
        measure,
        run: toEstimate(of),
        other: against === undefined ? null : toEstimate(against),
        difference: compared === undefined ? null : toEstimate(compared.difference),
        test: compared === undefined ? null : toTest(compared),
        p_holm: compared?.holm ?? null,
        p_benjamini_hochberg: compared?.benjaminiHochberg ?? null,
        by_topic: report.topics.map(({ topic, values }) => ({
          topic,
          run: Number(values[column]),
          other: otherTopics.has(topic) ? Number(otherTopics.get(topic)![column]) : null,
        })),
      };
    }),
  };
};

const toLeaderboard = ({ measure, apart, pairs, rows }: Leaderboard): CollectionReportWire['leaderboards'][number] => ({
  measure,
  pairs_told_apart: apart,
  pairs,
  rows: rows.map((row) => ({ ...row, mean: toEstimate(row.mean) })),
});

export const toCollectionReport = (report: CollectionReport): CollectionReportWire => {
  const { reusability } = report;
  return {
    name: report.config.name,
    description: report.config.description,
    unit: report.config.kind === 'graded' ? 'documents' : 'seconds',
    depth: report.config.depth,
    topics: report.topics,
    judged_topics: report.judgedTopics.length,
    pooled: report.pooled,
    agreements: report.agreements.map(({ assessors, both, same, kappa, weightedKappa }) => ({
      assessors: [...assessors],
      both,
      same,
      kappa: toEstimate(kappa),
      weighted_kappa: toEstimate(weightedKappa),
    })),
    leaderboards: report.leaderboards.map(toLeaderboard),
    reusability: {
      measure: reusability.measure,
      unique: reusability.unique,
      relevant: reusability.relevant,
      largest_loss: reusability.largestLoss ?? null,
      runs: reusability.runs.map(({ team, run, withTeam, withoutTeam, places }) => ({
        team,
        run,
        in_pool: withTeam,
        as_stranger: withoutTeam,
        places_lost: places,
      })),
    },
  };
};

export const toBrowsing = ({ laws, sql }: BrowsingReport): BrowsingWire => ({
  laws: laws.map((law) => ({
    device: law.device,
    visits: law.visits,
    continuations: law.continuations.map(toEstimate),
    measure: law.measure,
  })),
  sql,
});
