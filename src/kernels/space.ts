/** Memory that kernels work in: some typed arrays laid out in one block that threads can share. */

import { ALIGNMENT, arenaOf, createMemory, growTo } from './memory.ts';
import type { WasmMemory } from './wasm-engine.ts';

const TYPES = {
  f32: Float32Array,
  f64: Float64Array,
  i8: Int8Array,
  i16: Int16Array,
  u32: Uint32Array,
} as const;
type ArrayType = keyof typeof TYPES;
interface ArrayOf<Buffer extends ArrayBufferLike = SharedArrayBuffer> {
  readonly f32: Float32Array<Buffer>;
  readonly f64: Float64Array<Buffer>;
  readonly i8: Int8Array<Buffer>;
  readonly i16: Int16Array<Buffer>;
  readonly u32: Uint32Array<Buffer>;
}

/** What an array is to be; made by `f32(n)`, `u32(values)` and so on. */
export interface ArrayPlan<Type extends ArrayType = ArrayType> {
  readonly type: Type;
  readonly length: number;
  /** What it begins with; zeros otherwise. It is these themselves where they lie in an arena (`createArena`), else a copy. */
  readonly values?: ArrayOf<ArrayBufferLike>[Type];
}

const plan =
  <Type extends ArrayType>(type: Type) =>
  (of: number | ArrayOf<ArrayBufferLike>[Type]): ArrayPlan<Type> =>
    typeof of === 'number' ? { type, length: of } : { type, length: of.length, values: of };

type Planned<Type extends ArrayType> = ReturnType<typeof plan<Type>>;

export const f32: Planned<'f32'> = plan('f32');
export const f64: Planned<'f64'> = plan('f64');
export const i8: Planned<'i8'> = plan('i8');
export const i16: Planned<'i16'> = plan('i16');
export const u32: Planned<'u32'> = plan('u32');

type Plans = Readonly<Record<string, ArrayPlan>>;
type Arrays<P extends Plans> = { readonly [Name in keyof P]: ArrayOf[P[Name]['type']] };

/** A block of memory and where its arrays are. Freed by the collector when nothing refers to it any more. */
export interface Space<P extends Plans = Plans> {
  /** Null where the engine has no WebAssembly: the plain kernels need none. */
  readonly memory: WasmMemory | null;
  readonly buffer: SharedArrayBuffer;
  readonly arrays: Arrays<P>;
}

/**
 * Lays out the arrays; in the arena of one of them, where that lies in an arena, behind all that is in it.
 * @throws {RangeError} when they need more than 4 GiB, which is all a kernel can reach.
 */
export const createSpace = <P extends Plans>(plans: P): Space<P> => {
  const arena = arenaAmong(plans);
  let end = arena === null ? ALIGNMENT : arena.buffer.byteLength;
  const starts = Object.entries(plans).map(([name, { type, length, values }]) => {
    if (arena !== null && values !== undefined && arenaOf(values) === arena) return [name, values.byteOffset] as const;
    const start = end;
    end += Math.ceil((length * TYPES[type].BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
    return [name, start] as const;
  });
  if (arena !== null) growTo(arena, end);
  const memory = arena ?? createMemory(end);
  const buffer = (memory?.buffer ?? new SharedArrayBuffer(end)) as SharedArrayBuffer;
  const arrays = Object.fromEntries(starts.map(([name, start]) => [name, arrayAt(buffer, start, plans[name]!)]));
  return { memory, buffer, arrays: arrays as Arrays<P> };
};

const arenaAmong = (plans: Plans): WasmMemory | null => {
  for (const { values } of Object.values(plans)) {
    const arena = values === undefined ? null : arenaOf(values);
    if (arena !== null) return arena;
  }
  return null;
};

const arrayAt = (buffer: SharedArrayBuffer, start: number, { type, length, values }: ArrayPlan): SpaceArray => {
  const array = viewOf(buffer, { type, start, length });
  if (values !== undefined && arenaOf(values)?.buffer !== buffer) array.set(values);
  return array;
};

/** Where an array is in its space, so that another thread finds it. */
export interface Span extends Omit<ArrayPlan, 'values'> {
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
