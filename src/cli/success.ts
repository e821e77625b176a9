/** `ritornello success`: what success is, checked, read on units, compared, and put into words. */

import type { Command } from 'commander';
import { addSuccessCheck } from './success-check.ts';
import { addSuccessDiff } from './success-diff.ts';
import { addSuccessDocs } from './success-docs.ts';
import { addSuccessRun } from './success-run.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello success check definitions/
  ritornello success run --definition sleep_playlist --units units.ndjson --engine sql --json
  ritornello success diff sleep_playlist my-sleep.yaml --units units.ndjson
  ritornello success docs --out docs/definitions

The language and the form of a unit file: docs/reference/success-language.md`;

export const addSuccess = (verb: Command, terminal: Terminal): void => {
  const success = verb.addHelpText('after', HELP);
  for (const add of [addSuccessCheck, addSuccessRun, addSuccessDiff, addSuccessDocs]) add(success, terminal);
};
