/** Answers block by block, read in a thread of its own: neither beginning a query nor fetching a block holds this one. */

import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startThread } from '#threads';
import type { QueryParams } from '../warehouse.ts';
import type { StreamCall, StreamOrder, StreamReply } from './stream-messages.ts';

interface Waiting {
  readonly resolve: (reply: StreamReply) => void;
  readonly reject: (error: Error) => void;
}

export class StreamsBeside {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | null = null;
  #streams = 0;

  /** `path` is the folder that the engine of this process has open. The thread starts with the first stream. */
  constructor(path: string) {
    this.#path = path;
  }

  /** The blocks as JSON lines. Rejects as the engine does. */
  async *read(sql: string, params: QueryParams): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const id = ++this.#streams;
    let isOver = false;
    try {
      for (let order: StreamCall = { kind: 'open', id, sql, params }; ; order = { kind: 'next', id }) {
        const reply = await this.#ask(order);
        if (reply.kind === 'block') {
          yield reply.lines;
          continue;
        }
        isOver = true;
        if (reply.kind === 'failed') throw new Error(reply.message);
        return;
      }
    } finally {
      if (!isOver) this.#thread?.postMessage({ kind: 'end', id } satisfies StreamOrder);
    }
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    if (thread === null) return;
    thread.ref();
    const ended = once(thread, 'exit');
    thread.postMessage({ kind: 'close' } satisfies StreamOrder);
    await ended;
  }

  #ask(order: StreamCall): Promise<StreamReply> {
    const thread = this.#started();
    // The process lives while an answer is owed.
    if (this.#waiting.size === 0) thread.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(order.id, { resolve, reject });
      thread.postMessage(order);
    });
  }

  #started(): Worker {
    if (this.#thread !== null) return this.#thread;
    const thread = startThread(new URL('./stream-thread.ts', import.meta.url), {
      workerData: this.#path,
      name: 'warehouse streams',
    });
    thread.on('message', (reply: StreamReply) => {
      this.#waiting.get(reply.id)?.resolve(reply);
      this.#waiting.delete(reply.id);
      if (this.#waiting.size === 0) thread.unref();
    });
    thread.on('error', (error) => this.#lose(`the thread that reads from the warehouse failed: ${error.message}`));
    thread.on('exit', (code) => this.#lose(`the thread that reads from the warehouse ended with code ${code}`));
    this.#thread = thread;
    return thread;
  }

  /** Whoever waits hears why; the next stream gets a new thread. */
  #lose(reason: string): void {
    this.#thread = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }
}
