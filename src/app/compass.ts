/** The compass of a data folder: its corpus in a file and its ended experiments; answers are kept until these change. */

import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, DAY_MS, EngineError } from '#domain';
import type { EffectRow } from '#experiments';
import type { CompassAnswer, CompassFace, ExperimentsFace } from '#http';
import { archiveRows } from '#jobs';
import type { Analyses } from './analyses/analyses.ts';

export interface CompassDeps {
  readonly data: string;
  readonly clock: Clock;
  readonly experiments: Pick<ExperimentsFace, 'list' | 'analysis'>;
  readonly analyses: Pick<Analyses, 'compassOverview' | 'corpusOf'>;
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

type Request = Parameters<CompassFace['overview']>[0];
type Ended = ReturnType<ExperimentsFace['list']>[number] & { readonly stoppedAt: number };

/** The corpus stands at `<data>/compass/corpus`, as it came. An experiment in it is not taken from the archive too. */
export const createCompass = ({ data, clock, experiments, analyses }: CompassDeps): CompassFace => {
  const folder = join(data, 'compass');
  const path = join(folder, 'corpus');
  const answers = new Map<string, Promise<CompassAnswer>>();

  /** Stopped, and their last units observed through their window: what they found does not change any more. */
  const ended = (): readonly Ended[] =>
    experiments.list().filter((entry): entry is Ended => {
      const { stoppedAt, document } = entry;
      return stoppedAt !== null && stoppedAt + document.window_days * DAY_MS <= clock.now();
    });

  /** An experiment whose document names what is no longer there is left out: the others are judged without it. */
  const foundBy = async (own: readonly Ended[]) => {
    const found: EffectRow[] = [];
    const leftOut: { readonly experiment: string; readonly reason: string }[] = [];
    for (const { document, stoppedAt } of own) {
      try {
        const { report } = await experiments.analysis(document.name);
        if (report !== null) found.push(...archiveRows(document, report, stoppedAt));
      } catch (error) {
        if (!(error instanceof EngineError && error.code === 'invalid_request')) throw error;
        leftOut.push({ experiment: document.name, reason: error.message });
      }
    }
    return { found, leftOut };
  };

  const read = async (request: Request, archive: readonly Ended[], savedAt: number | null): Promise<CompassAnswer> => {
    const corpus = savedAt === null ? null : await readFile(path, 'utf8');
    const sent = corpus === null ? { rows: 0, names: [] } : await analyses.corpusOf({ text: corpus });
    const known = new Set<string>(sent.names);
    const own = archive.filter(({ document }) => !known.has(document.name));
    const { found, leftOut } = await foundBy(own);
    if (sent.rows + found.length === 0) return null;
    const overview = await analyses.compassOverview({ corpus, rows: found, ...request });
    return { overview, savedAt, archived: own.length - leftOut.length, leftOut };
  };

  return {
    overview: async (request) => {
      const file = await stat(path).catch((error: unknown) => (isMissing(error) ? null : Promise.reject(error)));
      const archive = ended();
      if (file === null && archive.length === 0) return null;
      const names = archive.map(({ document, stoppedAt }) => [document.name, stoppedAt]);
      const key = JSON.stringify([file?.mtimeMs, file?.size, names, request.outcome ?? null, request.quick ?? null]);
      const known = answers.get(key);
      if (known) return known;
      if (answers.size >= 20) answers.clear();
      const answer = read(request, archive, file === null ? null : Math.round(file.mtimeMs));
      answers.set(key, answer);
      // A question that failed is asked anew.
      answer.catch(() => answers.delete(key));
      return answer;
    },
    putCorpus: async (text) => {
      const { rows, experiments: count, metrics } = await analyses.corpusOf({ text });
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      await rename(`${path}.new`, path);
      answers.clear();
      return { rows, experiments: count, metrics };
    },
  };
};
