/** Every setting once: its type, default and meaning. Names in the file, the environment and on the command line follow from it. */

import { z } from 'zod';

interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly standard: z.output<Schema>;
  /** What it does, in a line or two; `\n` parts lines of the sample file. */
  readonly doc: string;
  /** Printed as `***` by doctor. */
  readonly secret?: true;
}

const setting = <Schema extends z.ZodType>(
  schema: Schema,
  standard: z.output<Schema>,
  doc: string,
  secret?: true,
): Setting<Schema> => ({ schema, standard, doc, ...(secret && { secret }) });

/** A whole number; the environment and the command line bring it as text. */
const whole = (min: number, max: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], { error: 'expected a whole number' })
    .pipe(z.number().int().min(min).max(max));

const yesNo = z.union([z.boolean(), z.stringbool()], { error: 'expected true or false' });
const MIB = 1024 * 1024;

export const SETTINGS = {
  host: setting(
    z.string().min(1),
    '127.0.0.1',
    'Address to listen on. Anything but loopback needs API keys: "ritornello keys create".',
  ),
  port: setting(
    whole(0, 65_535),
    8787,
    'Port to listen on; 0 takes any free one.\nIf it is not set and 8787 is taken, the next free port is used and printed.',
  ),
  data: setting(
    z.string().min(1),
    './data',
    'Folder of the journal, the embedded warehouse, models, keys and dead letters.',
  ),
  warehouse: setting(
    z
      .string()
      .regex(/^(chdb:|clickhouses?:\/\/)/, 'expected "chdb:" or "clickhouse://user:password@host:8123/database"'),
    'chdb:',
    'Where events are kept and counted. chdb: is embedded, in the data folder;\nclickhouse://user:password@host:8123/database is a server (clickhouses:// with TLS).',
    true,
  ),
  keysFile: setting(
    z.string().min(1).nullable(),
    null,
    'File of the hashed API keys; without it, keys.json in the data folder.',
  ),
  audioFolder: setting(
    z.string().min(1).nullable(),
    null,
    'Folder of audio files on this machine: an item whose audio_url is /audio/<path> plays <folder>/<path>.',
  ),
  seed: setting(
    z.string().min(1).max(200),
    'ritornello',
    'Seed of every random choice: same seed, same data, same answers.',
  ),
  playground: setting(
    yesNo,
    true,
    'Make a small made-up world to try everything on when a start finds no data at all.',
  ),
  autoTrain: setting(yesNo, true, 'Learn again by itself when much is new.'),
  trainThreads: setting(
    whole(0, 1024),
    0,
    'Threads that learn; 0 means one a processor. What is learned is the same with any number.\nOn Linux they give way to answering.',
  ),
  bodyLimitBytes: setting(whole(1024, 1024 * MIB), 16 * MIB, 'Largest body of a request with events or items.'),
  importLimitBytes: setting(
    whole(MIB, Number.MAX_SAFE_INTEGER),
    8192 * MIB,
    'Largest history file that may be sent for import.',
  ),
  batchLimit: setting(whole(1, 100_000), 10_000, 'Most events or items in one request.'),
  rateLimit: setting(
    whole(0, 10_000_000),
    60_000,
    'Most requests a minute from one key (or address, without keys); 0 means no limit.',
  ),
  logLevel: setting(
    z.enum(['silent', 'error', 'warn', 'info', 'debug']),
    'info',
    'Least level of the log: silent, error, warn, info or debug.',
  ),
  logFormat: setting(
    z.enum(['auto', 'json', 'text']),
    'auto',
    'Form of the log on standard error: json, text, or auto (text on a terminal, json in a pipe).',
  ),
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;
export type Config = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

const words = (name: string, by: string): string => name.replace(/[A-Z]/g, (letter) => `${by}${letter.toLowerCase()}`);

/** `keysFile` → `keys_file` in the file. */
export const fileKey = (name: SettingName): string => words(name, '_');
/** `keysFile` → `RITORNELLO_KEYS_FILE`. */
export const envName = (name: SettingName): string => `RITORNELLO_${words(name, '_').toUpperCase()}`;
/** `keysFile` → `--keys-file`. */
export const flagName = (name: SettingName): string => `--${words(name, '-')}`;
