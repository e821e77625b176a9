/**
 * The layout of a stored model, little-endian:
 *
 *   0  u32  magic 'RTNM'        4  u32  layout version       8  u32  checksum of all that follows
 *  12  u32  length of the header in bytes                   16  header, JSON in UTF-8, padded with spaces
 *  from a multiple of 64 on (of 8 in earlier files), so that rows begin with cache lines, the arrays in the order the header names them, each padded
 *  with zeros to 8 bytes.
 *
 * The header holds the model's name, its scalars, and type and length of each array. The checksum is FNV-1a over 32-bit
 * words, in four lanes that do not wait for each other: every step is a bijection of a lane, so damage within one word never goes
 * unseen.
 */

import { EngineError } from '#domain';
import type { ModelName } from './model.ts';

const MAGIC = 0x4d4e5452;
const VERSION = 2;
const START = 16;
const CACHE_LINE = 64;
/** The word that what is checked begins with. */
const CHECKED = 3;
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

const TYPES = { f32: Float32Array, f64: Float64Array, u32: Uint32Array } as const;
type ArrayType = keyof typeof TYPES;
interface ArrayOf {
  readonly f32: Float32Array;
  readonly f64: Float64Array;
  readonly u32: Uint32Array;
}
type StoredArray = ArrayOf[ArrayType];

/** What a model is made of. */
export interface ModelParts {
  readonly scalars: Readonly<Record<string, number | string>>;
  readonly arrays: Readonly<Record<string, StoredArray>>;
}

interface Header {
  readonly model: string;
  readonly scalars: Record<string, number | string>;
  readonly arrays: readonly { readonly name: string; readonly type: ArrayType; readonly length: number }[];
}

export const encodeModel = (model: ModelName, parts: ModelParts): Uint8Array => {
  const arrays = Object.entries(parts.arrays);
  const header: Header = {
    model,
    scalars: { ...parts.scalars },
    arrays: arrays.map(([name, values]) => ({ name, type: typeOf(values), length: values.length })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil((START + text.length) / CACHE_LINE) * CACHE_LINE - START;
  const size = arrays.reduce((sum, [, values]) => sum + padded(values.byteLength), START + headerLength);
  const bytes = new Uint8Array(size);
  bytes.fill(0x20, START, START + headerLength);
  bytes.set(text, START);
  let at = START + headerLength;
  for (const [, values] of arrays) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += padded(values.byteLength);
  }
  const words = new Uint32Array(bytes.buffer);
  words[0] = MAGIC;
  words[1] = VERSION;
  words[3] = headerLength;
  words[2] = checksum(words);
  return bytes;
};

export interface LoadOptions {
  /** The bytes are known to be those that were saved, as a store of artifacts knows by their hash: no checksum is made of them. */
  readonly verified?: boolean;
}

/**
 * The parts of a stored model. The arrays are views of `bytes` (of a copy, if `bytes` is not aligned).
 * @throws {EngineError} artifact_corrupt when the bytes are damaged, cut short, of another model or layout.
 */
export const decodeModel = (bytes: Uint8Array, model: ModelName, options: LoadOptions = {}): ModelParts => {
  if (bytes.length < START || bytes.length % 8 !== 0) throw corrupt(model, `its length is ${bytes.length} bytes`);
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
  if (words[0] !== MAGIC) throw corrupt(model, 'it does not begin with the mark of a model');
  if (words[1] !== VERSION) throw corrupt(model, `its layout is version ${words[1]}, this program reads ${VERSION}`);
  if (options.verified !== true && words[2] !== checksum(words)) throw corrupt(model, 'its checksum does not match');
  const header = readHeader(aligned, words[3]!, model);
  if (header.model !== model) throw corrupt(model, `it holds a model "${header.model}"`);
  return { scalars: header.scalars, arrays: readArrays(aligned, START + words[3]!, header, model) };
};

/** @throws {EngineError} artifact_corrupt unless the array is there with this type and length. */
export const storedArray = <T extends ArrayType>(
  parts: ModelParts,
  model: ModelName,
  name: string,
  type: T,
  length?: number,
): ArrayOf[T] => {
  const values = parts.arrays[name];
  if (values === undefined || !(values instanceof TYPES[type])) throw corrupt(model, `array "${name}" is missing`);
  if (length !== undefined && values.length !== length) {
    throw corrupt(model, `array "${name}" has ${values.length} values instead of ${length}`);
  }
  return values as ArrayOf[T];
};

/** @throws {EngineError} artifact_corrupt unless the scalar is there and is a number. */
export const storedNumber = (parts: ModelParts, model: ModelName, name: string): number => {
  const value = parts.scalars[name];
  if (typeof value !== 'number') throw corrupt(model, `scalar "${name}" is missing`);
  return value;
};

export const corrupt = (model: ModelName, reason: string, cause?: unknown): EngineError =>
  new EngineError('artifact_corrupt', `cannot read a stored ${model} model: ${reason}`, { cause });

const readHeader = (bytes: Uint8Array, length: number, model: ModelName): Header => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes.subarray(START, START + length))) as Header;
  } catch (cause) {
    throw corrupt(model, 'its header is not JSON', cause);
  }
};

const readArrays = (bytes: Uint8Array, start: number, header: Header, model: ModelName): ModelParts['arrays'] => {
  const arrays: Record<string, StoredArray> = {};
  let at = start;
  for (const { name, type, length } of header.arrays) {
    const size = length * TYPES[type].BYTES_PER_ELEMENT;
    if (at + size > bytes.length) throw corrupt(model, `array "${name}" is cut short`);
    arrays[name] = new TYPES[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + at, length);
    at += padded(size);
  }
  if (at !== bytes.length) throw corrupt(model, `${bytes.length - at} bytes are left over`);
  return arrays;
};

const typeOf = (values: StoredArray): ArrayType => {
  if (values instanceof Float32Array) return 'f32';
  return values instanceof Float64Array ? 'f64' : 'u32';
};

const padded = (length: number): number => Math.ceil(length / 8) * 8;

const checksum = (words: Uint32Array): number => {
  let [a, b, c, d] = [BASIS, BASIS, BASIS, BASIS];
  let n = CHECKED;
  for (; n + 4 <= words.length; n += 4) {
    a = Math.imul(a ^ words[n]!, PRIME);
    b = Math.imul(b ^ words[n + 1]!, PRIME);
    c = Math.imul(c ^ words[n + 2]!, PRIME);
    d = Math.imul(d ^ words[n + 3]!, PRIME);
  }
  for (; n < words.length; n++) a = Math.imul(a ^ words[n]!, PRIME);
  return [b, c, d].reduce((all, lane) => Math.imul(all ^ lane, PRIME), a) >>> 0;
};
