/** Whether the models may still hold what was learned from somebody who was erased. It outlives the process. */

import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from './replace-file.ts';
import type { Config } from './settings.ts';

export class Unlearned {
  readonly #file: string;
  #marks = 0;

  constructor({ data }: Pick<Config, 'data'>) {
    this.#file = join(data, 'unlearned');
  }

  get isOwed(): boolean {
    return existsSync(this.#file);
  }

  /** On disk when it returns. */
  mark(): void {
    this.#marks++;
    replaceFile(this.#file, '');
  }

  /** Before rows are read to learn from: what it returns takes the mark away, unless there was another one since. */
  begin(): () => Promise<void> {
    const marks = this.#marks;
    return async () => {
      if (marks === this.#marks) await rm(this.#file, { force: true });
    };
  }
}
