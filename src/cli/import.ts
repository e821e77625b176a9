import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { IMPORT_FORMATS, type ImportJob, type ImportReportWire } from '#api';
import { type ApartProgress, type Config, type Connection, connectToServer, type Flags, importApart } from '#app';
import { EngineError, ITEM_TYPES, type ItemType, isTimeZone, toSnake, type UserId } from '#domain';
import { addDataOptions, configOf, type DataOptions } from './data-options.ts';
import { describeReport } from './import-report.ts';
import { poll } from './poll.ts';
import { progressLine } from './progress.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Examples:
  ritornello import spotify my_spotify_data.zip
  ritornello import listenbrainz listenbrainz_me.zip --user me
  ritornello import lastfm scrobbles.csv
  ritornello import items catalogue.parquet --map track_id=item_id --map name=title
  ritornello import plays listens.tsv --map user=user_id --map song=item_id --map time=at
  ritornello import plays counts.dat --item-type artist --map userID=user_id --map artistID=item_id --map weight=plays

spotify takes the zip or folder of the extended streaming history. The same file twice changes nothing. At the end:
what was taken, what was dropped and why; rows that could not be taken are kept in dead-letters in the data folder.
An import removes the playground. While a server runs, single files are sent to it.`;

type Format = (typeof IMPORT_FORMATS)[number];
const TABLES: readonly Format[] = ['plays', 'items'];

interface ImportOptions extends DataOptions {
  readonly user: string;
  /** Column of each field; absent when nothing is mapped. */
  readonly map?: Readonly<Record<string, string>>;
  readonly itemType?: ItemType;
  readonly timeZone?: string;
}

export const addImport = (verb: Command, terminal: Terminal): void => {
  const command = verb
    .addArgument(new Argument('<format>', 'what kind of file it is').choices(IMPORT_FORMATS))
    .argument('<path>', 'file or folder')
    .option('--user <id>', 'whose history it is, when the file does not say', userId, 'me')
    .option('--map <column=field>', 'which field a column holds (plays, items); say it once a column', addMapping)
    .addOption(
      new Option('--item-type <type>', 'what item ids that come without a type are (plays, items)').choices(ITEM_TYPES),
    )
    .option('--time-zone <zone>', 'where it was listened to, e.g. Europe/Berlin; unknown if not said', zone);
  addDataOptions(command)
    .addHelpText('after', HELP)
    .action(async (format: Format, path: string, options: ImportOptions & Flags) => {
      if (!TABLES.includes(format) && (options.map !== undefined || options.itemType !== undefined))
        command.error(`error: --map and --item-type are for ${TABLES.join(' and ')}: ${format} has columns of its own`);
      const effective = configOf(options);
      const server = connectToServer({ effective, key: options.key });
      const report =
        server === null
          ? await readHere(effective.config, format, path, options, terminal)
          : await sendFile(server, format, path, options, terminal);
      terminal.print(options.json ? JSON.stringify(report) : describeReport(report));
      if (server === null && terminal.errIsTty)
        terminal.talk('The models do not know it yet: "ritornello train" learns it.');
    });
};

const addMapping = (text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
  const at = text.lastIndexOf('=');
  if (at <= 0 || at === text.length - 1) throw new InvalidArgumentError('expected column=field');
  const field = text.slice(at + 1);
  const other = before[field];
  if (other !== undefined) throw new InvalidArgumentError(`column "${other}" holds ${field} already`);
  return { ...before, [field]: text.slice(0, at) };
};

const userId = (text: string): string => {
  if (text === '' || text.length > 200) throw new InvalidArgumentError('expected 1 to 200 characters');
  return text;
};

const zone = (text: string): string => {
  if (!isTimeZone(text)) throw new InvalidArgumentError('expected an IANA name, e.g. Europe/Berlin');
  return text;
};

const readHere = async (
  config: Config,
  format: Format,
  path: string,
  { user, map, itemType, timeZone }: ImportOptions,
  terminal: Terminal,
): Promise<ImportReportWire> => {
  let line = progressLine('importing', terminal);
  let step: ApartProgress['step'] = 'importing';
  const report = await importApart(config, {
    format,
    path,
    userId: user as UserId,
    ...(map && { map }),
    ...(itemType && { itemType }),
    ...(timeZone && { timeZone }),
    onProgress: (progress) => {
      if (progress.step !== step) {
        line.stop();
        step = progress.step;
        line = progressLine('carrying to the warehouse', terminal);
      }
      line.update(progress);
    },
  }).finally(() => line.stop());
  return {
    ...(toSnake(report) as Omit<ImportReportWire, 'first_at' | 'last_at'>),
    first_at: isoTime(report.firstAt),
    last_at: isoTime(report.lastAt),
  };
};

const isoTime = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const sendFile = async (
  connection: Connection,
  format: Format,
  path: string,
  options: ImportOptions,
  terminal: Terminal,
): Promise<ImportReportWire> => {
  refuseWhatCannotBeSent(connection, path, options);
  terminal.talk(`sending it to the server at ${connection.address}, which holds the data`);
  const started = await connection.ask<ImportJob>({
    method: 'POST',
    path: '/v1/studio/imports',
    query: { format, file_name: basename(path), user_id: options.user },
    body: createReadStream(path),
  });
  const line = progressLine('importing', terminal);
  const job = await poll(
    () => connection.ask<ImportJob>({ path: `/v1/studio/imports/${started.import_id}` }),
    ({ state }) => state === 'done' || state === 'failed',
    ({ progress }) => line.update(progress),
  ).finally(line.stop);
  if (job.report === null) throw new EngineError('unreadable_file', job.error ?? 'the import failed without a reason');
  if (job.state === 'failed') terminal.talk(`warning: imported, but not learned from: ${job.error}`);
  return job.report;
};

const refuseWhatCannotBeSent = (
  { address }: Connection,
  path: string,
  { map, itemType, timeZone }: ImportOptions,
): void => {
  const refuse = (what: string): never => {
    const way = 'stop it, import, and start it again';
    throw new EngineError('conflict', `the server at ${address} holds the data, and ${what}: ${way}`);
  };
  if (map !== undefined || itemType !== undefined || timeZone !== undefined) {
    refuse('--map, --item-type and --time-zone cannot be sent to it');
  }
  if (!isFile(path)) refuse(`${path} is not a single file`);
};

const isFile = (path: string): boolean => {
  try {
    return statSync(path).isFile();
  } catch (cause) {
    throw new EngineError('unreadable_file', `${path} cannot be read`, { cause });
  }
};
