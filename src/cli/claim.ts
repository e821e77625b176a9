import type { Command } from 'commander';
import type { Claim } from '#experiments';
import { type ClaimFileOptions, claimFile } from '#jobs';
import { estimateCells, estimateJson, levelOption } from './numbers.ts';
import { columns, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello claim --data listeners.csv --exposure diversity --outcome retained --covariates plays,tenure
  ritornello claim --data listeners.csv --exposure diversity --outcome retained --covariates plays \\
    --instrument encouraged --negative-control retained_before --json

One line a person. "Diverse listeners stay longer" is an association: who is active does both. Only an instrument, an
encouragement given at random that works through the exposure alone, makes an effect of it. Tells the plain and the
adjusted association, AIPW for an exposure of 0 or 1, the E-value, the negative control, and in words what may be said.`;

export const addClaim = (verb: Command, terminal: Terminal): void => {
  verb
    .requiredOption('--data <file>', 'table with a header, or JSON lines')
    .requiredOption('--exposure <column>', 'column of what is said to do something')
    .requiredOption('--outcome <column>', 'column of what it is said to do')
    .option('--covariates <columns>', 'columns to adjust for, parted by commas', (text) => text.split(','), [])
    .option('--instrument <column>', 'column of an encouragement given at random')
    .option('--negative-control <column>', 'column of an outcome that the exposure cannot touch')
    .option('--level <level>', 'coverage of intervals', levelOption, 0.95)
    .option('--json', 'print the result as JSON, and errors as JSON on standard error')
    .addHelpText('after', HELP)
    .action(async (flags: ClaimFileOptions & { readonly json?: boolean }) => {
      const claim = await claimFile(flags);
      terminal.print(flags.json ? JSON.stringify(toJson(claim)) : describe(claim));
    });
};

const toJson = (claim: Claim): object => ({
  status: claim.status,
  says: claim.says,
  plain: estimateJson(claim.plain),
  adjusted: estimateJson(claim.adjusted),
  weighted: claim.weighted && estimateJson(claim.weighted),
  instrument: claim.instrument && {
    ...estimateJson(claim.instrument.effect),
    first_stage_f: claim.instrument.firstStageF,
  },
  e_value: claim.eValue,
  negative_control: claim.negativeControl && estimateJson(claim.negativeControl),
});

const describe = ({ plain, adjusted, weighted, instrument, eValue, negativeControl, says }: Claim): string => {
  const rows: (readonly string[])[] = [
    ['  association, plain', ...estimateCells(plain)],
    ['  association, adjusted', ...estimateCells(adjusted)],
    ...(weighted ? [['  association, AIPW', ...estimateCells(weighted)]] : []),
    ...(instrument ? [['  effect by the instrument', ...estimateCells(instrument.effect)]] : []),
    ...(negativeControl ? [['  negative control', ...estimateCells(negativeControl)]] : []),
    ...(eValue ? [['  E-value', eValue.value.toFixed(2), `${eValue.interval.toFixed(2)} at the end next to 0`]] : []),
  ];
  return `${says}\n${columns(rows)}`;
};
