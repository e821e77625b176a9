/** What every route file is given. */

import type { Engine } from '../engine.ts';
import type { ServerLimits } from '../limits.ts';
import type { HttpLog } from '../log.ts';
import type { HttpMetrics } from '../metrics.ts';

export interface RouteContext {
  readonly engine: Engine;
  readonly log: HttpLog;
  readonly limits: ServerLimits;
  readonly metrics: HttpMetrics;
  /** Whether keys are configured. */
  readonly needsKey: boolean;
}
