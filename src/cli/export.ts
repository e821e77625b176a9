import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import type { Command } from 'commander';
import type { Flags } from '#app';
import { EngineError } from '#domain';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello export --user me > me.ndjson
  ritornello export --user me --output me.ndjson --json

One JSON line for each event that is kept of the listener.`;

interface ExportOptions extends DataOptions {
  readonly user: string;
  readonly output?: string;
}

export const addExport = (verb: Command, terminal: Terminal): void => {
  const command = verb
    .requiredOption('--user <id>', 'the listener')
    .option('--output <file>', 'file to write (default: standard output)');
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (options: ExportOptions & Flags) => {
      const write = options.output === undefined ? null : createWriteStream(options.output);
      let lines = 0;
      await withConnection(options, terminal, async (connection) => {
        const path = `/v1/users/${encodeURIComponent(options.user)}/export`;
        for await (const line of connection.lines({ path })) {
          if (line === '') continue;
          lines++;
          if (write === null) terminal.print(line);
          else if (!write.write(`${line}\n`)) await once(write, 'drain');
        }
      });
      if (lines === 0) throw new EngineError('unknown_user', `nothing is kept of user "${options.user}"`);
      if (write === null) return;
      write.end();
      await once(write, 'finish');
      terminal.print(
        options.json ? JSON.stringify({ lines, output: options.output }) : `${lines} lines in ${options.output}`,
      );
    });
};
