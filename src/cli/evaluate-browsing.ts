import { type Command, Option } from 'commander';
import { BROWSING_UNITS, type BrowsingWire } from '#api';
import type { Flags } from '#app';
import { SURFACES } from '#domain';
import { type BrowsingReport, browsingFile } from '#jobs';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { columns, styled, type Terminal } from './terminal.ts';
import { wholeFrom } from './whole-number.ts';

const HELP = `
Examples:
  ritornello evaluate browsing
  ritornello evaluate browsing --surface weekly_discovery --from 2026-11-01 --json
  ritornello evaluate browsing --visits visits.csv
  ritornello evaluate ranking --qrels qrels.txt --run run.txt -m cwl.0.9,0.8,0.7

C(i) is the share of visits that went on from rank i among those that could: the browsing model of C/W/L measures, by
device. --along shelf takes a shelf for a visit and its slots for ranks, page a page and its shelves. A card counts when it
was half in view for a second, or when nobody knows how long it was in view. The last line of each device is the law as a
measure. --visits reads a table instead of the slates: device, deepest_rank (from 1), at_end (whether there was no more).
docs/concepts/ranking.md tells what it is for.`;

interface BrowsingFlags extends DataOptions, Flags {
  readonly visits?: string;
  readonly surface: string;
  readonly along: string;
  readonly from?: string;
  readonly to?: string;
  readonly leastVisits: number;
}

export const addEvaluateBrowsing = (evaluate: Command, terminal: Terminal): void => {
  const command = evaluate
    .command('browsing')
    .description(
      'How listeners go down pages and along shelves, by device: the law of C/W/L measures, from impressions.',
    )
    .option('--visits <file>', 'visits, CSV, TSV or JSON lines, in place of the slates in the warehouse')
    .addOption(new Option('--surface <surface>', 'of the slates').choices(SURFACES).default('home'))
    .addOption(new Option('--along <unit>', 'what a visit goes along').choices(BROWSING_UNITS).default('shelf'))
    .option('--from <day>', 'slates made from this day or time on')
    .option('--to <day>', 'and before this one')
    .option('--least-visits <n>', 'ranks with fewer visits are pooled', wholeFrom(1), 100);
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (flags: BrowsingFlags) => {
      const laws = await lawsOf(flags, terminal);
      terminal.print(flags.json ? JSON.stringify(laws) : describe(laws, terminal.outIsTty));
    });
};

const lawsOf = async (flags: BrowsingFlags, terminal: Terminal): Promise<BrowsingWire> => {
  const { visits, surface, along, from, to, leastVisits } = flags;
  if (visits !== undefined) return ofFile(await browsingFile(visits, leastVisits));
  return withConnection(flags, terminal, ({ ask }) =>
    ask<BrowsingWire>({
      path: '/v1/studio/browsing',
      query: { surface, along, from, to, least_visits: leastVisits },
    }),
  );
};

const ofFile = ({ laws, sql }: BrowsingReport): BrowsingWire => ({
  laws: laws.map((law) => ({
    device: law.device,
    visits: law.visits,
    continuations: law.continuations.map((each) =>
      each.ok ? each : { ...each, words: each.reason.replaceAll('_', ' ') },
    ),
    measure: law.measure,
  })),
  sql,
});

const describe = ({ laws }: BrowsingWire, isTty: boolean): string => {
  if (laws.length === 0) return 'No impression tells how far anybody looked.';
  return laws
    .map(({ device, visits, continuations, measure }) =>
      [
        `${styled(device, 'bold', isTty)}  ${visits} visits`,
        ...(measure === null
          ? ['  too few visits for a law']
          : [
              columns(continuations.map((each, n) => [`  C(${n + 1})`, ...cells(each)])),
              `  measure: ${rounded(measure)}`,
            ]),
      ].join('\n'),
    )
    .join('\n\n');
};

const cells = (estimate: BrowsingWire['laws'][number]['continuations'][number]): readonly string[] =>
  estimate.ok
    ? [
        estimate.value.toFixed(3),
        `${(estimate.interval.lower ?? 0).toFixed(3)} to ${(estimate.interval.upper ?? 1).toFixed(3)}`,
      ]
    : ['–', estimate.words];

/** Three digits say what some hundred visits know; --json has them all. */
const rounded = (measure: string): string =>
  `cwl.${measure
    .slice('cwl.'.length)
    .split(',')
    .map((value) => String(Number(Number(value).toFixed(3))))
    .join(',')}`;
