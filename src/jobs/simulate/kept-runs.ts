/** Runs of a comparison that have ended, kept line by line, so that a comparison that was broken off lives none of them again. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '#simulation';
import { fingerprint } from './run-files.ts';

const RUNS_FILE = 'runs.ndjson';

interface KeptRun {
  readonly asked: string;
  readonly policy: string;
  readonly seed: string | number;
  readonly summary: Summary;
}

export class KeptRuns {
  readonly #file: string;
  readonly #summaries = new Map<string, Summary>();

  /** The folder is made when it is not there. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, RUNS_FILE);
    if (!existsSync(this.#file)) return;
    const text = readFileSync(this.#file, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    // What follows the last line end was cut off while it was written: its run is lived again.
    if (whole.length < text.length) writeFileSync(this.#file, whole);
    for (const line of whole.split('\n')) {
      if (line === '') continue;
      const { asked, summary } = JSON.parse(line) as KeptRun;
      this.#summaries.set(asked, summary);
    }
  }

  /** What came of the same question before. */
  find(question: unknown): Summary | undefined {
    return this.#summaries.get(fingerprint(question));
  }

  keep(question: unknown, run: Omit<KeptRun, 'asked'>): void {
    appendFileSync(this.#file, `${JSON.stringify({ asked: fingerprint(question), ...run })}\n`, { flush: true });
  }
}
