/** The verbs by name. Each is loaded when it is asked for: most need the whole engine, and the list of them nothing. */

import type { Command } from 'commander';
import type { Terminal } from './terminal.ts';

interface Verb {
  readonly name: string;
  readonly does: string;
  /** Its options and what it does, added to a command that has its name. */
  readonly load: () => Promise<(command: Command, terminal: Terminal) => void>;
}

/** In the order of the help. */
export const VERBS: readonly Verb[] = [
  {
    name: 'serve',
    does: 'Run the server with its web pages.',
    load: async () => (await import('./serve.ts')).addServe,
  },
  {
    name: 'import',
    does: 'Import a listening history or a catalogue.',
    load: async () => (await import('./import.ts')).addImport,
  },
  {
    name: 'train',
    does: 'Learn from all that is in the log.',
    load: async () => (await import('./train.ts')).addTrain,
  },
  {
    name: 'recommend',
    does: 'Print a home page, a weekly discovery list or a radio.',
    load: async () => (await import('./recommend.ts')).addRecommend,
  },
  {
    name: 'export',
    does: 'Write out everything that is kept of a listener.',
    load: async () => (await import('./export.ts')).addExport,
  },
  {
    name: 'erase',
    does: 'Erase a listener everywhere, and look again to prove it.',
    load: async () => (await import('./erase.ts')).addErase,
  },
  {
    name: 'playground',
    does: 'Make or remove the made-up world.',
    load: async () => (await import('./playground.ts')).addPlayground,
  },
  {
    name: 'keys',
    does: 'Make, list and revoke API keys.',
    load: async () => (await import('./keys.ts')).addKeys,
  },
  {
    name: 'evaluate',
    does: 'Judge rankings by what was found relevant, and policies by what another one logged.',
    load: async () => (await import('./evaluate.ts')).addEvaluate,
  },
  {
    name: 'collection',
    does: 'Test collections: topics, runs of teams, pools, assessments, leaderboards.',
    load: async () => (await import('./collection.ts')).addCollection,
  },
  {
    name: 'metrics',
    does: 'Engagement metrics by surface, intent and device, each figure with its interval.',
    load: async () => (await import('./metrics.ts')).addMetrics,
  },
  {
    name: 'compass',
    does: 'Which metrics predict return, learned from past experiments.',
    load: async () => (await import('./compass.ts')).addCompass,
  },
  {
    name: 'claim',
    does: 'Whether an observed association may be called an effect.',
    load: async () => (await import('./claim.ts')).addClaim,
  },
  {
    name: 'success',
    does: 'Definitions of success: check them, read them on units, compare two, put them into words.',
    load: async () => (await import('./success.ts')).addSuccess,
  },
  {
    name: 'return',
    does: 'Who comes back, by cohort, calendar week or time since the first visit.',
    load: async () => (await import('./return.ts')).addReturn,
  },
  {
    name: 'diversity',
    does: 'Whether listeners of diverse taste come back, and what of it may be called an effect.',
    load: async () => (await import('./diversity.ts')).addDiversity,
  },
  {
    name: 'survival',
    does: 'How long until something ends, and what makes it sooner.',
    load: async () => (await import('./survival.ts')).addSurvival,
  },
  {
    name: 'lifetime',
    does: 'How long users keep coming, from the times they came.',
    load: async () => (await import('./lifetime.ts')).addLifetime,
  },
  {
    name: 'experiment',
    does: 'Experiments: plan, run, analyse and decide.',
    load: async () => (await import('./experiment.ts')).addExperiment,
  },
  {
    name: 'simulate',
    does: 'Live through a world whose truth is known, served by a policy.',
    load: async () => (await import('./simulate.ts')).addSimulate,
  },
  {
    name: 'bench',
    does: 'Measure on your own data, or on made-up data that others can make too.',
    load: async () => (await import('./bench.ts')).addBench,
  },
  {
    name: 'doctor',
    does: 'Look at configuration, versions, storage and data.',
    load: async () => (await import('./doctor.ts')).addDoctor,
  },
];
