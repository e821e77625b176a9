/** Leaderboards and reports of test collections, as text and as JSON. */

import type { Estimate } from '#domain';
import type { Leaderboard } from '#evaluation';
import type { CollectionReport } from '#jobs';
import { columns } from './terminal.ts';

const withInterval = (estimate: Estimate): string =>
  estimate.ok
    ? `${estimate.value.toFixed(4)} [${estimate.interval.lower.toFixed(4)}, ${estimate.interval.upper.toFixed(4)}]`
    : `- (${estimate.reason})`;

export const leaderboardText = ({ measure, rows, apart, pairs }: Leaderboard): string =>
  [
    `${measure}: ${apart} of ${pairs} pairs told apart`,
    columns([
      ['rank', 'team', 'run', 'mean, 95 % interval', 'groups'],
      ...rows.map(({ rank, team, run, mean, groups }) => [String(rank), team, run, withInterval(mean), groups]),
    ]),
  ].join('\n');

const share = (part: number, all: number): string => (all === 0 ? '-' : `${((100 * part) / all).toFixed(1)} %`);

export const reportText = (report: CollectionReport): string => {
  const { config, progress, agreements, leaderboards, reusability, unit } = report;
  const judged = progress.map(({ assessor, judged, pooled }) => `  ${assessor}: ${judged} of ${pooled} judged`);
  const agreed = agreements.map(
    ({ assessors, both, same, kappa, weightedKappa }) =>
      `  ${assessors.join(' and ')}: ${both} ${unit} in common, the same of ${share(same, both)}, kappa ${withInterval(kappa)}, weighted ${withInterval(weightedKappa)}`,
  );
  const { runs, unique, relevant, largestLoss, meanLoss, tau, measure } = reusability;
  const left = runs.map(({ team, run, withTeam, withoutTeam, places }) => [
    `  ${team}/${run}`,
    withTeam.toFixed(4),
    withoutTeam.toFixed(4),
    places === 0 ? 'keeps its place' : places > 0 ? `falls ${places}` : `climbs ${-places}`,
  ]);
  return [
    `${config.name}: ${config.description}`,
    `${report.runs} runs, ${report.judgedTopics.length} of ${report.topics} topics with something relevant, pool of depth ${config.depth}: ${report.pooled}`,
    'assessors',
    ...judged,
    ...agreed,
    '',
    leaderboards.map(leaderboardText).join('\n\n'),
    '',
    `leave one team out, by ${measure}: ${unique} of ${relevant} relevant ${unit} came from one team alone (${share(unique, relevant)})`,
    columns([['  run', 'in the pool', 'as a stranger', ''], ...left]),
    `  largest loss ${percent(largestLoss)}, mean ${percent(meanLoss)}, Kendall's tau ${tau.ok ? tau.value.toFixed(4) : `- (${tau.reason})`}`,
  ].join('\n');
};

const percent = (loss: number | undefined): string => (loss === undefined ? '-' : `${(100 * loss).toFixed(1)} %`);

export const scoresJson = (boards: readonly Leaderboard[]): object => ({ leaderboards: boards.map(leaderboardJson) });

export const leaderboardJson = ({ measure, rows, apart, pairs }: Leaderboard): object => ({
  measure,
  pairs_told_apart: apart,
  pairs,
  rows,
});

export const reportJson = (report: CollectionReport): object => ({
  name: report.config.name,
  description: report.config.description,
  kind: report.config.kind,
  depth: report.config.depth,
  topics: report.topics,
  judged_topics: report.judgedTopics,
  runs: report.runs,
  pooled: report.pooled,
  unit: report.unit,
  assessors: report.progress,
  agreements: report.agreements.map(({ assessors, both, same, kappa, weightedKappa }) => ({
    assessors,
    both,
    same,
    kappa,
    weighted_kappa: weightedKappa,
  })),
  leaderboards: report.leaderboards.map(leaderboardJson),
  reusability: {
    measure: report.reusability.measure,
    unique: report.reusability.unique,
    relevant: report.reusability.relevant,
    largest_loss: report.reusability.largestLoss ?? null,
    mean_loss: report.reusability.meanLoss ?? null,
    tau: report.reusability.tau,
    runs: report.reusability.runs.map(({ team, run, withTeam, withoutTeam, places }) => ({
      team,
      run,
      in_pool: withTeam,
      as_stranger: withoutTeam,
      places_lost: places,
    })),
  },
});
