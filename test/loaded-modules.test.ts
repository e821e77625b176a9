import { describe, expect, it } from 'vitest';
import { resolveFrom, type SourceFile, sourcesBelow } from './source-files.ts';

const FILES = new Map(sourcesBelow('src').map((file) => [file.path, file]));

/** What a file loads when it runs: what it imports or hands on but for types, which are gone by then. */
const loadedBy = ({ path, text }: SourceFile): string[] =>
  [...text.matchAll(/^(?:import|export)\s(?!type\b)([^;]*?)\bfrom\s*'([^']+)'/gm)]
    .filter(([, names = '']) => !/^\{(?:\s*type\s[^,}]*,?)*\s*\}\s*$/.test(names))
    .map(([, , specifier = '']) => specifier)
    .filter((specifier) => /^[.#]/.test(specifier))
    .map((specifier) =>
      specifier.startsWith('#') ? `src/${specifier.slice(1)}/index.ts` : resolveFrom(path, specifier),
    );

const reachedFrom = (path: string, reached = new Set<string>()): Set<string> => {
  const file = FILES.get(path);
  if (file === undefined || reached.has(path)) return reached;
  reached.add(path);
  for (const next of loadedBy(file)) reachedFrom(next, reached);
  return reached;
};

const modulesOf = (paths: Iterable<string>): string[] =>
  [...new Set([...paths].map((path) => path.split('/')[1] ?? ''))].sort();

// A thread reads its modules each time that it starts, and an engine is not up before: a door too many is seen here.
describe('what a thread loads', () => {
  it('to answer listeners is what answers, no formats of import, warehouse or server', () => {
    const reached = reachedFrom('src/app/serving-beside/serving-thread.ts');
    expect(modulesOf(reached)).toEqual([
      'app',
      'domain',
      'experiments',
      'journal',
      'kernels',
      'math',
      'models',
      'policy',
      'serving',
      'stats',
      'threads',
      'units',
      'wire',
    ]);
    expect([...reached].filter((path) => path.startsWith('src/app/')).length).toBeLessThan(10);
  });

  it('to keep the journal is the journal', () => {
    expect(modulesOf(reachedFrom('src/journal/lmdb/journal-thread.ts'))).toEqual(['domain', 'journal', 'threads']);
  });
});
