import type { Command } from 'commander';
import type { Status } from '#api';
import type { Flags } from '#app';
import { EngineError } from '#domain';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { poll } from './poll.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello playground make
  ritornello playground remove

The playground is a small made-up world: 300 listeners, 3,000 tracks, 60 days. Nobody in it exists.`;

export const addPlayground = (verb: Command, terminal: Terminal): void => {
  const command = verb.addHelpText('after', HELP);
  addDataOptions(command.command('make').description('Make the playground and learn from it.')).action(
    async (options: DataOptions & Flags) => {
      const status = await withConnection(options, terminal, async (connection) => {
        const line = progressLine('playground', terminal);
        await connection.ask<Status>({ method: 'POST', path: '/v1/studio/playground' });
        return poll(
          () => connection.ask<Status>({ path: '/v1/studio/status' }),
          (state) => state.playground !== 'making' && state.training !== 'running',
          (state) => state.playground_progress && line.update(state.playground_progress),
        ).finally(line.stop);
      });
      if (status.playground !== 'present')
        throw new EngineError('internal', 'the playground could not be made; the log says why');
      terminal.print(
        options.json ? JSON.stringify(status) : `The playground is there; its listener is ${status.default_user}.`,
      );
    },
  );
  addDataOptions(command.command('remove').description('Remove the playground with everything in it.')).action(
    async (options: DataOptions & Flags) => {
      const status = await withConnection(options, terminal, (connection) =>
        connection.ask<Status>({ method: 'DELETE', path: '/v1/studio/playground' }),
      );
      terminal.print(options.json ? JSON.stringify(status) : 'The playground is gone.');
    },
  );
};
