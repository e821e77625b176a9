/** What a pool can be asked to do: kernels over a part of the rows, with the buffers that each thread needs for itself. */

import type { Csr } from '#math';
import type { Kernels, Lists, Products, RowSystems } from '../kernels.ts';

/** The part of the work that is at hand, and who does it. */
export interface Part {
  readonly from: number;
  readonly to: number;
  /** Place of the part among all parts: what it writes must depend on this and never on the worker. */
  readonly index: number;
  readonly worker: number;
}

export interface TaskArguments {
  /** Part p adds its rows up in the p-th size × size numbers of `sums`, which it clears before. */
  readonly gram: { readonly rows: Float32Array; readonly size: number; readonly sums: Float32Array };
  readonly rotate: {
    readonly rows: Float32Array;
    readonly size: number;
    readonly q: Float32Array;
    /** 4 · size numbers for each worker. */
    readonly scratch: Float32Array;
  };
  /** `scratch`: 4 · size numbers for each worker. */
  readonly solveRows: { readonly systems: RowSystems; readonly scratch: Float32Array };
  readonly topProducts: { readonly products: Products; readonly lists: Lists };
  readonly sparseTimesDense: {
    readonly sparse: Csr;
    readonly dense: Float32Array;
    readonly size: number;
    readonly out: Float32Array;
  };
  readonly nearestRows: {
    readonly rows: Csr;
    readonly columns: Csr;
    readonly k: number;
    readonly lists: Lists;
    /** 2 · rows + 1 numbers for each worker, all zero. */
    readonly scratch: Uint32Array;
  };
}

export type TaskName = keyof TaskArguments;

type Task<Name extends TaskName> = (kernels: Kernels, args: TaskArguments[Name], part: Part) => void;

export const TASKS: { readonly [Name in TaskName]: Task<Name> } = {
  gram: (kernels, { rows, size, sums }, { from, to, index }) => {
    const sum = sums.subarray(index * size * size, (index + 1) * size * size);
    sum.fill(0);
    kernels.addGram(from, to, rows, size, sum);
  },
  rotate: (kernels, { rows, size, q, scratch }, { from, to, worker }) => {
    kernels.rotate(from, to, rows, size, q, scratch.subarray(worker * 4 * size, (worker + 1) * 4 * size));
  },
  solveRows: (kernels, { systems, scratch }, { from, to, worker }) => {
    const own = 4 * systems.size;
    kernels.solveRows(from, to, systems, scratch.subarray(worker * own, (worker + 1) * own));
  },
  topProducts: (kernels, { products, lists }, { from, to }) => kernels.topProducts(from, to, products, lists),
  sparseTimesDense: (kernels, { sparse, dense, size, out }, { from, to }) =>
    kernels.sparseTimesDense(from, to, sparse, dense, size, out),
  nearestRows: (kernels, { rows, columns, k, lists, scratch }, { from, to, worker }) => {
    const own = 2 * rows.rows + 1;
    kernels.nearestRows(from, to, rows, columns, k, lists, scratch.subarray(worker * own, (worker + 1) * own));
  },
};

/** One part of a task, whichever it is. */
export const runPart = <Name extends TaskName>(
  kernels: Kernels,
  name: Name,
  args: TaskArguments[Name],
  part: Part,
): void => TASKS[name](kernels, args, part);
