/** Whether the engine lives and whether it can answer. */

import { z } from 'zod';

export const livenessSchema = z.object({ alive: z.literal(true) });

export const readinessSchema = z.object({
  /** True when requests can be answered: the journal takes writes. */
  ready: z.boolean(),
  journal: z.enum(['ok', 'failed']),
  /** Away does not make the engine unready: intake goes on, what is in memory is served. */
  warehouse: z.enum(['ok', 'away']),
  models: z.enum(['ok', 'none']),
});
