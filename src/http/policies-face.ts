/** What the HTTP face asks about policies. */

import type { PolicyDocument } from '#api';
import type { EpochMs, Surface } from '#domain';
import type { DownstreamReport, ReplayReport } from '#jobs';
import type { WatchRequest } from './watch-request.ts';

export interface ReplayRequest {
  /** Document of the judged policy, YAML or JSON. */
  readonly text: string;
  readonly surface: Surface;
  /** At most one of the two; `played` without either. */
  readonly reward: 'played' | 'listened_30s' | undefined;
  readonly success: string | undefined;
  /** All slates when left out. */
  readonly from: EpochMs | undefined;
  readonly to: EpochMs | undefined;
  readonly limit: number;
  readonly level: number;
}

export type DownstreamRequest = Pick<ReplayRequest, 'surface' | 'from' | 'to' | 'limit' | 'level'> & WatchRequest;

/** What other policies would have earned, and what cards led to. */
export interface PoliciesFace {
  /** @throws {EngineError} invalid_data for a document that is none, not_found, invalid_request */
  replay(request: ReplayRequest): Promise<{ readonly document: PolicyDocument; readonly report: ReplayReport }>;
  /** @throws {EngineError} invalid_request */
  downstream(request: DownstreamRequest): Promise<DownstreamReport>;
}
