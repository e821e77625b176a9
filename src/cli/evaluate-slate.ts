import type { Command } from 'commander';
import type { SlateReport } from '#evaluation';
import { evaluateSlateFile } from '#jobs';
import { levelOption } from './numbers.ts';
import { digits, told } from './policy-report.ts';
import { columns, styled, type Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello evaluate slate --slates slates.csv
  ritornello evaluate slate --slates slates.csv --bootstrap 2000 --json

What would another policy's slates have earned? One line a card: slate (its name), slot (from 1), reward, pscore and
pi_e, the probabilities of the card given the cards above it, of the log's policy and of the judged one. With r_hat and
r_dm (a model's reward of the slot, for the logged and for the judged policy) there is slot_dr, with q_hat and q_dm (of
the rewards from the slot on) cascade_dr. docs/concepts/slates.md says which estimator is right when.`;

interface SlateFlags {
  readonly slates: string;
  readonly level: number;
  readonly bootstrap: number;
  readonly seed: number;
  readonly json?: boolean;
}

export const addEvaluateSlate = (evaluate: Command, terminal: Terminal): void => {
  evaluate
    .command('slate')
    .description("What a policy's slates would have earned, from the slates of another one.")
    .requiredOption('--slates <file>', 'cards with probabilities and rewards, CSV')
    .option('--level <x>', 'coverage of the intervals', levelOption, 0.95)
    .option('--bootstrap <n>', 'resamples', wholeFrom(100), 1000)
    .option('--seed <n>', 'of resamples', wholeFrom(0), 1)
    .option('--json', 'print the result as JSON, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action(async ({ slates, level, bootstrap, seed, json }: SlateFlags) => {
      const report = await evaluateSlateFile(slates, { level, resamples: bootstrap, seed });
      terminal.print(json ? JSON.stringify(toJson(report)) : describe(report, terminal.outIsTty));
    });
};

const toJson = (report: SlateReport): object => ({
  slates: report.n,
  slots: report.slots,
  logged_value: report.logged,
  estimates: report.estimates.map(({ name, bootstrap, delta }) => ({
    estimator: name,
    value: bootstrap.ok ? bootstrap.value : null,
    bootstrap,
    delta,
  })),
  by_slot: report.bySlot.map(({ slot, effectiveSize, largestShare, meanWeight }) => ({
    slot: slot + 1,
    effective_size: effectiveSize,
    largest_share: largestShare,
    mean_weight: meanWeight,
  })),
  trust: report.trust,
});

const describe = (report: SlateReport, isTty: boolean): string => {
  const logged = report.logged.ok ? `${digits(report.logged.value)} ${told(report.logged)}` : report.logged.reason;
  return [
    `${report.n} slates of ${report.slots}; the policy that logged them earned ${logged} a slate`,
    '',
    columns([
      ['estimator', 'value', 'bootstrap', 'delta'],
      ...report.estimates.map(({ name, bootstrap, delta }) => [
        name,
        bootstrap.ok ? digits(bootstrap.value) : '',
        told(bootstrap),
        told(delta),
      ]),
    ]),
    '',
    'weights of the slots up to one',
    columns([
      ['slot', 'worth slates', 'largest share', 'mean'],
      ...report.bySlot.map(({ slot, effectiveSize, largestShare, meanWeight }) =>
        [slot + 1, effectiveSize, largestShare, meanWeight].map((value) => digits(value)),
      ),
    ]),
    '',
    'whole slates (is, snips):',
    styled(report.trust.sentence, 'bold', isTty),
  ].join('\n');
};
