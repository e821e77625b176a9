/**
 * Rows per second and peak memory of importing a long Spotify history, about 10 MB a file as Spotify writes them.
 * The history is made in a temporary folder, imported twice in a process of its own, and removed.
 *
 *   npx tsx --conditions=ritornello-source bench/import.ts [--mebibytes 2048] [--recordings 150000]
 *     [--into nothing|journal|warehouse] [--zip] [--json]
 */

import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ZipFile } from 'yazl';
import { createIntake, createWarehouseWriter, type ImportReport, importHistory, openDeadLetters } from '#ingest';
import { openLmdbJournal } from '#journal';
import { openChdbWarehouse } from '#warehouse';

const TARGETS = ['nothing', 'journal', 'warehouse'] as const;
type Target = (typeof TARGETS)[number];

const FILE_BYTES = 10 * 2 ** 20;
/** 2012-01-01T00:00Z. */
const FIRST_MS = 1_325_376_000_000;
const clock = { now: () => Date.now() };

export interface ImportRunResult {
  readonly rows: number;
  readonly taken: number;
  readonly repeated: number;
  readonly items: number;
  readonly seconds: number;
  readonly rowsPerSecond: number;
  /** Of all threads of the process: what is left of the measure when the machine has other work. */
  readonly cpuSeconds: number;
}

export interface ImportBenchResult {
  readonly into: Target;
  readonly mebibytes: number;
  readonly first: ImportRunResult;
  readonly second: ImportRunResult;
  /** Largest resident set of the process, mapped files and, for `warehouse`, the engine included. */
  readonly peakRssMib: number;
  /** Largest part of it that is not a mapped file. */
  readonly peakAnonymousMib: number;
}

/** A few recordings are played often, most hardly ever. */
const recordingAt = (row: number, recordings: number): number =>
  Math.floor(recordings * (((row * 2_654_435_761) % 4_294_967_296) / 4_294_967_296) ** 2);

const spotifyRow = (row: number, at: number, msPlayed: number, recordings: number): object => {
  const n = recordingAt(row, recordings);
  return {
    ts: `${new Date(at).toISOString().slice(0, 19)}Z`,
    platform: 'android',
    ms_played: msPlayed,
    conn_country: 'DE',
    ip_addr: '198.51.100.23',
    master_metadata_track_name: `A song with a name of usual length ${n}`,
    master_metadata_album_artist_name: `Artist Number ${n % 20_000}`,
    master_metadata_album_album_name: `An album title ${n % 60_000}`,
    spotify_track_uri: `spotify:track:${String(n + (row % 5 === 0 ? 1e9 : 0)).padStart(22, '0')}`,
    episode_name: null,
    episode_show_name: null,
    spotify_episode_uri: null,
    audiobook_title: null,
    audiobook_uri: null,
    audiobook_chapter_uri: null,
    audiobook_chapter_title: null,
    reason_start: 'trackdone',
    reason_end: row % 4 === 0 ? 'fwdbtn' : 'trackdone',
    shuffle: row % 2 === 0,
    skipped: row % 4 === 0,
    offline: false,
    offline_timestamp: null,
    incognito_mode: false,
  };
};

/** Writes whole files until the size is reached. */
const makeHistory = (folder: string, mebibytes: number, recordings: number): void => {
  let written = 0;
  let row = 0;
  let at = FIRST_MS;
  for (let file = 0; written < mebibytes * 2 ** 20; file++) {
    const rows: string[] = [];
    for (let bytes = 0; bytes < FILE_BYTES; row++) {
      const msPlayed = row % 4 === 0 ? 5000 + (row % 9000) : 150_000 + ((row * 7919) % 120_000);
      at += msPlayed + 1000;
      const text = JSON.stringify(spotifyRow(row, at, msPlayed, recordings), null, 2);
      rows.push(text);
      bytes += text.length;
    }
    const text = `[${rows.join(',')}]`;
    writeFileSync(join(folder, `Streaming_History_Audio_${file}.json`), text);
    written += text.length;
  }
};

const zipFolder = async (folder: string, path: string): Promise<void> => {
  const zip = new ZipFile();
  for (const name of readdirSync(folder)) zip.addFile(join(folder, name), name, { compressionLevel: 1 });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
};

const anonymousMib = (): number => {
  const [, kib] = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kib ?? Number.NaN) / 1024;
};

const accepted = async (wire: readonly unknown[]) => wire.map(() => ({ outcome: 'accepted' }) as const);

/** The intake to import into, and what ends it. */
const openTarget = async (into: Target, folder: string) => {
  if (into === 'nothing') return { intake: { accept: accepted, acceptItems: accepted }, close: async () => undefined };
  const journal = await openLmdbJournal({ path: join(folder, 'journal') });
  const onError = (error: unknown) => console.error(error);
  const intake = createIntake({ journal, clock, onError });
  if (into === 'journal') return { intake, close: () => journal.close() };
  const warehouse = await openChdbWarehouse({ path: join(folder, 'warehouse') });
  const deadLetters = await openDeadLetters({ path: join(folder, 'letters'), clock });
  const writer = createWarehouseWriter({ journal, warehouse, deadLetters, clock });
  writer.start();
  const close = async () => {
    await writer.flush();
    await writer.stop();
    await warehouse.close();
    await journal.close();
  };
  return { intake, close };
};

const resultOf = ({ rows, taken, repeated, items, seconds }: ImportReport, cpuSeconds: number): ImportRunResult => ({
  rows,
  taken,
  repeated,
  items,
  seconds,
  rowsPerSecond: Math.round(rows / seconds),
  cpuSeconds,
});

/** Runs in the process that is measured. */
const measure = async (path: string, into: Target, mebibytes: number, folder: string): Promise<ImportBenchResult> => {
  const target = await openTarget(into, folder);
  let peakAnonymousMib = 0;
  const timer = setInterval(() => {
    peakAnonymousMib = Math.max(peakAnonymousMib, anonymousMib());
  }, 100);
  const run = async (): Promise<ImportRunResult> => {
    const before = process.cpuUsage();
    const report = await importHistory('spotify', path, { intake: target.intake });
    const { user, system } = process.cpuUsage(before);
    return resultOf(report, (user + system) / 1e6);
  };
  const first = await run();
  const second = await run();
  await target.close();
  clearInterval(timer);
  const peakRssMib = Math.round(process.resourceUsage().maxRSS / 1024);
  return { into, mebibytes, first, second, peakRssMib, peakAnonymousMib: Math.round(peakAnonymousMib) };
};

/** Makes the history, imports it twice in a process of its own, and cleans up. */
export const benchImport = async (options: {
  readonly mebibytes: number;
  readonly recordings: number;
  readonly into: Target;
  readonly zip: boolean;
}): Promise<ImportBenchResult> => {
  const folder = mkdtempSync(join(tmpdir(), 'ritornello-bench-import-'));
  try {
    const history = mkdtempSync(join(folder, 'history-'));
    makeHistory(history, options.mebibytes, options.recordings);
    let path = history;
    if (options.zip) {
      path = join(folder, 'history.zip');
      await zipFolder(history, path);
    }
    const flags = ['--import', 'tsx', '--conditions=ritornello-source'];
    const given = ['--measure', path, '--into', options.into, '--folder', folder];
    const child = spawnSync(
      process.execPath,
      [...flags, import.meta.filename, ...given, '--mebibytes', String(options.mebibytes)],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    if (child.status !== 0) throw new Error(`the measured process ended with ${child.status ?? child.signal}`);
    return JSON.parse(child.stdout) as ImportBenchResult;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const { values } = parseArgs({
  options: {
    mebibytes: { type: 'string', default: '2048' },
    recordings: { type: 'string', default: '150000' },
    into: { type: 'string', default: 'journal' },
    zip: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    measure: { type: 'string' },
    folder: { type: 'string' },
  },
  strict: false,
});

const isTarget = (name: unknown): name is Target => TARGETS.includes(name as Target);

const print = (result: ImportBenchResult): void => {
  const run = ({ rows, taken, repeated, seconds, rowsPerSecond, cpuSeconds }: ImportRunResult): string =>
    `${rows} rows (${taken} taken, ${repeated} repeated) in ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of cpu: ${rowsPerSecond} rows/s`;
  console.log(
    `${result.mebibytes} MiB into ${result.into}, ${cpus()[0]?.model} × ${cpus().length}, Node ${process.version}`,
  );
  console.log(`first:  ${run(result.first)}`);
  console.log(`second: ${run(result.second)}`);
  console.log(`peak: ${result.peakRssMib} MiB resident, ${result.peakAnonymousMib} MiB without mapped files`);
};

const main = async (): Promise<void> => {
  const into = values.into;
  if (!isTarget(into)) throw new Error(`unknown target "${into}": expected ${TARGETS.join(', ')}`);
  const mebibytes = Number(values.mebibytes);
  if (typeof values.measure === 'string') {
    console.log(JSON.stringify(await measure(values.measure, into, mebibytes, String(values.folder))));
    return;
  }
  const result = await benchImport({
    mebibytes,
    recordings: Number(values.recordings),
    into,
    zip: values.zip === true,
  });
  if (values.json) console.log(JSON.stringify(result));
  else print(result);
};

if (process.argv[1] === import.meta.filename) await main();
