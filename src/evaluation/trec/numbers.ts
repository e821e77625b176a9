/** Numbers as C reads and prints them, where trec_eval's files and output depend on it. */

const WHOLE = /^[+-]?\d+/;
const DECIMAL = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)/i;

/** The whole number that a text begins with, undefined when it begins with none. */
export const leadingWhole = (text: string): number | undefined => {
  const [match] = WHOLE.exec(text) ?? [];
  return match === undefined ? undefined : Number(match);
};

/** The number that a text begins with, undefined when it begins with none. */
export const leadingDecimal = (text: string): number | undefined => {
  const [match] = DECIMAL.exec(text) ?? [];
  if (match === undefined) return undefined;
  const unsigned = match.replace(/^[+-]/, '').toLowerCase();
  if (!unsigned.startsWith('inf')) return unsigned === 'nan' ? Number.NaN : Number(match);
  return match.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
};

/**
 * The value with this many decimals as printf rounds it: exact ties go to the even digit, while toFixed takes them up.
 * A tie needs an odd multiple of 2^-(digits + 1): one in 32nds for four digits.
 */
export const printFixed = (value: number, digits: number): string => {
  const halves = Math.abs(value) * 2 ** (digits + 1);
  if (!Number.isSafeInteger(halves) || halves % 2 === 0) {
    return Object.is(value, -0) ? `-${(0).toFixed(digits)}` : value.toFixed(digits);
  }
  const scale = 10 ** digits;
  const below = Math.floor(Math.abs(value) * scale);
  const even = below % 2 === 0 ? below : below + 1;
  return `${value < 0 ? '-' : ''}${(even / scale).toFixed(digits)}`;
};
