/** Who comes back, of everything that was acknowledged. */

import type { ReturnFace } from '#http';
import { returnReport } from '#jobs';
import type { Warehouse } from '#warehouse';

export const createReturns = (warehouse: Warehouse, flush: () => Promise<void>): ReturnFace => ({
  report: async (request) => {
    await flush();
    return returnReport(warehouse, request);
  },
});
