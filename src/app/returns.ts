/** Who comes back, of everything that was acknowledged. */

import { type Clock, EngineError } from '#domain';
import type { ExperimentsFace, ReturnFace } from '#http';
import { itemFactors } from '#models';
import type { ModelBundle } from '#serving';
import type { Analyses } from './analyses/analyses.ts';

export interface ReturnDeps {
  readonly analyses: Pick<Analyses, 'diversityReturn' | 'returnReport'>;
  readonly clock: Clock;
  readonly flush: () => Promise<void>;
  readonly bundle: () => ModelBundle | null;
  readonly experiments: Pick<ExperimentsFace, 'get'>;
}

export const createReturns = ({ analyses, clock, flush, bundle, experiments }: ReturnDeps): ReturnFace => {
  const encouragementOf = (name: string) => {
    const { document, startedAt } = experiments.get(name);
    if (startedAt !== null && document.unit === 'user') {
      return { experiment: name, control: document.arms[0]!.name, startedAt };
    }
    const reason =
      startedAt === null
        ? `${name} has not begun: expected an experiment that runs or ran`
        : `${name} is of unit ${document.unit}: expected an experiment of users`;
    throw new EngineError('invalid_request', reason, { fields: [{ field: 'experiment', reason }] });
  };
  return {
    report: async (request) => {
      await flush();
      return analyses.returnReport(request);
    },
    diversity: async ({ experiment, ...request }) => {
      const encouragement = experiment === undefined ? {} : { encouragement: encouragementOf(experiment) };
      await flush();
      return analyses.diversityReturn({ ...request, ...encouragement, vectors: vectorsOf(bundle()), now: clock.now() });
    },
  };
};

/** In memory that threads share. */
const vectorsOf = (bundle: ModelBundle | null) => {
  const factors = bundle?.models.als && itemFactors(bundle.models.als);
  return bundle === null || factors === undefined ? null : { items: bundle.items.share(), factors };
};
