/** Options that say which world is lived in, of all verbs that live in one. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { EngineError } from '#domain';
import { wholeFrom } from './whole-number.ts';

export interface WorldFlags {
  readonly world: string;
  readonly days: number;
  readonly users?: number;
  readonly seed?: string | number;
  readonly start: number;
  readonly json?: boolean;
}

export const worldOptions = (command: Command): Command =>
  command
    .option('--world <world>', 'a preset, or a file with a world document', 'small')
    .option('--days <n>', 'days', daysOf, 28)
    .option('--users <n>', 'listeners, instead of the world’s own number', wholeFrom(1))
    .option('--seed <seed>', 'seed of the world; the same seed gives the same bytes', seedOf)
    .addOption(
      new Option('--start <day>', 'first day of the world, in UTC')
        .argParser(dayOf)
        .default(Date.UTC(2026, 0, 5), '2026-01-05'),
    )
    .option('--json', 'print the result as JSON, and errors as JSON on standard error');

/**
 * Options of a verb below `simulate`, which may stand before or after its name. @throws {EngineError} invalid_request for
 * one of `simulate` itself that this verb does not take.
 */
export const optionsOf = <Flags>(verb: Command): Flags => {
  for (const option of verb.parent?.options ?? []) {
    const name = option.attributeName();
    const isOwn = verb.options.some((own) => own.attributeName() === name);
    if (isOwn || verb.parent?.getOptionValueSource(name) !== 'cli') continue;
    throw new EngineError('invalid_request', `${option.long}: not an option of simulate ${verb.name()} (see --help)`);
  }
  return verb.optsWithGlobals() as Flags;
};

/** Ten years: releases of all of them are made before the first day. */
const MOST_DAYS = 3650;

const daysOf = (text: string): number => {
  const days = wholeFrom(1)(text);
  if (days > MOST_DAYS) throw new InvalidArgumentError(`expected at most ${MOST_DAYS} days`);
  return days;
};

const seedOf = (text: string): string | number => (/^-?\d{1,15}$/.test(text) ? Number(text) : text);

const dayOf = (text: string): number => {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at) || at < Date.UTC(2001, 0, 1))
    throw new InvalidArgumentError('expected a day from 2001 on, e.g. 2026-01-05');
  return at;
};
