/** What somebody waits for, counted in memory that threads share, so that work that nobody waits for can step aside meanwhile. */

export class UnderWay {
  /** One number: how much is under way. For `stepAside` in another thread. */
  readonly memory: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  readonly #count = new Int32Array(this.memory);

  get count(): number {
    return Atomics.load(this.#count, 0);
  }

  begin(): void {
    Atomics.add(this.#count, 0, 1);
  }

  end(): void {
    if (Atomics.sub(this.#count, 0, 1) === 1) Atomics.notify(this.#count, 0);
  }
}

/** Holds this thread until nothing is under way there, but no longer than so many milliseconds: work goes on, if slowly, beside what never ends. */
export const stepAside = (memory: SharedArrayBuffer, mostMs: number): void => {
  const count = new Int32Array(memory);
  const until = performance.now() + mostMs;
  for (let now = Atomics.load(count, 0); now > 0; now = Atomics.load(count, 0)) {
    const left = until - performance.now();
    if (left <= 0) return;
    Atomics.wait(count, 0, now, left);
  }
};
