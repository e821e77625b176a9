import { type Command, Option } from 'commander';
import type { DownstreamWire, EstimateWire } from '#api';
import type { Flags } from '#app';
import { SURFACES } from '#domain';
import { askWatched } from './ask-watched.ts';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { levelOption } from './numbers.ts';
import { digits } from './policy-report.ts';
import { cells } from './replay-policy.ts';
import { columns, styled, type Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello evaluate downstream
  ritornello evaluate downstream --surface home --from 2026-11-01 --to 2026-12-01
  ritornello evaluate downstream --json

What does a card lead to? Listens, repeats, saves and other acts a card that chance placed, by three rules: credited to the
last impression; shared among impressions by their place; and what the card added, which is the difference to items that
chance could have placed in the same slots and passed over. Only the last is free of what listeners would have done anyway:
popular artists are saved whether they are shown or not. Slates must be a week old, and explored.
docs/concepts/downstream.md says how the difference is reckoned.`;

interface DownstreamFlags extends DataOptions, Flags {
  readonly surface: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly level: number;
}

export const addEvaluateDownstream = (evaluate: Command, terminal: Terminal): void => {
  const command = evaluate
    .command('downstream')
    .description('What cards led to, and what of it they added.')
    .addOption(new Option('--surface <surface>', 'of the slates').choices(SURFACES).default('home'))
    .option('--from <day>', 'slates made from this day or time on')
    .option('--to <day>', 'and before this one')
    .option('--limit <n>', 'newest slates that are looked at, at most 5000', wholeFrom(1), 2000)
    .option('--level <x>', 'coverage of the intervals', levelOption, 0.95);
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (flags: DownstreamFlags) => {
      const { surface, from, to, limit, level } = flags;
      const question = { path: '/v1/studio/policies/downstream', query: { surface, from, to, limit, level } };
      const answer = await withConnection(flags, terminal, (connection) =>
        askWatched<DownstreamWire>(connection, question, 'reading logs', terminal),
      );
      terminal.print(flags.json ? JSON.stringify(answer) : describe(answer, terminal.outIsTty));
    });
};

const describe = (answer: DownstreamWire, isTty: boolean): string => {
  const { slates, replayed, left_out, cards, looked_at, listeners, passed_over, acts } = answer;
  if (slates === 0) return 'There is no such slate that is a week old: what cards lead to takes as long to be seen.';
  const head = [
    `${slates} slates, of which ${replayed} replay exactly; chance alone placed ${cards} cards for ${listeners} listeners, who looked at ${looked_at}, and passed over ${passed_over} items`,
    ...left_out.map((each) => `left out: ${each.slates} slates, because ${each.words}`),
  ];
  const [first] = acts;
  if (
    first !== undefined &&
    acts.every(({ incremental }) => !incremental.ok && incremental.reason === 'few_chance_cards')
  ) {
    return [...head, first.incremental.ok ? '' : first.incremental.words].join('\n');
  }
  const table = columns([
    ['act', 'last touch', 'by place', 'added', 'interval'],
    ...acts.map(({ act, last_touch, by_place, incremental }) => [
      act,
      shownValue(last_touch),
      shownValue(by_place),
      ...cells(incremental),
    ]),
  ]);
  return [head.join('\n'), styled('Acts a card', 'bold', isTty), table].join('\n\n');
};

const shownValue = (estimate: EstimateWire): string => (estimate.ok ? digits(estimate.value) : '–');
