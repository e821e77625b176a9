import { createWriteStream } from 'node:fs';
import { realpath, rename, rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Connection, Flags } from '#app';
import { EngineError } from '#domain';
import { addDataOptions, type DataOptions, withConnection } from './data-options.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello export --user me > me.ndjson
  ritornello export --user me --output me.ndjson --json

One JSON line for each event that is kept of the listener.`;

interface ExportOptions extends DataOptions {
  readonly user: string;
  readonly output?: string;
}

/** @throws {EngineError} unknown_user when there is no line. */
async function* linesOf(connection: Connection, user: string): AsyncGenerator<string> {
  let lines = 0;
  for await (const line of connection.lines({ path: `/v1/users/${encodeURIComponent(user)}/export` })) {
    if (line === '') continue;
    lines += 1;
    yield line;
  }
  if (lines === 0) throw new EngineError('unknown_user', `nothing is kept of user "${user}"`);
}

const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the file system says of the path, as an error of the engine; all else as it is. */
const asEngineError = (error: unknown, output: string): unknown => {
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  if (error instanceof EngineError || syscall === undefined) return error;
  const reason = `"${output}" cannot be written: ${message}`;
  if (NO_ROOM.has(code)) return new EngineError('disk_full', reason, { cause: error });
  return new EngineError('invalid_request', reason, { cause: error, fields: [{ field: 'output', reason: message }] });
};

/** A pipe or a device is written to as it is, and nothing can take its place; so is a folder, to be told that it is one. */
const isReplaceable = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => true,
  );

/** Writes the lines and counts them. What stands in the file stays until the last of them is on disk beside it. */
const writeWhole = async (output: string, lines: AsyncIterable<string>): Promise<number> => {
  const target = await realpath(output).catch(() => output);
  const isWhole = await isReplaceable(target);
  const written = isWhole ? `${target}.part` : target;
  let count = 0;
  const text = async function* (): AsyncGenerator<string> {
    for await (const line of lines) {
      count += 1;
      yield `${line}\n`;
    }
  };
  try {
    await pipeline(text, createWriteStream(written, { mode: 0o600, flush: isWhole }));
    if (isWhole) await rename(written, target);
  } catch (error) {
    if (isWhole) await rm(written, { force: true });
    throw asEngineError(error, output);
  }
  return count;
};

export const addExport = (verb: Command, terminal: Terminal): void => {
  const command = verb
    .requiredOption('--user <id>', 'the listener')
    .option('--output <file>', 'file to write (default: standard output)');
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (options: ExportOptions & Flags) => {
      const { user, output, json } = options;
      await withConnection(options, terminal, async (connection) => {
        const lines = linesOf(connection, user);
        if (output === undefined) {
          for await (const line of lines) terminal.print(line);
          return;
        }
        const count = await writeWhole(output, lines);
        terminal.print(json ? JSON.stringify({ lines: count, output }) : `${count} lines in ${output}`);
      });
    });
};
