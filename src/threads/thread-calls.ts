/**
 * Calls between two threads over one port, both ways: each side offers methods by name and asks for those of the other.
 * What is sent arrives in the order in which it was sent, calls and answers alike.
 */

import type { Worker } from 'node:worker_threads';
import { errorOf, type Failure, failureOf, reasonOf } from '#domain';

/** A face: what may be asked for by name. */
export type Methods<Face> = { readonly [Name in keyof Face]: (...args: never[]) => unknown };
type ArgsOf<Method> = Method extends (...args: infer Args) => unknown ? Args : never;
type ValueOf<Method> = Method extends (...args: never[]) => infer Value ? Awaited<Value> : never;
type PieceOf<Method> = ValueOf<Method> extends AsyncIterable<infer Piece> ? Piece : never;

type Outcome = { readonly value: unknown } | { readonly failure: Failure };

type Message =
  /** A call; `id` 0 wants no answer. */
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  /** The next piece of the iteration that call `id` began. */
  | { readonly kind: 'next' | 'return'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly outcome: Outcome };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Buffers of values that go to the other side and are gone here, instead of being copied. */
const HANDED_OVER = new WeakMap<object, readonly ArrayBuffer[]>();

/**
 * The value, whose `buffers` are handed over with it when it is an argument of `ask`, an answer, or a piece of one: nothing reads them
 * here after that.
 */
export const handOver = <Value extends object>(value: Value, ...buffers: readonly ArrayBuffer[]): Value => {
  HANDED_OVER.set(value, buffers);
  return value;
};

/** A worker as its parent sees it, or the parent's port as the worker does. */
export interface CallPort {
  postMessage(message: unknown, handedOver?: readonly ArrayBuffer[]): void;
  on(event: 'message', take: (message: Message) => void): unknown;
}

/** What begins an iteration answers with this instead of a value. */
const ITERATION = 'iteration';

export class ThreadCalls<Theirs extends Methods<Theirs>, Mine extends Methods<Mine>> {
  readonly #port: CallPort;
  readonly #mine: Mine;
  readonly #waiting = new Map<number, Waiting>();
  /** Of iterations that the other side has begun, by the id of its call. */
  readonly #iterations = new Map<number, AsyncIterator<unknown>>();
  #calls = 0;
  #failure: Error | null = null;

  constructor(port: CallPort, mine: Mine) {
    this.#port = port;
    this.#mine = mine;
    port.on('message', (message) => void this.#take(message));
  }

  /** @throws whatever the method throws there, as plain errors and errors of the engine; or why nothing is answered any more. */
  ask<Name extends keyof Theirs & string>(method: Name, ...args: ArgsOf<Theirs[Name]>): Promise<ValueOf<Theirs[Name]>> {
    const id = ++this.#calls;
    const handedOver = (args as readonly unknown[]).flatMap((arg) => HANDED_OVER.get(arg as object) ?? []);
    return this.#send(id, { kind: 'call', id, method, args }, handedOver) as Promise<ValueOf<Theirs[Name]>>;
  }

  /** Asks for what needs no answer; a method that fails then fails its thread. */
  tell<Name extends keyof Theirs & string>(method: Name, ...args: ArgsOf<Theirs[Name]>): void {
    if (this.#failure === null) this.#port.postMessage({ kind: 'call', id: 0, method, args } satisfies Message);
  }

  /** Goes through what a method of the other side iterates over, a piece at a time, each asked for when it is wanted. */
  async *each<Name extends keyof Theirs & string>(
    method: Name,
    ...args: ArgsOf<Theirs[Name]>
  ): AsyncGenerator<PieceOf<Theirs[Name]>> {
    const id = ++this.#calls;
    await this.#send(id, { kind: 'call', id, method, args });
    let isOver = false;
    try {
      while (true) {
        const { value, done } = (await this.#send(id, { kind: 'next', id })) as IteratorResult<unknown>;
        if (done) {
          isOver = true;
          return;
        }
        yield value as PieceOf<Theirs[Name]>;
      }
    } finally {
      if (!isOver && this.#failure === null) this.#port.postMessage({ kind: 'return', id } satisfies Message);
    }
  }

  /** Rejects what is waited for and all that is asked from now on, and ends what the other side was going through here. */
  fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
    for (const id of [...this.#iterations.keys()]) void this.#take({ kind: 'return', id });
  }

  #send(id: number, message: Message, handedOver?: readonly ArrayBuffer[]): Promise<unknown> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      // First, as what cannot be sent throws and has no answer.
      this.#port.postMessage(message, handedOver);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  async #take(message: Message): Promise<void> {
    const { kind, id } = message;
    if (kind === 'answer') return this.#settle(id, message.outcome);
    if (kind === 'call' && id === 0) {
      await this.#call(message.method, message.args);
      return;
    }
    try {
      const value = await (kind === 'call' ? this.#begin(id, message.method, message.args) : this.#advance(id, kind));
      if (kind !== 'return') this.#answer(id, { value }, HANDED_OVER.get(value as object));
    } catch (error) {
      this.#end(id);
      this.#answer(id, { failure: failureOf(error) });
    }
  }

  /** Of an iteration whose piece could not be sent; one that failed has ended by itself. */
  #end(id: number): void {
    const iteration = this.#iterations.get(id);
    this.#iterations.delete(id);
    iteration?.return?.().catch(() => undefined);
  }

  #settle(id: number, outcome: Outcome): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if ('value' in outcome) waiting?.resolve(outcome.value);
    else waiting?.reject(errorOf(outcome.failure));
  }

  #call(method: string, args: readonly unknown[]): unknown {
    return this.#mine[method as keyof Mine](...(args as never[]));
  }

  async #begin(id: number, method: string, args: readonly unknown[]): Promise<unknown> {
    const value = await this.#call(method, args);
    if (!isIterable(value)) return value;
    this.#iterations.set(id, value[Symbol.asyncIterator]());
    return ITERATION;
  }

  async #advance(id: number, kind: 'next' | 'return'): Promise<unknown> {
    const iteration = this.#iterations.get(id);
    if (kind === 'return') {
      this.#iterations.delete(id);
      return iteration?.return?.();
    }
    const piece = await iteration?.next();
    if (piece?.done) this.#iterations.delete(id);
    const buffers = HANDED_OVER.get(piece?.value as object);
    return piece === undefined || buffers === undefined ? piece : handOver(piece, ...buffers);
  }

  #answer(id: number, outcome: Outcome, handedOver?: readonly ArrayBuffer[]): void {
    this.#port.postMessage({ kind: 'answer', id, outcome } satisfies Message, handedOver);
  }
}

/** Calls with a thread; `onEnd` hears why it ended, whatever ended it. */
export const callsOf = <Theirs extends Methods<Theirs>, Mine extends Methods<Mine>>(
  worker: Worker,
  mine: Mine,
  onEnd: (reason: string) => void,
): ThreadCalls<Theirs, Mine> => {
  let reason: string | null = null;
  worker.on('error', (error) => {
    reason = `it failed: ${reasonOf(error)}`;
  });
  // Comes after every error, too.
  worker.on('exit', (code) => onEnd(reason ?? `it ended with code ${code}`));
  return new ThreadCalls(worker, mine);
};

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
