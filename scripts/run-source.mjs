/**
 * Runs a TypeScript file of ours in this thread or process: as one module, made of it and of all of ours that it imports.
 *
 *   new Worker('scripts/run-source.mjs', { argv: [address of the file] })
 *   node scripts/run-source.mjs <file> [arguments]
 *   node scripts/run-source.mjs -e <what would stand in a file> [arguments]
 *
 * For tests and development alone. A loader that takes one file after the other needs a thread of its own beside each thread and
 * several times as long.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';
import { build, stop } from 'esbuild';
import { ownAddress } from './own-address.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(ROOT, 'node_modules/.cache/ritornello');

const isText = process.argv[2] === '-e';
const [given] = process.argv.slice(isText ? 3 : 2);
if (given === undefined) throw new Error('say what to run: node scripts/run-source.mjs <file> | -e <text> [arguments]');
const file = given.startsWith('file:') ? fileURLToPath(given) : resolve(given);
const entry = isText ? { stdin: { contents: given, resolveDir: ROOT, loader: 'ts' } } : { entryPoints: [file] };
// What runs sees the arguments that are its own, as with `node file` and `node -e text`.
if (isText) process.argv.splice(1, 3);
else process.argv.splice(1, 2, file);

// Beside the packages, where those that it imports are found.
const outfile = join(FOLDER, `${process.pid}-${threadId}.mjs`);
mkdirSync(FOLDER, { recursive: true });
try {
  await build({
    ...entry,
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['ritornello-source'],
    keepNames: true,
    sourcemap: 'inline',
    plugins: [ownAddress((path) => JSON.stringify(pathToFileURL(path).href))],
    // Once it runs it is not needed, and who is killed removes nothing.
    banner: {
      js: `import { rmSync as __rmSync } from 'node:fs'; __rmSync(new URL(import.meta.url), { force: true });`,
    },
    logLevel: 'silent',
  });
  await stop();
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(outfile, { force: true });
}
