/** The endpoints of what policies earn and what their cards lead to. */

import type { Endpoint } from './endpoint.ts';
import { downstreamQuerySchema, downstreamSchema, policyQuerySchema, policyReplaySchema } from './policies.ts';

export const POLICY_ENDPOINTS = {
  policyReplay: {
    method: 'POST',
    path: '/v1/studio/policies/replay',
    role: 'admin',
    summary:
      'What the policy of the document sent as the body (YAML or JSON) would have earned on the slates in the log, by each estimator, by device and intent.',
    query: policyQuerySchema,
    body: { kind: 'file' },
    response: policyReplaySchema,
    status: 200,
  },
  downstream: {
    method: 'GET',
    path: '/v1/studio/policies/downstream',
    role: 'admin',
    summary:
      'What the cards of logged slates led to: by last touch, by place, and what they added over cards that chance passed over.',
    query: downstreamQuerySchema,
    response: downstreamSchema,
    status: 200,
  },
} as const satisfies Record<string, Endpoint>;
