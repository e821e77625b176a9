import type { Command } from 'commander';
import type { DiversityWire, EstimateWire } from '#api';
import type { Flags } from '#app';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { estimateCells, levelOption, numberOption } from './numbers.ts';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello diversity
  ritornello diversity --horizon 14 --json
  ritornello diversity --experiment bolder

Diversity is 1 - GS, the generalist-specialist score of what a listener played in 28 days by the item vectors of the model
that was learned last: 0 is always the same. Tells how many of each fifth of the listeners played again within the horizon, and
what goes with a tenth more of diversity, plain and among listeners of equal plays, active days and tenure. That is an
association: who is active does both. Only with --experiment, whose arms moved at random what was played (exploration, say),
is there an effect to tell, by the arm as the instrument, over the 28 days from the start of the experiment.`;

interface DiversityFlags extends DataOptions {
  readonly horizon: number;
  readonly level: number;
  readonly experiment?: string;
}

export const addDiversity = (verb: Command, terminal: Terminal): void => {
  const isDays = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= 365;
  const horizon = numberOption('whole days from 1 to 365', isDays);
  const command = verb
    .option('--horizon <days>', 'a play within so many days after the 28 is a return', horizon, 28)
    .option('--experiment <name>', 'an experiment of this engine whose arms moved what was played')
    .option('--level <level>', 'coverage of intervals', levelOption, 0.95);
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async ({ horizon: days, level, experiment, ...options }: DiversityFlags & Flags) => {
      const answer = await withConnection(options, terminal, (connection) =>
        connection.ask<DiversityWire>({
          path: '/v1/studio/return/diversity',
          query: { horizon: String(days), level: String(level), experiment },
        }),
      );
      terminal.print(options.json ? JSON.stringify(answer) : describe(answer));
    });
};

const cells = (estimate: EstimateWire): readonly [string, string] =>
  estimate.ok
    ? estimateCells({
        ...estimate,
        interval: {
          lower: estimate.interval.lower ?? Number.NEGATIVE_INFINITY,
          upper: estimate.interval.upper ?? Number.POSITIVE_INFINITY,
        },
      })
    : ['–', estimate.words];

const describe = ({ users, too_few_plays, horizon, parts, claim, reason }: DiversityWire): string => {
  const head = `${users} listeners judged, ${too_few_plays} with too few plays`;
  const fifths = columns([
    ['diversity, 1 - GS', `back within ${horizon} days`, 'interval', 'listeners'],
    ...parts.map((part) => [part.diversity.toFixed(3), ...cells(part.returned), String(part.users)]),
  ]);
  if (claim === null)
    return [`Nothing can be said: ${reason}.`, head, ...(parts.length > 0 ? [fifths] : [])].join('\n\n');
  const { plain, adjusted, instrument, first_stage_f: f, negative_control: control, e_value: e } = claim;
  const rows: (readonly string[])[] = [
    ['  association, plain', ...cells(plain)],
    ['  association, adjusted', ...cells(adjusted)],
    ...(instrument
      ? [[`  effect by the instrument${f === null ? '' : `, F ${f.toFixed(1)}`}`, ...cells(instrument)]]
      : []),
    ...(control ? [['  negative control: there before', ...cells(control)]] : []),
    ...(e ? [['  E-value', e.value.toFixed(2), `${e.interval.toFixed(2)} at the end next to 0`]] : []),
  ];
  return [claim.says, head, fifths, `A tenth more of diversity, on the share that is back:\n${columns(rows)}`].join(
    '\n\n',
  );
};
