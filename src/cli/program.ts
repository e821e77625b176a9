/** All verbs under one name, and how a run of them ends. */

import { Command, CommanderError } from 'commander';
import { readVersion } from '#app';
import { addBench } from './bench.ts';
import { addClaim } from './claim.ts';
import { addCollection } from './collection.ts';
import { addCompass } from './compass.ts';
import { addDoctor } from './doctor.ts';
import { addErase } from './erase.ts';
import { addEvaluate } from './evaluate.ts';
import { EXIT_CODES, exitCodeOf } from './exit-codes.ts';
import { addExperiment } from './experiment.ts';
import { addExport } from './export.ts';
import { tellFailure } from './failure.ts';
import { addImport } from './import.ts';
import { addKeys } from './keys.ts';
import { addLifetime } from './lifetime.ts';
import { addMetrics } from './metrics.ts';
import { addPlayground } from './playground.ts';
import { addRecommend } from './recommend.ts';
import { addReturn } from './return.ts';
import { addServe } from './serve.ts';
import { addSimulate } from './simulate.ts';
import { addSuccess } from './success.ts';
import { addSurvival } from './survival.ts';
import type { Terminal } from './terminal.ts';
import { addTrain } from './train.ts';

const EXAMPLES = `
Examples:
  ritornello serve                                  the server with its web pages, on http://127.0.0.1:8787
  ritornello import spotify my_spotify_data.zip     your history in
  ritornello train                                  learn from it
  ritornello recommend --user me                    a home page in the terminal

Every verb has --help with examples. Documentation: docs/reference/cli.md`;

export const createProgram = (terminal: Terminal): Command => {
  const program = new Command('ritornello')
    .description(
      'Personalization and discovery for music and podcasts that judges itself by whether the listener comes back.',
    )
    .version(readVersion(), '-V, --version')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(see --help)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.talk(text.trimEnd()),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
      getOutHasColors: () => terminal.outIsTty,
      getErrHasColors: () => terminal.errIsTty,
    });
  for (const add of [
    addServe,
    addImport,
    addTrain,
    addRecommend,
    addExport,
    addErase,
    addPlayground,
    addKeys,
    addEvaluate,
    addCollection,
    addMetrics,
    addCompass,
    addClaim,
    addSuccess,
    addReturn,
    addSurvival,
    addLifetime,
    addExperiment,
    addSimulate,
    addBench,
    addDoctor,
  ]) {
    add(program, terminal);
  }
  return program;
};

/** Runs one command line and resolves with its exit code; never rejects. */
export const runCli = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    await createProgram(terminal).parseAsync([...args], { from: 'user' });
    return EXIT_CODES.done.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done.code : EXIT_CODES.usage.code;
    tellFailure(error, terminal, args.includes('--json'));
    return exitCodeOf(error);
  }
};
