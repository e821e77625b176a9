/** The compiled kernels: which there are, and which this engine can run. */

import { readFileSync } from 'node:fs';
import { type WasmModule, wasmEngine } from '../wasm-engine.ts';

export type SimdKind = 'relaxed' | 'simd';

const compiled = new Map<SimdKind, WasmModule | null>();

/**
 * The module of a kind; null when the engine cannot run it (Node 20 knows no relaxed SIMD; without WebAssembly there is
 * none at all). Compiled once a thread, 7 KB in some milliseconds.
 */
export const simdModule = (kind: SimdKind): WasmModule | null => {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  const module = compile(kind);
  compiled.set(kind, module);
  return module;
};

const compile = (kind: SimdKind): WasmModule | null => {
  const engine = wasmEngine();
  if (engine === null) return null;
  const bytes = readFileSync(new URL(`../built/${kind}.wasm`, import.meta.url));
  return engine.validate(bytes) ? new engine.Module(bytes) : null;
};
