/** How a verb ends, as a number: docs/reference/cli.md lists the same, held equal by a test. */

export const EXIT_CODES = {
  done: { code: 0, means: 'It is done.' },
  failed: { code: 1, means: 'It failed for a reason of its own; the message says which.' },
  usage: { code: 2, means: 'The command, an option or the configuration is not valid. Nothing was done.' },
  input: { code: 3, means: 'A file cannot be read as what it was said to be.' },
  busy: { code: 4, means: 'Another process or job is at it, or it cannot be reached.' },
  unknown: { code: 5, means: 'The user, the item or the model asked for is not there.' },
} as const;
