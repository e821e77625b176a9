/** Names as bytes: compared and, for messages and output, read as text. */

/** Order of byte strings, as strcmp has it: the shorter first when one begins the other. */
export const compareRanges = (
  bytes: Uint8Array,
  start: number,
  end: number,
  others: Uint8Array,
  otherStart: number,
  otherEnd: number,
): number => {
  const length = Math.min(end - start, otherEnd - otherStart);
  for (let n = 0; n < length; n++) {
    const difference = bytes[start + n]! - others[otherStart + n]!;
    if (difference !== 0) return difference;
  }
  return end - start - (otherEnd - otherStart);
};

const decoder = new TextDecoder();

export const textOf = (bytes: Uint8Array, start: number, end: number): string =>
  decoder.decode(bytes.subarray(start, end));

/** The bytes as characters of the same codes: such keys sort as the bytes do, whatever the encoding of the file. */
export const keyOf = (bytes: Uint8Array, start: number, end: number): string => {
  let key = '';
  for (let at = start; at < end; at++) key += String.fromCharCode(bytes[at]!);
  return key;
};

export const compareKeys = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
