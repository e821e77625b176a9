import type { Command } from 'commander';
import { addExperimentAnalyze } from './experiment-analyze.ts';
import { addExperimentRuns } from './experiment-runs.ts';
import type { Terminal } from './terminal.ts';

export const addExperiment = (program: Command, terminal: Terminal): void => {
  const experiment = program.command('experiment').description('Experiments: plan, run, analyse and decide.');
  addExperimentRuns(experiment, terminal);
  addExperimentAnalyze(experiment, terminal);
};
