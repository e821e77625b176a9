import type { Command } from 'commander';
import { createLog, type Flags, SETTING_NAMES, serve } from '#app';
import { addConfigOptions, configOf, type DataOptions } from './data-options.ts';
import { styled, type Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello serve
  ritornello serve --port 9000 --data /var/lib/ritornello
  ritornello keys create --role admin --name me && ritornello serve --host 0.0.0.0
  ritornello serve --warehouse clickhouse://user:password@db:8123/ritornello

The first start makes a playground: a small made-up world to try everything on. An import removes it.
Stop with Ctrl-C: requests in flight are answered and everything acknowledged is kept.`;

export const addServe = (command: Command, terminal: Terminal): void => {
  addConfigOptions(command, SETTING_NAMES)
    .addHelpText('after', HELP)
    .action(async (options: DataOptions & Flags) => {
      const effective = configOf(options);
      const { logLevel, logFormat } = effective.config;
      const format = logFormat === 'auto' ? (terminal.errIsTty ? 'text' : 'json') : logFormat;
      const log = createLog({ level: logLevel, format, write: (line) => terminal.talk(line.trimEnd()) });
      const stopped = askedToStop();
      const server = await serve(effective, log);
      terminal.print(`Ritornello is at ${styled(server.address, 'bold', terminal.outIsTty)}`);
      await stopped;
      await server.stop();
    });
};

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once, as the system does. */
const askedToStop = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = (): void => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
