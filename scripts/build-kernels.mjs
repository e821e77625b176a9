/**
 * Compiles the kernels: src/kernels/assembly (AssemblyScript) → src/kernels/built/{simd,relaxed}.wasm.
 *
 *   node scripts/build-kernels.mjs
 *
 * Runs after `npm install`, before the tests and in the build; nothing is done when the stamp names the sources that are
 * here. Files are put in place whole, so it does no harm when two run at once.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/kernels/assembly');
const built = join(root, 'src/kernels/built');
const stampFile = join(built, 'stamp');

const OPTIONS = [
  ['--runtime', 'stub', '--noAssert', '-O3', '--disableWarning', '112'],
  // The memory is brought along, shared by threads, and starts without anything of the module's own in it.
  ['--importMemory', '--noExportMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
  ['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
].flat();
const KINDS = { simd: [], relaxed: ['--enable', 'relaxed-simd'] };

/** By content of what is compiled and of what compiles it. */
const stamp = () => {
  const { version } = JSON.parse(readFileSync(join(compilerFolder(), 'package.json'), 'utf8'));
  const hash = createHash('sha256')
    .update(version)
    .update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of readdirSync(sources).sort())
    hash
      .update(name)
      .update('\0')
      .update(readFileSync(join(sources, name)));
  return hash.digest('hex');
};

const compilerFolder = () => {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('assemblyscript/package.json'));
  } catch {
    throw new Error('assemblyscript is not installed: run "npm ci" (with its development dependencies)');
  }
};

const compile = (kind, options) => {
  const temporary = join(built, `${kind}.wasm.${process.pid}`);
  const asc = join(compilerFolder(), 'bin/asc.js');
  const args = [asc, join(sources, 'index.ts'), '-o', temporary, ...OPTIONS, ...options];
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`the kernels do not compile\n${done.stdout}${done.stderr}${done.error ?? ''}`);
  renameSync(temporary, join(built, `${kind}.wasm`));
};

export const buildKernels = () => {
  const wanted = stamp();
  const isCurrent = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted;
  if (isCurrent && Object.keys(KINDS).every((kind) => existsSync(join(built, `${kind}.wasm`)))) return;
  rmSync(stampFile, { force: true });
  mkdirSync(built, { recursive: true });
  for (const [kind, options] of Object.entries(KINDS)) compile(kind, options);
  writeFileSync(stampFile, wanted);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) buildKernels();
