/** Memory that kernels work in: some typed arrays laid out in one block that threads can share. */

import { type WasmMemory, wasmEngine } from './wasm-engine.ts';

const TYPES = {
  f32: Float32Array,
  f64: Float64Array,
  i8: Int8Array,
  i16: Int16Array,
  u32: Uint32Array,
} as const;
type ArrayType = keyof typeof TYPES;
interface ArrayOf {
  readonly f32: Float32Array<SharedArrayBuffer>;
  readonly f64: Float64Array<SharedArrayBuffer>;
  readonly i8: Int8Array<SharedArrayBuffer>;
  readonly i16: Int16Array<SharedArrayBuffer>;
  readonly u32: Uint32Array<SharedArrayBuffer>;
}

/** What an array is to be; made by `f32(n)`, `u32(n)` and so on. */
export interface ArrayPlan<Type extends ArrayType = ArrayType> {
  readonly type: Type;
  readonly length: number;
}

const plan =
  <Type extends ArrayType>(type: Type) =>
  (length: number): ArrayPlan<Type> => ({ type, length });

export const f32: (length: number) => ArrayPlan<'f32'> = plan('f32');
export const f64: (length: number) => ArrayPlan<'f64'> = plan('f64');
export const i8: (length: number) => ArrayPlan<'i8'> = plan('i8');
export const i16: (length: number) => ArrayPlan<'i16'> = plan('i16');
export const u32: (length: number) => ArrayPlan<'u32'> = plan('u32');

type Plans = Readonly<Record<string, ArrayPlan>>;
type Arrays<P extends Plans> = { readonly [Name in keyof P]: ArrayOf[P[Name]['type']] };

/** A block of memory and where its arrays are. Freed by the collector when nothing refers to it any more. */
export interface Space<P extends Plans = Plans> {
  /** Null where the engine has no WebAssembly: the plain kernels need none. */
  readonly memory: WasmMemory | null;
  readonly buffer: SharedArrayBuffer;
  readonly arrays: Arrays<P>;
}

/** Cache lines, and room for any vector. Address 0 is never given away: to kernels it means "none". */
const ALIGNMENT = 64;
const PAGE = 65_536;
const MOST_BYTES = 2 ** 32;

/** Lays out the arrays, all zero. @throws {RangeError} when they need more than 4 GiB, which is all a kernel can reach. */
export const createSpace = <P extends Plans>(plans: P): Space<P> => {
  let end = ALIGNMENT;
  const starts = Object.entries(plans).map(([name, { type, length }]) => {
    const start = end;
    end += Math.ceil((length * TYPES[type].BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
    return [name, start] as const;
  });
  if (end > MOST_BYTES) throw new RangeError(`arrays of ${end} bytes: expected at most ${MOST_BYTES}`);
  const pages = Math.ceil(end / PAGE);
  const engine = wasmEngine();
  const memory = engine === null ? null : new engine.Memory({ initial: pages, maximum: pages, shared: true });
  const buffer = (memory?.buffer ?? new SharedArrayBuffer(pages * PAGE)) as SharedArrayBuffer;
  const arrays = Object.fromEntries(
    starts.map(([name, start]) => [name, viewOf(buffer, { ...plans[name]!, start })]),
  ) as Arrays<P>;
  return { memory, buffer, arrays };
};

/** Where an array is in its space, so that another thread finds it. */
export interface Span extends ArrayPlan {
  readonly start: number;
}

/** Any array that `createSpace` makes. */
export type SpaceArray = ArrayOf[ArrayType];

export const viewOf = (buffer: SharedArrayBuffer, { type, start, length }: Span): SpaceArray =>
  new (TYPES[type] as new (buffer: SharedArrayBuffer, start: number, length: number) => SpaceArray)(
    buffer,
    start,
    length,
  );

/** @throws {RangeError} when the array is not of this buffer. */
export const spanOf = (array: ArrayBufferView & { readonly length: number }, buffer: SharedArrayBuffer): Span => {
  const type = (Object.keys(TYPES) as ArrayType[]).find((name) => array instanceof TYPES[name]);
  if (type === undefined || array.buffer !== buffer)
    throw new RangeError('an array outside of the space of its kernels');
  return { type, start: array.byteOffset, length: array.length };
};

/** A space as it goes to another thread, by `postMessage` and without a copy: its memory, and where its arrays are. */
export interface SharedSpace<P extends Plans = Plans> {
  readonly memory: WasmMemory | null;
  readonly buffer: SharedArrayBuffer;
  readonly spans: { readonly [Name in keyof P]: Span };
}

export const shareSpace = <P extends Plans>({ memory, buffer, arrays }: Space<P>): SharedSpace<P> => ({
  memory,
  buffer,
  spans: Object.fromEntries(
    Object.entries(arrays).map(([name, array]) => [name, spanOf(array, buffer)]),
  ) as SharedSpace<P>['spans'],
});

/** The same memory on this side: what one thread writes the other reads. */
export const openSpace = <P extends Plans>(shared: SharedSpace<P>): Space<P> => {
  // A memory that has crossed makes a buffer of its own over the same bytes; kernels know arrays by it.
  const buffer = (shared.memory?.buffer ?? shared.buffer) as SharedArrayBuffer;
  const arrays = Object.fromEntries(
    Object.entries(shared.spans).map(([name, span]) => [name, viewOf(buffer, span)]),
  ) as Arrays<P>;
  return { memory: shared.memory, buffer, arrays };
};
