/** Bytes in pieces → lines, without holding more than the line under way. */

const LINE_FEED = 0x0a;

export interface LineSplitter {
  push(chunk: Buffer): void;
  /** Gives the last line, when it does not end with a line feed. */
  end(): void;
}

/** Calls `onLine` with each line, without its line feed; a carriage return before it stays (JSON takes it as space). */
export const createLineSplitter = (onLine: (line: Buffer) => void): LineSplitter => {
  let held: Buffer[] = [];
  const giveHeldWith = (tail: Buffer): void => {
    const line = held.length === 0 ? tail : Buffer.concat([...held, tail]);
    held = [];
    onLine(line);
  };
  return {
    push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, from)) {
        giveHeldWith(chunk.subarray(from, at));
        from = at + 1;
      }
      if (from < chunk.length) held.push(chunk.subarray(from));
    },
    end() {
      if (held.length > 0) giveHeldWith(Buffer.alloc(0));
    },
  };
};
