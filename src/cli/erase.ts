import type { Command } from 'commander';
import type { Erasure } from '#api';
import type { Connection, Flags } from '#app';
import { EngineError } from '#domain';
import { askToLearn, learnedNow } from './ask-to-learn.ts';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello export --user me --output me.ndjson && ritornello erase --user me --yes

Removes the listener from every table, the journal and memory, looks again, and fails if anything is left. Models that
learned from them are learned anew without them: here and now where no server runs; a server does it soon, unless
auto_train is off: then they hold what was learned until the next training.`;

interface EraseOptions extends DataOptions {
  readonly user: string;
  readonly yes?: boolean;
}

export const addErase = (verb: Command, terminal: Terminal): void => {
  const command = verb
    .requiredOption('--user <id>', 'the listener')
    .option('--yes', 'yes, erase: it cannot be taken back');
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (options: EraseOptions & Flags) => {
      if (!options.yes) command.error(`error: this erases "${options.user}" for good: say --yes`);
      await withConnection(options, terminal, async (connection) => {
        const path = `/v1/users/${encodeURIComponent(options.user)}`;
        const erasure = await connection.ask<Erasure>({ method: 'DELETE', path });
        const removed = Object.values(erasure.removed).reduce((sum, rows) => sum + rows, 0);
        terminal.print(options.json ? JSON.stringify(erasure) : `${removed} rows removed, ${erasure.left} left.`);
        if (erasure.left > 0)
          throw new EngineError('internal', `${erasure.left} rows of "${options.user}" are still there`);
        const words = removed === 0 ? null : await learnWithout(connection, terminal);
        if (words !== null && !options.json) terminal.print(words);
      });
    });
};

/** Where no server runs nobody would learn by themselves. What became of the models, in words; null without any. */
const learnWithout = async (connection: Connection, terminal: Terminal): Promise<string | null> => {
  if ((await learnedNow(connection)) === null) return null;
  if (connection.local === null) return SERVER_LEARNS;
  const model = await askToLearn(connection, terminal);
  return model === null
    ? 'Nobody is left to learn from: the models are gone.'
    : `The models are learned anew, listeners: ${model.users}.`;
};

const SERVER_LEARNS =
  'The server learns anew without them soon; with auto_train off, models hold what was learned from them until the next training.';
