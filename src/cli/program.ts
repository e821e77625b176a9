/** All verbs under one name, and how a run of them ends. */

import { Command, CommanderError } from 'commander';
import { readVersion } from '#version';
import { EXIT_CODES } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { VERBS } from './verbs.ts';

const EXAMPLES = `
Examples:
  ritornello serve                                  the server with its web pages, on http://127.0.0.1:8787
  ritornello import spotify my_spotify_data.zip     your history in
  ritornello train                                  learn from it
  ritornello recommend --user me                    a home page in the terminal

Every verb has --help with examples. Documentation: docs/reference/cli.md`;

/** With all verbs; of the others than those `wanted` the name and what they do alone. */
export const createProgram = async (
  terminal: Terminal,
  wanted: (name: string) => boolean = () => true,
): Promise<Command> => {
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
  for (const { name, does, load } of VERBS) {
    const command = program.command(name).description(does);
    if (wanted(name)) (await load())(command, terminal);
  }
  // What a verb takes is not known before it is loaded, so no verb tells it here. Set last: verbs would inherit it.
  return program.configureHelp({ subcommandTerm: (command) => command.name() });
};

/** Runs one command line and resolves with its exit code; never rejects. */
export const runCli = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  try {
    // Of the program itself there are only options without a value: the first word names the verb, or help and the verb.
    const words = args.filter((arg) => !arg.startsWith('-')).slice(0, 2);
    const verb = words[0] === 'help' ? words[1] : words[0];
    const program = await createProgram(terminal, (name) => name === verb);
    await program.parseAsync([...args], { from: 'user' });
    return EXIT_CODES.done.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.done.code : EXIT_CODES.usage.code;
    const { exitCodeOf, tellFailure } = await import('./failure.ts');
    tellFailure(error, terminal, args.includes('--json'));
    return exitCodeOf(error);
  }
};
