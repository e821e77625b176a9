/** What goes between a pool and its threads: arrays as places in the shared memory, never as copies. */

import type { KernelKind } from '../kernels.ts';
import { type SpaceArray, type Span, spanOf, viewOf } from '../space.ts';
import type { WasmMemory } from '../wasm-engine.ts';
import type { TaskName } from './tasks.ts';

/** What a thread is started with. */
export interface WorkerSettings {
  readonly aside: SharedArrayBuffer | undefined;
}

/** One task for one thread. All threads take parts from the same counter until none is left. */
export interface Order {
  readonly run: number;
  readonly worker: number;
  readonly kind: KernelKind;
  readonly memory: WasmMemory | null;
  readonly buffer: SharedArrayBuffer;
  readonly task: TaskName;
  readonly args: unknown;
  /** Part p is the rows bounds[p] … bounds[p + 1] - 1. */
  readonly bounds: Uint32Array;
  /** One number: the next part that nobody has taken. */
  readonly counter: SharedArrayBuffer;
}

/** A thread has found no more parts; `error` when one of them threw. */
export interface Done {
  readonly run: number;
  readonly error?: string;
}

/** The arguments of a task with every array replaced by where it is. */
export const toWire = (value: unknown, buffer: SharedArrayBuffer): unknown => {
  if (ArrayBuffer.isView(value)) return { span: spanOf(value as SpaceArray, buffer) };
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toWire(inner, buffer)]));
};

/** `toWire` undone, on the other side of the thread. */
export const fromWire = (value: unknown, buffer: SharedArrayBuffer): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if ('span' in value) return viewOf(buffer, value.span as Span);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fromWire(inner, buffer)]));
};
