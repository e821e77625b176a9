/** Who comes back, of everything that was acknowledged. */

import { type Clock, EngineError } from '#domain';
import type { ExperimentsFace, ReturnFace } from '#http';
import { diversityReturn, returnReport } from '#jobs';
import type { ModelBundle } from '#serving';
import type { Warehouse } from '#warehouse';

export interface ReturnDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly flush: () => Promise<void>;
  readonly bundle: () => ModelBundle | null;
  readonly experiments: Pick<ExperimentsFace, 'get'>;
}

export const createReturns = ({ warehouse, clock, flush, bundle, experiments }: ReturnDeps): ReturnFace => {
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
      return returnReport(warehouse, request);
    },
    diversity: async ({ experiment, ...request }) => {
      const encouragement = experiment === undefined ? {} : { encouragement: encouragementOf(experiment) };
      await flush();
      return diversityReturn(warehouse, bundle(), { ...request, ...encouragement }, clock.now());
    },
  };
};
