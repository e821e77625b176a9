/** Memory that a kernel can reach, by the page, and arenas: memory that is filled before it is known what arrays it holds. */

import { type WasmMemory, wasmEngine } from './wasm-engine.ts';

/** Cache lines, and room for any vector. Address 0 is never given away: to kernels it means "none". */
export const ALIGNMENT = 64;
const PAGE = 65_536;
const MOST_BYTES = 2 ** 32;

/**
 * Zeros that threads share; a memory that may grow up to `most` bytes. Null where the engine has no WebAssembly.
 * @throws {RangeError} when they are more than 4 GiB, which is all a kernel can reach.
 */
export const createMemory = (bytes: number, most = bytes): WasmMemory | null => {
  assertReachable(bytes);
  const engine = wasmEngine();
  return engine && new engine.Memory({ initial: pagesOf(bytes), maximum: pagesOf(most), shared: true });
};

/** Makes an arena longer: the bytes that are there stay where they are. @throws {RangeError} when they would be more than 4 GiB. */
export const growTo = (memory: WasmMemory, bytes: number): void => {
  assertReachable(bytes);
  memory.grow(Math.max(0, pagesOf(bytes - memory.buffer.byteLength)));
};

const ARENAS = new WeakMap<ArrayBufferLike, WasmMemory>();

/**
 * Zeros to be filled in: arrays that lie in them become arrays of a space as they are, with the others behind them
 * (`createSpace`). They begin at a multiple of 64. Only shared memory where the engine has no WebAssembly: what lies in it is copied.
 * @throws {RangeError} when they are more than 4 GiB, which is all a kernel can reach.
 */
export const createArena = (bytes: number): Uint8Array<SharedArrayBuffer> => {
  const memory = createMemory(ALIGNMENT + bytes, MOST_BYTES);
  if (memory === null) return new Uint8Array(new SharedArrayBuffer(bytes));
  const buffer = memory.buffer as SharedArrayBuffer;
  ARENAS.set(buffer, memory);
  return new Uint8Array(buffer, ALIGNMENT, bytes);
};

/** The memory that an array in an arena lies in; null of any other array. */
export const arenaOf = ({ buffer }: ArrayBufferView): WasmMemory | null => ARENAS.get(buffer) ?? null;

const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE);

const assertReachable = (bytes: number): void => {
  if (bytes > MOST_BYTES) throw new RangeError(`arrays of ${bytes} bytes: expected at most ${MOST_BYTES}`);
};
