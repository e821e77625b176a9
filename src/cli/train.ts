import type { Command } from 'commander';
import type { ModelInfo, Overview, Status } from '#api';
import type { Flags } from '#app';
import { EngineError } from '#domain';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import { poll } from './poll.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello train
  ritornello train --json | jq .models

Learns popularity, item-knn, als and content from all that is in the log; which of them the data allow is said in the
result. A running server is asked to do it and uses the result at once.`;

export const addTrain = (verb: Command, terminal: Terminal): void => {
  addDataOptions(verb)
    .addHelpText('after', HELP)
    .action(async (options: DataOptions & Flags) => {
      const model = await withConnection(options, terminal, async (connection) => {
        const line = progressLine('learning', terminal);
        await connection.ask<Status>({ method: 'POST', path: '/v1/studio/train' });
        const end = await poll(
          () => connection.ask<Status>({ path: '/v1/studio/status' }),
          (status) => status.training !== 'running',
          (status) => status.training_progress && line.update(status.training_progress),
        ).finally(line.stop);
        if (end.training === 'failed')
          throw new EngineError('internal', 'training failed; the log of the server says why');
        return (await connection.ask<Overview>({ path: '/v1/studio/overview' })).model;
      });
      if (model === null) throw new EngineError('no_model', 'there is nothing to learn from yet: import plays first');
      terminal.print(options.json ? JSON.stringify(model) : describe(model));
    });
};

const describe = (model: ModelInfo): string =>
  [
    `Learned ${model.models.join(', ')} from ${model.interactions} interactions of ${model.users} listeners with ${model.items} items in ${model.seconds.toFixed(1)} s.`,
    ...model.notes,
  ].join('\n');
