/** Rows as JSON lines: bytes that go from hand to hand, and are read where the rows are needed. */

/** Bytes that are read at once: a millisecond or less. */
const PIECE = 65_536;
const NEWLINE = 10;

const decoder = new TextDecoder();

/** The rows of whole lines; no line break stands inside of a value. @throws {SyntaxError} on anything but JSON. */
export const rowsOfLines = <Row>(lines: Uint8Array): Row[] =>
  JSON.parse(`[${decoder.decode(lines).trimEnd().replaceAll('\n', ',')}]`) as Row[];

/** The lines, cut behind the first end of a line after each `PIECE`. */
export function* piecesOfLines(lines: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < lines.length; ) {
    const end = lines.indexOf(NEWLINE, from + PIECE);
    const to = end < 0 ? lines.length : end + 1;
    yield lines.subarray(from, to);
    from = to;
  }
}
