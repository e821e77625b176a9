/** Text of unknown encoding as UTF-8, chunk by chunk: UTF-8 with or without a mark, or ISO-8859-1 as older exports are. */

import { isAscii, isUtf8 } from 'node:buffer';

export type EncodingNote = 'encoding_iso_8859_1' | 'encoding_damaged';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Bytes in the sequence that a lead byte opens; 0 for a byte that opens none. */
const sequenceLength = (byte: number): number => {
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
};

/** Bytes at the end that open a character which the next chunk ends. */
const openTail = (chunk: Buffer): number => {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
};

/** In a chunk that is not all UTF-8: are most of the bytes above ASCII still parts of good characters? */
const mostlyUtf8 = (chunk: Buffer): boolean => {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < chunk.length; ) {
    const length = sequenceLength(chunk[at]!);
    if (length > 1 && isUtf8(chunk.subarray(at, at + length))) good++;
    if (length === 0 || (length > 1 && !isUtf8(chunk.subarray(at, at + length)))) bad++;
    at += length > 1 && isUtf8(chunk.subarray(at, at + length)) ? length : 1;
  }
  return good > bad;
};

/** Whole characters in, UTF-8 out; remembers what the file has shown itself to be. */
class Decoder {
  readonly #note: (note: EncodingNote) => void;
  #mode: 'utf8' | 'damaged' | 'latin1' = 'utf8';
  #sawCharacters = false;

  constructor(note: (note: EncodingNote) => void) {
    this.#note = note;
  }

  /** Bytes at the end of the chunk that have to wait for the next. */
  waiting(chunk: Buffer): number {
    return this.#mode === 'latin1' ? 0 : openTail(chunk);
  }

  decode(text: Buffer): Buffer {
    if (this.#mode !== 'latin1') {
      if (isAscii(text)) return text;
      if (isUtf8(text)) {
        this.#sawCharacters = true;
        return text;
      }
      if (this.#mode === 'utf8') this.#decide(text);
    }
    return Buffer.from(text.toString(this.#mode === 'latin1' ? 'latin1' : 'utf8'), 'utf8');
  }

  #decide(text: Buffer): void {
    const damaged = this.#sawCharacters || mostlyUtf8(text);
    this.#mode = damaged ? 'damaged' : 'latin1';
    this.#note(damaged ? 'encoding_damaged' : 'encoding_iso_8859_1');
  }
}

/**
 * The same text in UTF-8. Everything before the first byte that is no UTF-8 was plain ASCII or good UTF-8: in the first
 * case the file is read as ISO-8859-1 from there on, in the second its damaged characters become U+FFFD.
 * @param note told once, when one of the two is met.
 */
export async function* utf8Text(
  chunks: AsyncIterable<Buffer>,
  note: (note: EncodingNote) => void,
): AsyncGenerator<Buffer> {
  const decoder = new Decoder(note);
  let start = true;
  let tail: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    let text = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
    tail = Buffer.alloc(0);
    if (start && text.length < BYTE_ORDER_MARK.length) {
      tail = text;
      continue;
    }
    if (start && text.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)) {
      text = text.subarray(BYTE_ORDER_MARK.length);
    }
    start = false;
    const whole = text.length - decoder.waiting(text);
    tail = text.subarray(whole);
    if (whole > 0) yield decoder.decode(text.subarray(0, whole));
  }
  if (tail.length > 0) yield decoder.decode(tail);
}
