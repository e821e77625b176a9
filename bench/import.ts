/**
 * Rows per second and peak memory of `ritornello import` on a long Spotify history, into an empty folder with the
 * embedded warehouse, then once more into the same. The built program is measured, as it is installed: build first.
 *
 * Memory is that of the command and of every process it starts, resident, mapped files and shared libraries included,
 * looked at every 50 ms: the largest of one process, and of all together. Private memory is what is no mapped file.
 *
 *   npx tsx --conditions=ritornello-source bench/import.ts [--mebibytes 2048] [--recordings 150000] [--zip] [--json]
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { ZipFile } from 'yazl';
import { writeSpotifyHistory } from './worlds/spotify-history.ts';

const MAIN = join(import.meta.dirname, '../dist/cli/main.js');
const LOOK_MS = 50;

interface Memory {
  readonly residentMib: number;
  readonly privateMib: number;
}

export interface ImportRunResult {
  readonly rows: number;
  readonly taken: number;
  readonly repeated: number;
  readonly items: number;
  /** Reading the history until all of it is acknowledged. */
  readonly readSeconds: number;
  /** The whole command: until the warehouse has it. */
  readonly seconds: number;
  readonly rowsPerSecond: number;
  readonly largestProcess: Memory;
  readonly allProcesses: Memory;
}

export interface ImportBenchResult {
  readonly mebibytes: number;
  readonly first: ImportRunResult;
  readonly second: ImportRunResult;
}

/** The process and all below it; those that end meanwhile are left out. */
const familyOf = (pid: number): number[] => {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return [pid, ...children.flatMap((child) => familyOf(Number(child)))];
  } catch {
    return [];
  }
};

const memoryOf = (pid: number): Memory => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const mebibytes = (field: string) =>
      Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
    return { residentMib: mebibytes('VmRSS'), privateMib: mebibytes('RssAnon') };
  } catch {
    return { residentMib: 0, privateMib: 0 };
  }
};

const larger = (a: Memory, b: Memory): Memory => ({
  residentMib: Math.round(Math.max(a.residentMib, b.residentMib)),
  privateMib: Math.round(Math.max(a.privateMib, b.privateMib)),
});
const sum = (a: Memory, b: Memory): Memory => ({
  residentMib: a.residentMib + b.residentMib,
  privateMib: a.privateMib + b.privateMib,
});
const NONE: Memory = { residentMib: 0, privateMib: 0 };

/** Looks at the process until it ends. */
const watch = async (child: ChildProcess): Promise<{ readonly largest: Memory; readonly all: Memory }> => {
  let largest = NONE;
  let all = NONE;
  const timer = setInterval(() => {
    const memories = familyOf(child.pid ?? 0).map(memoryOf);
    largest = memories.reduce(larger, largest);
    all = larger(all, memories.reduce(sum, NONE));
  }, LOOK_MS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(timer);
  if (code !== 0) throw new Error(`the import ended with ${code}`);
  return { largest, all };
};

const runImport = async (history: string, data: string): Promise<ImportRunResult> => {
  const from = performance.now();
  const child = spawn(process.execPath, [MAIN, 'import', 'spotify', history, '--data', data, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed, { largest, all }] = await Promise.all([text(child.stdout), watch(child)]);
  const seconds = (performance.now() - from) / 1000;
  const { rows, taken, repeated, items, seconds: readSeconds } = JSON.parse(printed);
  const rowsPerSecond = Math.round(rows / seconds);
  return {
    rows,
    taken,
    repeated,
    items,
    readSeconds,
    seconds,
    rowsPerSecond,
    largestProcess: largest,
    allProcesses: all,
  };
};

const zipFolder = async (folder: string, path: string): Promise<void> => {
  const zip = new ZipFile();
  for (const name of readdirSync(folder)) zip.addFile(join(folder, name), name, { compressionLevel: 1 });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
};

/** Makes the history, imports it twice, and cleans up. */
export const benchImport = async (options: {
  readonly mebibytes: number;
  readonly recordings: number;
  readonly zip: boolean;
}): Promise<ImportBenchResult> => {
  const folder = mkdtempSync(join(tmpdir(), 'ritornello-bench-import-'));
  try {
    let history = mkdtempSync(join(folder, 'history-'));
    writeSpotifyHistory(history, options.mebibytes, options.recordings);
    if (options.zip) {
      const archive = join(folder, 'history.zip');
      await zipFolder(history, archive);
      history = archive;
    }
    const data = join(folder, 'data');
    const first = await runImport(history, data);
    const second = await runImport(history, data);
    return { mebibytes: options.mebibytes, first, second };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const { values } = parseArgs({
  options: {
    mebibytes: { type: 'string', default: '2048' },
    recordings: { type: 'string', default: '150000' },
    zip: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const inWords = ({ rows, taken, repeated, readSeconds, seconds, rowsPerSecond, ...memory }: ImportRunResult): string =>
  [
    `${rows} rows (${taken} taken, ${repeated} repeated) read in ${readSeconds.toFixed(1)} s, in the warehouse after ${seconds.toFixed(1)} s: ${rowsPerSecond} rows/s`,
    `  largest process ${memory.largestProcess.residentMib} MiB resident, ${memory.largestProcess.privateMib} private`,
    `  all together    ${memory.allProcesses.residentMib} MiB resident, ${memory.allProcesses.privateMib} private`,
  ].join('\n');

const result = await benchImport({
  mebibytes: Number(values.mebibytes),
  recordings: Number(values.recordings),
  zip: values.zip,
});
if (values.json) console.log(JSON.stringify(result));
else {
  console.log(`${result.mebibytes} MiB, ${cpus()[0]?.model} × ${cpus().length}, Node ${process.version}`);
  console.log(`first:  ${inWords(result.first)}`);
  console.log(`second: ${inWords(result.second)}`);
}
