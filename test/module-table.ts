/** The modules of src/, bottom-up: the law that test/architecture.test.ts enforces and ARCHITECTURE.md prints. */

export interface ModuleRow {
  readonly name: string;
  readonly holds: string;
  /** Doors it may import; each is listed above it. */
  readonly imports: readonly string[];
  /** Packages from the registry it may import. */
  readonly packages: readonly string[];
  /** Pure: no file, network, clock, environment or global randomness, and no `node:` module. */
  readonly pure: boolean;
}

const row = (
  name: string,
  holds: string,
  imports: readonly string[],
  packages: readonly string[],
  pure: boolean,
): ModuleRow => ({ name, holds, imports, packages, pure });

export const MODULES: readonly ModuleRow[] = [
  row('version', 'the version of this package', [], [], false),
  row('domain', 'the vocabulary: ids, catalogue, events, local time, estimates, errors, clock', [], ['zod'], true),
  row(
    'threads',
    'threads of our own files, from the sources as from the build; calls between them; those that give way, and what they step aside for',
    ['domain'],
    [],
    false,
  ),
  row('math', 'dense and CSR arrays, Cholesky, top-k, seeded derivable random numbers', [], ['pure-rand'], true),
  row(
    'kernels',
    'inner loops in WebAssembly SIMD, a plain twin of each, the pool of threads',
    ['threads', 'math'],
    [],
    false,
  ),
  row(
    'stats',
    'distributions, moments, estimates with intervals, tests, bootstrap',
    ['math', 'domain'],
    [
      '@stdlib/math-base-special-erfcinv',
      '@stdlib/math-base-special-gammainc',
      '@stdlib/math-base-special-gammaln',
      '@stdlib/stats-base-dists-beta-cdf',
      '@stdlib/stats-base-dists-beta-quantile',
      '@stdlib/stats-base-dists-binomial-cdf',
      '@stdlib/stats-base-dists-binomial-quantile',
      '@stdlib/stats-base-dists-chisquare-cdf',
      '@stdlib/stats-base-dists-chisquare-quantile',
      '@stdlib/stats-base-dists-f-quantile',
      '@stdlib/stats-base-dists-normal-cdf',
      '@stdlib/stats-base-dists-poisson-cdf',
      '@stdlib/stats-base-dists-poisson-quantile',
      '@stdlib/stats-base-dists-t-cdf',
      '@stdlib/stats-base-dists-t-quantile',
    ],
    true,
  ),
  row('api', 'the wire contract: schema and type of each endpoint', ['domain'], ['zod'], true),
  row(
    'units',
    'sessions, intents, meaning of skips, absences, journeys, devices: what success and metrics are told about',
    ['math', 'domain', 'stats'],
    [],
    true,
  ),
  row(
    'metrics',
    'engagement metrics by name: cards, polarity, estimators clustered by user',
    ['domain', 'stats'],
    [],
    true,
  ),
  row(
    'success',
    'the success language: parse, check, compile to a closure and to SQL; standard definitions',
    ['math', 'domain'],
    ['@marcbachmann/cel-js', 'yaml'],
    true,
  ),
  row(
    'evaluation',
    'ranking measures; runs and judgments as trec_eval has them; off-policy estimators',
    ['math', 'domain', 'stats'],
    [],
    true,
  ),
  row(
    'models',
    'the `Model` port and its adapters: popularity, item-knn, als, content; logistic regression',
    ['math', 'kernels', 'domain'],
    [],
    true,
  ),
  row(
    'experiments',
    'analysis, quality checks, the decision rule; proxies, cards of metrics, the compass',
    ['math', 'domain', 'stats'],
    [],
    true,
  ),
  row(
    'policy',
    'from candidates to a slate: exploration, propensities, constraints, claims',
    ['math', 'domain', 'models'],
    [],
    true,
  ),
  row(
    'simulation',
    'worlds with known truth, reference policies, comparisons; the playground',
    ['math', 'domain', 'stats'],
    ['yaml'],
    true,
  ),
  row(
    'warehouse',
    'port, schema, queries; chDB and ClickHouse behind one client',
    ['threads', 'domain', 'units', 'metrics'],
    ['@clickhouse/client', 'chdb'],
    false,
  ),
  row('journal', 'port; LMDB: the durable ordered intake', ['threads', 'domain'], ['lmdb'], false),
  row('artifacts', 'port; files: trained models with their lineage', ['domain'], [], false),
  row(
    'ingest',
    'intake, writer, dead letters, formats of import',
    ['domain', 'warehouse', 'journal'],
    ['csv-parse', 'hyparquet', 'yauzl', 'zod'],
    false,
  ),
  row(
    'serving',
    'listeners in memory; home, weekly, radio, why',
    ['math', 'domain', 'units', 'models', 'policy', 'warehouse', 'artifacts'],
    [],
    false,
  ),
  row(
    'jobs',
    'train, playground, benches of models, evaluation of files',
    [
      'threads',
      'math',
      'kernels',
      'domain',
      'stats',
      'units',
      'metrics',
      'success',
      'evaluation',
      'experiments',
      'models',
      'policy',
      'simulation',
      'warehouse',
      'artifacts',
      'ingest',
      'serving',
    ],
    ['csv-parse'],
    false,
  ),
  row('wire', 'slates as the contract has them', ['domain', 'api', 'serving'], [], false),
  row(
    'http',
    'server, routes, keys, problem+json, OpenAPI',
    ['domain', 'api', 'units', 'success', 'metrics', 'evaluation', 'experiments', 'ingest', 'serving', 'jobs', 'wire'],
    [
      '@fastify/helmet',
      '@fastify/rate-limit',
      '@fastify/static',
      '@fastify/swagger',
      '@fastify/swagger-ui',
      'fastify',
      'fastify-type-provider-zod',
      'prom-client',
      'zod',
    ],
    false,
  ),
  row(
    'app',
    'configuration, composition (the one place that picks adapters), lifecycle, log',
    [
      'version',
      'math',
      'domain',
      'threads',
      'api',
      'units',
      'metrics',
      'success',
      'evaluation',
      'experiments',
      'models',
      'policy',
      'warehouse',
      'journal',
      'artifacts',
      'ingest',
      'serving',
      'jobs',
      'wire',
      'http',
    ],
    ['pino', 'yaml', 'zod'],
    false,
  ),
  row(
    'cli',
    'one file a verb',
    [
      'version',
      'domain',
      'stats',
      'api',
      'success',
      'evaluation',
      'experiments',
      'simulation',
      'ingest',
      'jobs',
      'app',
    ],
    ['cli-progress', 'commander', 'yaml'],
    false,
  ),
];

/** What web/ may import beside its own files and `#api`; it is built into dist/web and adds nothing to an install. */
export const WEB_PACKAGES: readonly string[] = [
  '@base-ui/react',
  '@observablehq/plot',
  '@tanstack/react-query',
  '@tanstack/react-router',
  'react',
  'react-dom',
  'zod',
];

/** Packages that tests beside sources may use on top of their row. */
export const TEST_PACKAGES: readonly string[] = ['fast-check', 'vitest'];

/** Ports, by file: an adapter stays small when its port does. */
export const PORTS: readonly { readonly port: string; readonly file: string }[] = [
  { port: 'Model', file: 'src/models/model.ts' },
  { port: 'Warehouse', file: 'src/warehouse/warehouse.ts' },
  { port: 'Journal', file: 'src/journal/journal.ts' },
  { port: 'ArtifactStore', file: 'src/artifacts/artifact-store.ts' },
];

/** The table as ARCHITECTURE.md prints it. */
export const printTable = (): string =>
  [
    '| module | what lives there | may import | packages | pure |',
    '|---|---|---|---|---|',
    ...MODULES.map(({ name, holds, imports, packages, pure }) => {
      const cells = [name, holds, imports.join(', ') || '–', packages.join(', ') || '–', pure ? '✓' : ''];
      return `| ${cells.join(' | ')} |`;
    }),
  ].join('\n');
