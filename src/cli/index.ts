/**
 * The command line: one file a verb. Results go to standard output, talk to standard error; progress and colours only
 * to a terminal; `--json` everywhere; exit codes in docs/reference/cli.md.
 * Verbs ask the engine through the wire contract (`connect` of #app); they decide nothing themselves.
 */

export { EXIT_CODES } from './exit-codes.ts';
export { createProgram, runCli } from './program.ts';
export type { Terminal } from './terminal.ts';
