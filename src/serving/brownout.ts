/**
 * Brownout [Klein2014]: while many ask, a page does without its optional parts, so that all are answered soon instead of all of them late.
 * What is late depends on the machine, so it is told by what the machine usually takes.
 */

/** A page is late after so many times what its first shelves usually take, which by a profile is three fifths of planning all of it. */
const PATIENCE = 1.5;
/** Weight of the newest page in what is usual. */
const NEWEST = 1 / 32;

/** What is known of the time that one page has taken. */
export interface PageTime {
  /** Planning begins, after whatever wait. */
  begin(): void;
  /** The shelves that every page has are planned. */
  haveFirst(): void;
  /** Whether what is left is to be left out: it has taken long, and it had to wait for others or others wait for it. */
  isLate(): boolean;
}

const TIMELESS: PageTime = { begin: () => undefined, haveFirst: () => undefined, isLate: () => false };

export class Brownout {
  readonly #now: (() => number) | undefined;
  /** Milliseconds that the first shelves usually take; null before the first page. */
  #usual: number | null = null;
  /** Pages asked for and not yet planned. */
  #asked = 0;

  /** `now` counts milliseconds, steadily; without it no page is ever late. */
  constructor(now?: () => number) {
    this.#now = now;
  }

  /** Plans a page that is asked for now. */
  async page<Plan>(plan: (time: PageTime) => Promise<Plan>): Promise<Plan> {
    this.#asked++;
    try {
      return await plan(this.#now === undefined ? TIMELESS : this.#timeOf(this.#now));
    } finally {
      this.#asked--;
    }
  }

  #timeOf(now: () => number): PageTime {
    const hasOthersBefore = this.#asked > 1;
    const askedAt = now();
    let begunAt = askedAt;
    return {
      begin: () => {
        begunAt = now();
      },
      haveFirst: () => this.#note(now() - begunAt),
      isLate: () =>
        (hasOthersBefore || this.#asked > 1) && this.#usual !== null && now() - askedAt > PATIENCE * this.#usual,
    };
  }

  #note(took: number): void {
    this.#usual = this.#usual === null ? took : this.#usual + NEWEST * (took - this.#usual);
  }
}
