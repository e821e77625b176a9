/**
 * Cuts a JSON list into its elements while it arrives, so that a file of gigabytes never stands in memory whole.
 * It looks at bytes only: in UTF-8 no byte of a longer character equals a bracket, quote or comma. It does not judge
 * the elements: that is `JSON.parse`'s work, element by element, so one bad element takes no other with it.
 */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const SPACES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);

export type SplitterState = 'before' | 'inside' | 'after' | 'failed';

export class JsonArraySplitter {
  readonly #maxElementBytes: number;
  #state: SplitterState = 'before';
  /** Brackets open inside the current element. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Earlier chunks of the current element. */
  #parts: Buffer[] = [];
  #partBytes = 0;
  #elements = 0;
  #problem: string | null = null;

  constructor(options: { readonly maxElementBytes?: number } = {}) {
    this.#maxElementBytes = options.maxElementBytes ?? 4 * 2 ** 20;
  }

  get state(): SplitterState {
    return this.#state;
  }

  /** Why the bytes are not one list, in words; what came before stands, what follows is not read. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Elements that ended in this chunk, as text. */
  push(chunk: Buffer): readonly string[] {
    const elements: string[] = [];
    let start = this.#state === 'inside' ? 0 : this.#outside(chunk, 0);
    let at = start;
    while (this.#state === 'inside') {
      at = this.#endOfElement(chunk, at);
      if (at === chunk.length) break;
      const last = chunk[at] === CLOSE_LIST;
      this.#cut(chunk.subarray(start, at), elements, last);
      at++;
      start = at;
      if (last) {
        this.#state = 'after';
        this.#outside(chunk, at);
      }
    }
    if (this.#state === 'inside') this.#keep(chunk.subarray(start));
    return elements;
  }

  /** Position of the comma or bracket that ends the current element, or the chunk's end. */
  #endOfElement(chunk: Buffer, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (this.#inString) at = this.#endOfString(chunk, at);
      else if (this.#structure(chunk[at]!)) return at;
      else at++;
    }
    return at;
  }

  #fail(problem: string): void {
    this.#problem = problem;
    this.#state = 'failed';
    this.#take(Buffer.alloc(0));
  }

  /** What was left when the bytes ended inside the list: the text of a cut-off element, null if there is none. */
  rest(): string | null {
    const text = this.#take(Buffer.alloc(0)).trim();
    return text === '' ? null : text;
  }

  /** Position after the opening bracket, or checks that nothing stands behind the closing one. */
  #outside(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (SPACES.has(byte)) continue;
      if (this.#state === 'before' && byte === OPEN_LIST) {
        this.#state = 'inside';
        return at + 1;
      }
      if (this.#state !== 'failed') {
        this.#fail(this.#state === 'after' ? 'something follows the end of the list' : 'it does not begin with [');
      }
      break;
    }
    return chunk.length;
  }

  /** Position behind the string that is open, or the chunk's end. */
  #endOfString(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        return at + 1;
      }
    }
    return chunk.length;
  }

  /** Takes note of a byte outside strings; true if the element ends before it. */
  #structure(byte: number): boolean {
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#depth++;
    else if (byte === CLOSE_OBJECT) this.#depth = Math.max(0, this.#depth - 1);
    else if (byte === CLOSE_LIST) {
      if (this.#depth === 0) return true;
      this.#depth--;
    } else return byte === COMMA && this.#depth === 0;
    return false;
  }

  #cut(tail: Buffer, elements: string[], last: boolean): void {
    const text = this.#take(tail).trim();
    // `[]` has no element, and a comma before the closing bracket opens none.
    if (text === '' && last) return;
    this.#elements++;
    elements.push(text);
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#partBytes += part.length;
    if (this.#partBytes > this.#maxElementBytes) {
      this.#fail(`element ${this.#elements + 1} is larger than ${this.#maxElementBytes} bytes`);
      return;
    }
    // The reader may reuse its buffer; and a view would hold the whole chunk.
    this.#parts.push(Buffer.from(part));
  }

  #take(tail: Buffer): string {
    if (this.#parts.length === 0) return tail.toString('utf8');
    const text = Buffer.concat([...this.#parts, tail]).toString('utf8');
    this.#parts = [];
    this.#partBytes = 0;
    return text;
  }
}
