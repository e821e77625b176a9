import type { Command } from 'commander';
import type { ModelInfo } from '#api';
import type { Flags } from '#app';
import { EngineError } from '#domain';
import { askToLearn } from './ask-to-learn.ts';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
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
      const model = await withConnection(options, terminal, (connection) => askToLearn(connection, terminal));
      if (model === null) throw new EngineError('no_model', 'there is nothing to learn from yet: import plays first');
      terminal.print(options.json ? JSON.stringify(model) : describe(model));
    });
};

const describe = (model: ModelInfo): string =>
  [
    `Learned ${model.models.join(', ')} from ${model.interactions} interactions of ${model.users} listeners with ${model.items} items in ${model.seconds.toFixed(1)} s.`,
    ...model.notes,
  ].join('\n');
