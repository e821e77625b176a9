import { describe, expect, it } from 'vitest';
import { MODULES, PORTS, printTable, TEST_PACKAGES, WEB_PACKAGES } from './module-table.ts';
import { filesBelow, foldersIn, packageOf, read, resolveFrom, type SourceFile, sourcesBelow } from './source-files.ts';

const SOURCES = sourcesBelow('src');
const WEB = sourcesBelow('web');
const AROUND = [...sourcesBelow('test'), ...sourcesBelow('bench')];

const moduleOf = (path: string): string => path.split('/')[1] ?? '';
const rowOf = (path: string) => MODULES.find((row) => row.name === moduleOf(path));
const isDoor = (specifier: string): boolean => specifier.startsWith('#');
const isRelative = (specifier: string): boolean => specifier.startsWith('.');
const isBuiltin = (specifier: string): boolean => specifier.startsWith('node:');
const isPackage = (specifier: string): boolean =>
  !isDoor(specifier) && !isRelative(specifier) && !isBuiltin(specifier) && !specifier.startsWith('virtual:');

/** `path: specifier` of every import that breaks a rule. */
const breaches = (files: readonly SourceFile[], breaks: (file: SourceFile, specifier: string) => boolean): string[] =>
  files.flatMap((file) => file.imports.filter((name) => breaks(file, name)).map((name) => `${file.path}: ${name}`));

describe('the module table', () => {
  it('has a row for each folder of src and a folder for each row', () => {
    expect(foldersIn('src')).toEqual(MODULES.map((row) => row.name).toSorted());
    expect(SOURCES.length).toBeGreaterThan(MODULES.length);
  });

  it('points only upwards', () => {
    const wrong = MODULES.flatMap((row, place) =>
      row.imports
        .filter((name) => !MODULES.slice(0, place).some((above) => above.name === name))
        .map((name) => `${row.name} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('stands in ARCHITECTURE.md as it is here', () => {
    expect(read('ARCHITECTURE.md')).toContain(printTable());
  });

  it('keeps pure modules on pure ones, and on kernels, which only compute', () => {
    const pure = new Set(['kernels', ...MODULES.filter((row) => row.pure).map((row) => row.name)]);
    const wrong = MODULES.filter((row) => row.pure).flatMap((row) => row.imports.filter((name) => !pure.has(name)));
    expect(wrong).toEqual([]);
  });
});

describe('imports', () => {
  it('go through doors that the row allows', () => {
    const wrong = breaches(SOURCES, (file, specifier) => {
      if (!isDoor(specifier)) return false;
      const row = rowOf(file.path);
      // A test may knock at its own door, and bring in what stands above its module to make its data.
      const above = MODULES.slice(0, row ? MODULES.indexOf(row) + 1 : 0).map((each) => each.name);
      const allowed = file.isTest ? above : row?.imports;
      return !allowed?.includes(specifier.slice(1));
    });
    expect(wrong).toEqual([]);
  });

  it('never leave their module by a relative path', () => {
    const wrong = breaches(
      SOURCES,
      (file, specifier) =>
        isRelative(specifier) && !resolveFrom(file.path, specifier).startsWith(`src/${moduleOf(file.path)}/`),
    );
    expect(wrong).toEqual([]);
  });

  it('take from the registry only what the row names', () => {
    const wrong = breaches(SOURCES, (file, specifier) => {
      const extra = file.isTest ? TEST_PACKAGES : [];
      return isPackage(specifier) && ![...(rowOf(file.path)?.packages ?? []), ...extra].includes(packageOf(specifier));
    });
    expect(wrong).toEqual([]);
  });

  it('of web reach the engine by #api alone', () => {
    const wrong = breaches(WEB, (file, specifier) => {
      if (isDoor(specifier)) return specifier !== '#api';
      if (isRelative(specifier)) return !resolveFrom(file.path, specifier).startsWith('web/');
      if (file.isTest || /(^|\/)(vite|test)[.-]/.test(file.path)) return false;
      return isBuiltin(specifier) || (isPackage(specifier) && !WEB_PACKAGES.includes(packageOf(specifier)));
    });
    expect(wrong).toEqual([]);
    expect(WEB.length).toBeGreaterThan(0);
  });

  it('of tests and benches use the doors too', () => {
    const wrong = breaches(
      AROUND,
      (file, specifier) => isRelative(specifier) && resolveFrom(file.path, specifier).startsWith('src/'),
    );
    expect(wrong).toEqual([]);
    expect(AROUND.length).toBeGreaterThan(0);
  });
});

describe('the truth of made-up worlds', () => {
  const isReport = (path: string): boolean =>
    path.startsWith('src/simulation/') ||
    path.startsWith('src/jobs/simulate/') ||
    path === 'src/jobs/playground.ts' ||
    // The matrix for timing: no world, no truth.
    path === 'src/jobs/bench-synthetic.ts' ||
    path === 'src/cli/simulate.ts';

  it('is out of reach of everything that serves, learns, measures or stores', () => {
    const product = SOURCES.filter((file) => !file.isTest && !isReport(file.path));
    expect(breaches(product, (_, specifier) => specifier === '#simulation')).toEqual([]);
    const words = /\boracle\b/i;
    const served = product.filter((file) =>
      /^src\/(serving|policy|models|ingest|warehouse|http|app)\//.test(file.path),
    );
    expect(served.length).toBeGreaterThan(100);
    expect(served.filter((file) => words.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it('is not taken along by the playground', () => {
    const [playground] = SOURCES.filter((file) => file.path === 'src/jobs/playground.ts');
    expect(playground?.text).not.toMatch(/oracle|truth/i);
  });
});

describe('purity', () => {
  const code = SOURCES.filter((file) => !file.isTest);
  const uses = (files: readonly SourceFile[], pattern: RegExp): string[] =>
    files.flatMap((file) => [...file.text.matchAll(pattern)].map((match) => `${file.path}: ${match[0]}`));

  it('of pure modules: no node module, process, network, timer or console', () => {
    const pure = code.filter((file) => rowOf(file.path)?.pure);
    expect(pure.length).toBeGreaterThan(0);
    expect(breaches(pure, (_, specifier) => isBuiltin(specifier))).toEqual([]);
    const impure =
      /\b(?:process\.\w+|globalThis|console\.\w+|fetch\(|performance\.\w+|set(?:Timeout|Interval|Immediate)\(|crypto\.\w+)/g;
    expect(uses(pure, impure)).toEqual([]);
  });

  it('of everything below app: the clock and randomness are arguments', () => {
    const below = code.filter((file) => moduleOf(file.path) !== 'app');
    expect(uses(below, /\b(?:Math\.random|Date\.now|new Date\(\))/g)).toEqual([]);
  });

  it('of the environment: read in app/config.ts alone', () => {
    const others = code.filter((file) => file.path !== 'src/app/config.ts');
    expect(uses(others, /\bprocess\.env\b/g)).toEqual([]);
  });
});

describe('shape', () => {
  it('gives each module a door that says what it is for and names what it exports', () => {
    const doors = MODULES.map((row) => ({ name: row.name, text: read(`src/${row.name}/index.ts`) }));
    expect(doors.filter((door) => !door.text.startsWith('/**')).map((door) => door.name)).toEqual([]);
    expect(doors.filter((door) => /export \*/.test(door.text)).map((door) => door.name)).toEqual([]);
  });

  it('keeps each port at seven methods or fewer', () => {
    const counts = PORTS.map(({ port, file }) => {
      const body = new RegExp(`export interface ${port}(?:<[^{]*>)? (?:extends [^{]*)?\\{\\n([\\s\\S]*?)\\n\\}`).exec(
        read(file),
      );
      const methods = [...(body?.[1] ?? '').matchAll(/^ {2}\w+\??(?:<[^(]*>)?\(/gm)];
      return { port, methods: methods.length };
    });
    expect(counts.filter(({ methods }) => methods === 0 || methods > 7)).toEqual([]);
  });

  it('has no drawer for odds and ends', () => {
    const files = ['src', 'web', 'test', 'bench', 'scripts'].flatMap(filesBelow);
    const drawers = /(^|[/-])(utils?|helpers?|common|misc|manager|v2)([./-]|$)/;
    expect(files.filter((path) => drawers.test(path))).toEqual([]);
    expect(files.length).toBeGreaterThan(0);
  });
});
