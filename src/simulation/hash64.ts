/** A 64-bit hash by position in 32-bit halves: JavaScript has no fast 64-bit integers. */

/** The last hash computed, as halves; each call overwrites it, so that nothing is allocated. */
export interface Hash64 {
  /** hash(stream, index); index up to 2^53. */
  at(stream: number, index: number): Hash64;
  /** The lowest 6 bits. */
  low6(): number;
  /** The highest 53 bits as a number in [0, 1). */
  unit(): number;
}

const GOLDEN_HIGH = 0x9e3779b9;
const GOLDEN_LOW = 0x7f4a7c15;
const STREAM_HIGH = 0xd1b54a32;
const STREAM_LOW = 0xd192ed03;

export const createHash64 = (seed: number): Hash64 => {
  let high = 0;
  let low = 0;

  /** high:low += factor · (addHigh:addLow), mod 2^64. */
  const addProduct = (factor: number, addHigh: number, addLow: number): void => {
    const factorLow = factor >>> 0;
    const factorHigh = Math.floor(factor / 2 ** 32) >>> 0;
    const cross = (Math.imul(factorLow, addHigh) + Math.imul(factorHigh, addLow)) >>> 0;
    const productHigh = (highOfProduct(factorLow, addLow) + cross) >>> 0;
    const sum = low + (Math.imul(factorLow, addLow) >>> 0);
    low = sum >>> 0;
    high = (high + productHigh + (sum > 0xffff_ffff ? 1 : 0)) >>> 0;
  };

  /** high:low *= byHigh:byLow, mod 2^64. */
  const multiply = (byHigh: number, byLow: number): void => {
    const cross = (Math.imul(low, byHigh) + Math.imul(high, byLow)) | 0;
    high = (highOfProduct(low, byLow) + cross) >>> 0;
    low = Math.imul(low, byLow) >>> 0;
  };

  /** high:low ^= high:low >> bits, for bits below 32. */
  const mixDown = (bits: number): void => {
    low = (low ^ ((low >>> bits) | (high << (32 - bits)))) >>> 0;
    high = (high ^ (high >>> bits)) >>> 0;
  };

  const hash: Hash64 = {
    at: (stream, index) => {
      high = 0;
      low = 0;
      addProduct(seed, GOLDEN_HIGH, GOLDEN_LOW);
      addProduct(stream, STREAM_HIGH, STREAM_LOW);
      addProduct(index + 1, GOLDEN_HIGH, GOLDEN_LOW);
      mixDown(30);
      multiply(0xbf58476d, 0x1ce4e5b9);
      mixDown(27);
      multiply(0x94d049bb, 0x133111eb);
      mixDown(31);
      return hash;
    },
    low6: () => low & 63,
    unit: () => (high * 2 ** 21 + (low >>> 11)) * 2 ** -53,
  };
  return hash;
};

/** The upper 32 bits of the 64-bit product of two unsigned 32-bit numbers, by 16-bit halves. */
const highOfProduct = (a: number, b: number): number => {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const one = aHigh * bLow;
  const other = aLow * bHigh;
  const carry = ((aLow * bLow) >>> 16) + (one & 0xffff) + (other & 0xffff);
  return (aHigh * bHigh + (one >>> 16) + (other >>> 16) + (carry >>> 16)) >>> 0;
};
