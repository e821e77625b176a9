import type { Command } from 'commander';
import { addExperimentAnalyze } from './experiment-analyze.ts';
import { addExperimentRuns } from './experiment-runs.ts';
import type { Terminal } from './terminal.ts';

export const addExperiment = (experiment: Command, terminal: Terminal): void => {
  addExperimentRuns(experiment, terminal);
  addExperimentAnalyze(experiment, terminal);
};
