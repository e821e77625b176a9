/** How far long questions are, for whoever gave theirs a name to watch it by. */

import type { Answers } from '#http';

export type OnProgress = (progress: Answers.Progress) => void;

export class Watched {
  readonly #far = new Map<string, { progress: Answers.Progress }>();

  /** Asks; while it lasts `of(name)` tells how far it is. A name that is used twice at once tells of the last. */
  async during<Answer>(name: string | undefined, ask: (onProgress: OnProgress) => Promise<Answer>): Promise<Answer> {
    if (name === undefined) return ask(() => undefined);
    const far: { progress: Answers.Progress } = { progress: { done: 0, total: null, unit: 'listeners' } };
    this.#far.set(name, far);
    try {
      return await ask((progress) => {
        far.progress = progress;
      });
    } finally {
      if (this.#far.get(name) === far) this.#far.delete(name);
    }
  }

  /** Null when no question of that name is being answered. */
  of(name: string): Answers.Progress | null {
    return this.#far.get(name)?.progress ?? null;
  }
}
