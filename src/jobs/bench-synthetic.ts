/** Times the fitting of models on a large made-up matrix that any other program can make too. */

import { availableParallelism } from 'node:os';
import { itemId } from '#domain';
import { type KernelKind, type KernelPool, startKernelPool } from '#kernels';
import { createRng } from '#math';
import { fitAls, fitItemKnn, type Interactions, type Model } from '#models';
import { generateInteractions } from '#simulation';

export const SYNTHETIC_MODELS = ['als', 'item-knn'] as const;
export type SyntheticModelName = (typeof SYNTHETIC_MODELS)[number];

/** large: the whole matrix · ml-1m: as many pairs as MovieLens 1M, over as many items; users as many as it takes. */
export const SYNTHETIC_SIZES = ['large', 'ml-1m'] as const;
export type SyntheticSize = (typeof SYNTHETIC_SIZES)[number];

export interface BenchSyntheticOptions {
  readonly models: readonly SyntheticModelName[];
  readonly size?: SyntheticSize;
  /** Rows of the matrix: the first ones of the whole. */
  readonly users?: number;
  readonly factors: number;
  readonly epochs: number;
  readonly neighbours: number;
  /** Threads; without it one a processor. */
  readonly threads?: number;
  readonly onStep?: (step: 'matrix' | SyntheticModelName) => void;
}

const SIZES: Readonly<Record<SyntheticSize, { readonly items?: number; readonly pairs?: number }>> = {
  large: {},
  'ml-1m': { items: 3706, pairs: 998_539 },
};

/** One row of the report. */
export interface SyntheticBench {
  readonly model: SyntheticModelName;
  /** By the clock of the wall; the start of the threads is part of it. */
  readonly fit_seconds: number;
  /** Of all threads, in and out of the kernel of the system. */
  readonly cpu_seconds: number;
  /** User-item pairs learned from. */
  readonly pairs: number;
  readonly users: number;
  readonly items: number;
  readonly threads: number;
  readonly kernels: KernelKind;
  /** Largest resident memory of the process up to now: the matrix and models that ran before count. */
  readonly peak_rss_mib: number;
}

/**
 * Fits each model in turn on the synthetic matrix: 200,000 users, 50,000 items, 18,651,672 pairs unless fewer users are
 * asked for. Nothing is judged: there is no taste in it beyond popularity and 64 clusters.
 * @throws {EngineError} invalid_data when an option is out of range.
 */
export const benchSynthetic = async (options: BenchSyntheticOptions): Promise<readonly SyntheticBench[]> => {
  const { users, size = 'large', threads = availableParallelism(), onStep = () => undefined } = options;
  onStep('matrix');
  const { counts } = generateInteractions({ ...SIZES[size], ...(users === undefined ? {} : { users }) });
  const data: Interactions = {
    users: Array.from({ length: counts.rows }, (_, user) => String(user)),
    items: Array.from({ length: counts.cols }, (_, item) => itemId('track', String(item))),
    counts,
  };
  const results: SyntheticBench[] = [];
  for (const name of options.models) {
    onStep(name);
    const began = performance.now();
    const used = process.cpuUsage();
    const pool = startKernelPool({ workers: threads });
    try {
      await fitModel(name, data, options, pool);
    } finally {
      await pool.close();
    }
    const { user, system } = process.cpuUsage(used);
    results.push({
      model: name,
      fit_seconds: (performance.now() - began) / 1000,
      cpu_seconds: (user + system) / 1e6,
      pairs: counts.indices.length,
      users: counts.rows,
      items: counts.cols,
      threads,
      kernels: pool.kind,
      peak_rss_mib: process.resourceUsage().maxRSS / 1024,
    });
  }
  return results;
};

const fitModel = (
  name: SyntheticModelName,
  data: Interactions,
  { factors, epochs, neighbours }: BenchSyntheticOptions,
  pool: KernelPool,
): Promise<Model> => {
  switch (name) {
    case 'als':
      return fitAls(
        data,
        { factors, epochs, regularization: 0.01, alpha: 1, frequencyExponent: 0 },
        createRng(42),
        pool,
      );
    case 'item-knn':
      return fitItemKnn(data, { weighting: 'cosine', weight: 'raw', neighbours, shrinkage: 0 }, pool);
  }
};
