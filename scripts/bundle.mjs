/**
 * Makes src/ the JavaScript of dist/. A module folder keeps its entry, `<module>/index.js`, and so do the command line and each
 * program of a thread or process; what lies behind them goes into chunks, one for all that the same entries need. As a file each,
 * hundreds are looked up, read and linked before the first line of ours runs, in each thread anew.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { ownAddress } from './own-address.mjs';

const CHUNKS = 'chunks';
/** What runs by its address: `new URL('./x.ts', import.meta.url)`. */
const RUN_BY_ADDRESS = /new URL\(\s*'(\.[\w./-]+)\.ts',\s*import\.meta\.url,?\s*\)/g;
const slashed = (path) => path.split(sep).join('/');

/** Stands in for the address that a file would have in dist until it is known in which file it ends up. */
const mark = (src) => (path) => `OWN_ADDRESS(${JSON.stringify(slashed(relative(src, path)).replace(/\.ts$/, '.js'))})`;
const MARKED = /OWN_ADDRESS\("([^"]+)"\)/g;

const entriesOf = (src, sources) => {
  const modules = readdirSync(src).map((module) => join(src, module, 'index.ts'));
  const run = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(RUN_BY_ADDRESS)].map(([, place]) => join(dirname(file), `${place}.ts`)),
  );
  return [...modules.filter(existsSync), join(src, 'cli/main.ts'), ...new Set(run)];
};

/** @param sources The TypeScript files of `src` that are part of the program. */
export const bundle = async (src, sources, dist) => {
  const { outputFiles } = await build({
    entryPoints: entriesOf(src, sources),
    outbase: src,
    outdir: dist,
    chunkNames: `${CHUNKS}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['ritornello-source'],
    plugins: [ownAddress(mark(src))],
    write: false,
    logLevel: 'silent',
  });
  for (const { path, text } of outputFiles) {
    const up = slashed(relative(dirname(path), dist)) || '.';
    const placed = text.replaceAll(
      MARKED,
      (_, own) => `new URL(${JSON.stringify(`${up}/${own}`)}, import.meta.url).href`,
    );
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, placed);
  }
};
