/**
 * Runs a TypeScript file of ours in this thread or process: as one module, made of it and of all of ours that it imports.
 *
 *   new Worker('scripts/run-source.mjs', { argv: [address of the file] })
 *   node scripts/run-source.mjs <file> [arguments]
 *   node scripts/run-source.mjs -e <what would stand in a file> [arguments]
 *
 * For tests and development alone. A loader that takes one file after the other needs a thread of its own beside each thread and
 * several times as long. What was made serves the next start too, until one of its sources changes: making it takes as long
 * as running it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
// Beside the packages, where those that a module imports are found.
const FOLDER = join(ROOT, 'node_modules/.cache/ritornello');
/** What decides how a module is made, beside its sources. */
const MAKERS = ['scripts/run-source.mjs', 'scripts/own-address.mjs', 'package.json', 'package-lock.json'];
const KEPT_MS = 24 * 3_600_000;

const isText = process.argv[2] === '-e';
const [given] = process.argv.slice(isText ? 3 : 2);
if (given === undefined) throw new Error('say what to run: node scripts/run-source.mjs <file> | -e <text> [arguments]');
const file = given.startsWith('file:') ? fileURLToPath(given) : resolve(given);
const entry = isText ? { stdin: { contents: given, resolveDir: ROOT, loader: 'ts' } } : { entryPoints: [file] };
// What runs sees the arguments that are its own, as with `node file` and `node -e text`.
if (isText) process.argv.splice(1, 3);
else process.argv.splice(1, 2, file);

// By where it is, too: a module knows the addresses of its sources.
const name = createHash('sha256')
  .update(`${ROOT}\0${isText ? given : file}`)
  .digest('hex')
  .slice(0, 16);
const record = join(FOLDER, `${name}.json`);
const stateOf = (path) => {
  const { mtimeMs, size } = statSync(join(ROOT, path));
  return `${mtimeMs} ${size}`;
};

/** The module that was made before; undefined when there is none, or what it was made of has changed since. */
const kept = () => {
  try {
    const { module, sources } = JSON.parse(readFileSync(record, 'utf8'));
    if (!sources.every(([path, state]) => stateOf(path) === state)) return undefined;
    // What is in use does not become old, and is not removed.
    const now = new Date();
    for (const path of [module, record]) utimesSync(path, now, now);
    return module;
  } catch {
    return undefined;
  }
};

/** Modules are named by their content, so that one that is in use is not written over. */
const make = async () => {
  const [{ build, stop }, { ownAddress }] = await Promise.all([import('esbuild'), import('./own-address.mjs')]);
  const { outputFiles, metafile } = await build({
    ...entry,
    absWorkingDir: ROOT,
    outfile: join(FOLDER, `${name}.mjs`),
    write: false,
    metafile: true,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['ritornello-source'],
    keepNames: true,
    sourcemap: 'inline',
    sourcesContent: false,
    plugins: [ownAddress((path) => JSON.stringify(pathToFileURL(path).href))],
    logLevel: 'silent',
  });
  await stop();
  const [{ contents, hash }] = outputFiles;
  const module = join(FOLDER, `${name}-${hash.replaceAll(/\W/g, '_')}.mjs`);
  const sources = [...Object.keys(metafile.inputs).filter((path) => path !== '<stdin>'), ...MAKERS];
  put(module, contents);
  put(record, JSON.stringify({ module, sources: sources.map((path) => [path, stateOf(path)]) }));
  return module;
};

/** Whole or not at all: others may be starting. */
const put = (path, contents) => {
  const half = `${path}.${process.pid}-${threadId}`;
  writeFileSync(half, contents);
  renameSync(half, path);
};

const removeOld = () => {
  for (const old of readdirSync(FOLDER)) {
    const path = join(FOLDER, old);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs < Date.now() - KEPT_MS) rmSync(path, { force: true });
  }
};

mkdirSync(FOLDER, { recursive: true });
let module = kept();
if (module === undefined) {
  removeOld();
  module = await make();
}
process.setSourceMapsEnabled(true);
await import(pathToFileURL(module).href);
