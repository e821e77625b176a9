import { defineConfig } from 'vitest/config';

const resolve = { conditions: ['ritornello-source'] };
const ssr = { resolve: { conditions: ['ritornello-source'] } };

/** One project a kind of test; CONTRIBUTING.md says which kind goes where. */
const project = (name: string, include: string[], test: object = {}) => ({
  resolve,
  ssr,
  test: { name, include, environment: 'node', pool: 'forks' as const, ...test },
});

/** Files of a worker share their modules: nothing in them may keep state from one test to the next. Half the processor time. */
const shared = { isolate: false };

const minutes = (n: number) => ({ testTimeout: n * 60_000, hookTimeout: n * 60_000 });

export default defineConfig({
  test: {
    globalSetup: ['scripts/test-setup.mjs'],
    // What was made of a source is kept beside the packages: projects share it, and runs.
    experimental: { fsModuleCache: true },
    // The thread that hands out files has little to do: it needs no processor of its own. More would make tests wait for theirs.
    maxWorkers: '100%',
    projects: [
      project('unit', ['src/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'test/*.test.ts'], {
        exclude: ['src/**/*.adapter.test.ts'],
        // Some live through a small world, which takes seconds where others want the processors too.
        ...minutes(1),
        ...shared,
      }),
      project('contract', ['src/**/*.adapter.test.ts'], { ...minutes(2), ...shared }),
      project('golden', ['test/golden/**/*.test.ts'], { ...minutes(1), ...shared }),
      project('data', ['test/data/**/*.test.ts'], { ...minutes(10), ...shared }),
      project('simulation', ['test/simulation/**/*.test.ts'], { ...minutes(10), ...shared }),
      project('fuzz', ['test/fuzz/**/*.test.ts'], minutes(10)),
      project('end-to-end', ['test/end-to-end/**/*.test.ts'], {
        globalSetup: ['test/end-to-end/setup.mjs'],
        ...minutes(10),
      }),
    ],
  },
});
