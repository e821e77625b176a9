/**
 * Builds dist/: TypeScript → JavaScript (bundle.mjs) and declarations, SQL and compiled kernels beside it, the web pages in dist/web.
 *
 *   node scripts/build.mjs [--force]
 *
 * Nothing is done when dist/.build-stamp names the very sources that are here. The build goes to a folder of its own
 * and takes the place of dist only when all of it has succeeded, so a broken build is never taken for a good one.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.mjs';
import { bundle } from './bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const next = join(root, `.build-${process.pid}`);

const INPUTS = [
  'src',
  'web',
  'scripts/build.mjs',
  'scripts/build-kernels.mjs',
  'scripts/bundle.mjs',
  'scripts/own-address.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'vite.config.ts',
];
/** Made by the build itself, from sources that count. */
const isMade = (path) => path.startsWith(join(root, 'src/kernels/built'));
const isProgram = (path) => path.startsWith(join(root, 'src')) && path.endsWith('.ts');
const isTest = (path) => /\.(test|contract)\.tsx?$/.test(path);

const filesUnder = (path) => {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(inner) : [inner];
  });
};

const inputFiles = () =>
  INPUTS.flatMap((name) => {
    const path = join(root, name);
    return name.includes('.') ? [path].filter(existsSync) : filesUnder(path);
  })
    .filter((path) => !isTest(path) && !isMade(path))
    .sort();

/** By content, not by time: a fresh checkout of the same sources needs no build. */
const stampOf = (files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
};

const toolOf = (packageName, binary) => {
  const require = createRequire(join(root, 'package.json'));
  try {
    return join(dirname(require.resolve(`${packageName}/package.json`)), binary);
  } catch {
    throw new Error(
      `${packageName} is not installed: run "npm ci" (with its development dependencies) and build again`,
    );
  }
};

const run = (what, script, args) => {
  const done = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${what} failed\n${done.stdout ?? ''}${done.stderr ?? ''}${done.error ?? ''}`);
};

const copyAssets = () => {
  for (const file of filesUnder(join(root, 'src'))) {
    if (/\.tsx?$|\/stamp$/.test(file)) continue;
    const target = join(next, relative(join(root, 'src'), file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
};

const build = async (stamp) => {
  buildKernels();
  run('tsc', toolOf('typescript', 'bin/tsc'), ['-p', 'tsconfig.build.json', '--outDir', next]);
  await bundle(join(root, 'src'), inputFiles().filter(isProgram), next);
  copyAssets();
  const web = join(next, 'web');
  run('vite', toolOf('vite', 'bin/vite.js'), ['build', '--outDir', web, '--emptyOutDir', '--logLevel', 'warn']);
  for (const made of ['cli/main.js', 'kernels/built/simd.wasm', 'web/index.html']) {
    if (!existsSync(join(next, made))) throw new Error(`the build made no ${made}`);
  }
  // npx links it once and then runs it by that link, whatever was built since.
  chmodSync(join(next, 'cli/main.js'), 0o755);
  writeFileSync(join(next, '.build-stamp'), stamp);
  rmSync(dist, { recursive: true, force: true });
  renameSync(next, dist);
};

const started = performance.now();
const stamp = stampOf(inputFiles());
const stampFile = join(dist, '.build-stamp');
const isCurrent = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;

if (isCurrent && !process.argv.includes('--force')) {
  process.stderr.write('build: up to date\n');
} else {
  try {
    await build(stamp);
    process.stderr.write(`build: done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  } catch (error) {
    rmSync(next, { recursive: true, force: true });
    process.stderr.write(`build: ${error.message}\n`);
    process.exitCode = 1;
  }
}
