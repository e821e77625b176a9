import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { handOverEach } from './hand-over-each.ts';
import { handOver, ThreadCalls } from './thread-calls.ts';

type Face = Readonly<Record<string, (...args: never[]) => unknown>>;

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** What is asked of the other side, in the same thread. */
const callsTo = <There extends Face>(there: There) => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  new ThreadCalls<Record<never, never>, There>(port2, there);
  return new ThreadCalls<There, Record<never, never>>(port1, {});
};

describe('a call', () => {
  it('hands over the buffers it is told of, which are then gone there', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const calls = callsTo({ bytes: async () => handOver({ bytes }, bytes.buffer) });
    expect(await calls.ask('bytes')).toEqual({ bytes: Uint8Array.of(1, 2, 3) });
    expect(bytes.byteLength).toBe(0);
  });

  it('hands over the buffers of what it is asked with, as it is told', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const calls = callsTo({ sum: (given: Uint8Array, times: number) => given.reduce((a, b) => a + b) * times });
    expect(await calls.ask('sum', handOver(bytes, bytes.buffer), 2)).toBe(12);
    expect(bytes.byteLength).toBe(0);
  });
});

describe('an iteration', () => {
  it('hands over the buffers of pieces, which are then gone there', async () => {
    const pieces = [1, 2, 3].map((n) => Uint8Array.of(n, n));
    const calls = callsTo({
      async *bytes() {
        for (const piece of pieces) yield handOver(piece, piece.buffer);
      },
    });
    const brought: number[][] = [];
    for await (const piece of calls.each('bytes')) brought.push([...piece]);
    expect(brought).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(pieces.map(({ byteLength }) => byteLength)).toEqual([0, 0, 0]);
  });

  it('of blocks fetches the next one while one is read, and hands each over', async () => {
    const fetched: number[] = [];
    const blocks = [1, 2, 3].map((n) => Uint8Array.of(n));
    const calls = callsTo({
      blocks: () =>
        handOverEach(
          (async function* () {
            for (const block of blocks) {
              fetched.push(block[0]!);
              yield block;
            }
          })(),
        ),
    });
    const seen: (readonly [number, number])[] = [];
    for await (const block of calls.each('blocks')) seen.push([block[0]!, fetched.length]);
    expect(seen).toEqual([
      [1, 2],
      [2, 3],
      [3, 3],
    ]);
    expect(blocks.map(({ byteLength }) => byteLength)).toEqual([0, 0, 0]);
  });

  it('of blocks lets go of what they come from when it is left, and fails where that fails', async () => {
    const state = { ended: 0, fails: false };
    const calls = callsTo({
      blocks: () =>
        handOverEach(
          (async function* () {
            try {
              for (let n = 0; n < 5; n++) {
                if (state.fails && n === 1) throw new Error('there are no more');
                yield Uint8Array.of(n);
              }
            } finally {
              state.ended++;
            }
          })(),
        ),
      pause: () => undefined,
    });
    for await (const _ of calls.each('blocks')) break;
    await calls.ask('pause');
    expect(state.ended).toBe(1);
    state.fails = true;
    const seen: number[] = [];
    const reading = async () => {
      for await (const [n] of calls.each('blocks')) seen.push(n!);
    };
    await expect(reading()).rejects.toThrow('there are no more');
    expect(seen).toEqual([0]);
    expect(state.ended).toBe(2);
  });
});
