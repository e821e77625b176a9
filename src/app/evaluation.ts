/** Evaluation for the Studio: runs that are sent, test collections that are here. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, DAY_MS, EngineError } from '#domain';
import type { EvaluationFace } from '#http';
import { readConfig, SHIPPED_COLLECTIONS, shippedCollection } from '#jobs';
import type { Analyses } from './analyses/analyses.ts';

const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
};

export interface EvaluationDeps {
  readonly dataFolder: string;
  readonly analyses: Pick<Analyses, 'browsingLaws' | 'collection' | 'judgeRuns'>;
  readonly clock: Clock;
  /** Carries what is acknowledged to the warehouse. */
  readonly flush: () => Promise<void>;
}

/** Test collections lie in the folder `collections` of the data folder, beside those of the package. */
export const createEvaluation = ({ dataFolder, analyses, clock, flush }: EvaluationDeps): EvaluationFace => {
  const own = join(dataFolder, 'collections');
  const folders = async (): Promise<{ name: string; folder: string; shipped: boolean }[]> => {
    const names = await namesIn(own);
    return [
      ...names.sort().map((name) => ({ name, folder: join(own, name), shipped: false })),
      ...SHIPPED_COLLECTIONS.filter((name) => !names.some((own) => own === name)).map((name) => ({
        name,
        folder: shippedCollection(name),
        shipped: true,
      })),
    ];
  };
  return {
    judge: (request) => analyses.judgeRuns(request),
    browsing: async ({ from, to, ...asked }) => {
      await flush();
      // Client clocks may run ahead by a day.
      return analyses.browsingLaws({ ...asked, from: from ?? 0, to: to ?? clock.now() + DAY_MS });
    },
    collections: async () => {
      const found: { name: string; shipped: boolean; description: string; kind: 'graded' | 'interval' }[] = [];
      for (const { name, folder, shipped } of await folders()) {
        const { description, kind } = await readConfig(folder);
        found.push({ name, shipped, description, kind });
      }
      return found;
    },
    collection: async (name) => {
      const found = (await folders()).find((one) => one.name === name);
      if (found === undefined) {
        const reason = `there is no test collection "${name}": collections lie in ${own}`;
        throw new EngineError('not_found', reason, { fields: [{ field: 'name', reason }] });
      }
      return analyses.collection({ folder: found.folder });
    },
  };
};
