/** The part of WebAssembly that is used here, typed: the types of Node leave it out, those of browsers bring the whole web. */

export interface WasmMemory {
  /** After `grow` another one, over the same bytes and those that were added. */
  readonly buffer: ArrayBufferLike;
  /** Adds pages of 64 KiB. */
  grow(pages: number): number;
}

/** A compiled module: opaque, and may go to another thread. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: string;
}

interface WasmEngine {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: unknown };
  validate(bytes: Uint8Array): boolean;
}

/** Null where there is none, as in Node under `--jitless`. */
export const wasmEngine = (): WasmEngine | null =>
  (globalThis as { readonly WebAssembly?: WasmEngine }).WebAssembly ?? null;
