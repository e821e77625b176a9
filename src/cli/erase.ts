import type { Command } from 'commander';
import type { Erasure } from '#api';
import type { Flags } from '#app';
import { EngineError } from '#domain';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello export --user me --output me.ndjson && ritornello erase --user me --yes

Removes the listener from every table, the journal and memory, looks again, and fails if anything is left. What was
learned together with others is learned anew without them.`;

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
      const erasure = await withConnection(options, terminal, (connection) =>
        connection.ask<Erasure>({ method: 'DELETE', path: `/v1/users/${encodeURIComponent(options.user)}` }),
      );
      const removed = Object.values(erasure.removed).reduce((sum, rows) => sum + rows, 0);
      terminal.print(options.json ? JSON.stringify(erasure) : `${removed} rows removed, ${erasure.left} left.`);
      if (erasure.left > 0)
        throw new EngineError('internal', `${erasure.left} rows of "${options.user}" are still there`);
    });
};
