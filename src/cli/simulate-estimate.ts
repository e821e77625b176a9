import type { Estimate } from '#domain';
import { chooseWorld, type EstimatorsScore, EXPLORATION, scoreEstimators } from '#jobs';
import { progressLine } from './progress.ts';
import type { WorldFlags } from './simulate-world.ts';
import { columns, type Terminal } from './terminal.ts';

export const ESTIMATE_HELP = `
Examples:
  ritornello simulate estimate --world small --users 200 --days 14
  ritornello simulate estimate --logged click_explore --judged click_only --seeds 40 --json

In each world one policy writes a log with its propensities; every off-policy estimator says from it what share of home pages
something would have been chosen on under the other; then that one lives in the same world, with the same people. "logged"
takes the log's own value for it. The judged policy also changes its people as it goes, which no log of another shows: that
is in the bias. Policies: ${Object.keys(EXPLORATION).join(', ')}; other pairs never show the same pages.`;

export interface EstimateFlags extends WorldFlags {
  readonly logged: string;
  readonly judged: string;
  readonly seeds: number;
}

export const runEstimate = async (flags: EstimateFlags, terminal: Terminal): Promise<void> => {
  const { logged, judged, seeds, days, start } = flags;
  const document = chooseWorld({ world: flags.world, listeners: flags.users, seed: flags.seed });
  const line = progressLine('worlds', terminal);
  const onDay = (done: number, total: number): void => line.update({ done, total, unit: 'days' });
  const score = await scoreEstimators({ document, days, start, logged, judged, seeds, onDay }).finally(line.stop);
  const result = { world: document.name, seed: document.seed, days, logged, judged, ...score };
  terminal.print(flags.json ? JSON.stringify(result) : describe(result));
};

const describe = (score: EstimatorsScore & { readonly logged: string; readonly judged: string }): string => {
  const { yes, careful, no } = score.trust;
  return [
    `${score.judged} judged from logs of ${score.logged} in ${score.seeds} worlds: ${Math.round(score.pages)} home pages a log, worth ` +
      `${Math.round(score.effectivePages)} of ${score.judged}'s own`,
    columns([
      ['pages chosen from', `under ${score.logged}`, told(score.loggedValue)],
      ['', `truly under ${score.judged}`, told(score.truth)],
    ]),
    columns([
      ['estimator', 'bias', 'RMSE', 'interval holds the truth', ''],
      ...score.estimators.map(({ name, bias, rmse, coverage, title }) => [
        name,
        told(bias),
        rmse === null ? '–' : rmse.toFixed(3),
        told(coverage),
        title,
      ]),
    ]),
    `what is said of the estimates: trust ${yes}, careful ${careful}, do not trust ${no}\n${score.trustSentence}`,
  ].join('\n\n');
};

/** Value and interval; where there is no number, why. */
const told = (estimate: Estimate): string => {
  if (!estimate.ok) return estimate.reason.replaceAll('_', ' ');
  const { lower, upper } = estimate.interval;
  return `${estimate.value.toFixed(3)} [${lower.toFixed(3)}, ${upper.toFixed(3)}]`;
};
