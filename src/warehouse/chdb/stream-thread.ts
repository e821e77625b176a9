/**
 * The thread that reads streams. Beginning one parses and plans the query, which takes the engine milliseconds and holds the thread
 * that asks: here it holds nobody else. Started by `StreamsBeside`, for the engine that is open in this process already.
 */

import { parentPort, workerData } from 'node:worker_threads';
import { drainPending, Session } from 'chdb';
import type { StreamCall, StreamOrder, StreamReply } from './stream-messages.ts';

interface Open {
  /** A session allows one stream each. */
  readonly session: Session;
  readonly blocks: AsyncIterator<{ raw(): Uint8Array }>;
}

const streams = new Map<number, Open>();

const say = (reply: StreamReply, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(reply, transfer);

const end = async (id: number): Promise<void> => {
  const stream = streams.get(id);
  streams.delete(id);
  await stream?.blocks.return?.();
  stream?.session.close();
};

const next = async (id: number): Promise<void> => {
  const stream = streams.get(id);
  if (stream === undefined) return;
  const { value, done } = await stream.blocks.next();
  if (done) {
    await end(id);
    say({ id, kind: 'end' });
    return;
  }
  const lines = value.raw().slice();
  say({ id, kind: 'block', lines }, [lines.buffer]);
};

/** The engine must have let go of this thread before it ends. */
const close = async (): Promise<void> => {
  for (const id of streams.keys()) await end(id);
  await drainPending();
  parentPort?.close();
};

const obey = async (order: StreamCall): Promise<void> => {
  if (order.kind === 'end') return end(order.id);
  if (order.kind === 'open') {
    const session = new Session(workerData as string);
    const blocks = session.queryStreamBind(order.sql, order.params, { format: 'JSONEachRow' });
    streams.set(order.id, { session, blocks: blocks[Symbol.asyncIterator]() });
  }
  return next(order.id);
};

parentPort?.on('message', (order: StreamOrder) => {
  if (order.kind === 'close') {
    void close();
    return;
  }
  obey(order).catch(async (error: unknown) => {
    await end(order.id).catch(() => undefined);
    say({ id: order.id, kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});
