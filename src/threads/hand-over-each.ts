/** Blocks of bytes on their way to another thread. */

import { handOver } from './thread-calls.ts';

/** Each block is handed over, not copied; the next one is fetched while the other thread reads one. */
export async function* handOverEach(
  blocks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const each = blocks[Symbol.asyncIterator]();
  try {
    for (let next = each.next(); ; ) {
      const { value, done } = await next;
      if (done) return;
      next = each.next();
      // Should it fail, whoever wants it hears of it; perhaps nobody does any more.
      next.catch(() => undefined);
      yield handOver(value, value.buffer);
    }
  } finally {
    await each.return?.();
  }
}
