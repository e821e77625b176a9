/** The bytes of a large JSON array in pieces of whole elements, so that they can be parsed one after the other. */

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** How much deeper it is behind each byte. */
const NESTING = new Int8Array(256);
for (const byte of [OPEN_ARRAY, OPEN_OBJECT]) NESTING[byte] = 1;
for (const byte of [CLOSE_ARRAY, CLOSE_OBJECT]) NESTING[byte] = -1;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

export interface JsonPiece {
  /** The piece is what lies from here to there: elements with commas between them, or nothing. */
  readonly from: number;
  readonly to: number;
}

/** What could not be an array of JSON; `at` is the byte where that shows. */
export class NoJsonArray extends Error {
  readonly at: number;

  constructor(at: number) {
    super('not an array of JSON');
    this.at = at;
  }
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const skipSpace = (body: Buffer, from: number): number => {
  let at = from;
  while (isSpace(body[at])) at++;
  return at;
};

/** Where the text begins: behind a byte order mark, if there is one. */
export const startOf = (body: Buffer): number => (BYTE_ORDER_MARK.every((byte, n) => body[n] === byte) ? 3 : 0);

/** Whether the first thing in it is an array. */
export const isArray = (body: Buffer): boolean => body[skipSpace(body, startOf(body))] === OPEN_ARRAY;

/**
 * Cuts at the first comma between elements behind every `pieceBytes`. Brackets and strings are followed; whether the
 * elements are JSON shows when they are parsed. O(bytes), as far as pieces are asked for.
 * @throws {NoJsonArray} the array is not closed, is closed by something else, or is followed by something.
 */
export function* piecesOfArray(body: Buffer, pieceBytes: number): Generator<JsonPiece> {
  let from = skipSpace(body, startOf(body)) + 1;
  let depth = 1;
  for (let at = from; at < body.length; at++) {
    const byte = body[at]!;
    if (byte === QUOTE) {
      at = endOfString(body, at);
      continue;
    }
    depth += NESTING[byte]!;
    if (depth === 0) {
      yield lastPiece(body, from, at);
      return;
    }
    if (byte === COMMA && depth === 1 && at - from >= pieceBytes) {
      yield { from, to: at };
      from = at + 1;
    }
  }
  throw new NoJsonArray(body.length);
}

const lastPiece = (body: Buffer, from: number, close: number): JsonPiece => {
  if (body[close] !== CLOSE_ARRAY) throw new NoJsonArray(close);
  const rest = skipSpace(body, close + 1);
  if (rest < body.length) throw new NoJsonArray(rest);
  return { from, to: close };
};

/** The closing quote of the string that begins here; the end of the body when it has none. */
const endOfString = (body: Buffer, from: number): number => {
  for (let at = from + 1; at < body.length; at++) {
    if (body[at] === BACKSLASH) at++;
    else if (body[at] === QUOTE) return at;
  }
  return body.length;
};
