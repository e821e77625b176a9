/** Policies under trial: their documents, replayed against the slates in the warehouse. */

import { type Clock, DAY_MS, EngineError, type EpochMs } from '#domain';
import type { PoliciesFace, ReplayRequest } from '#http';
import { findDefinition, type PolicyReward } from '#jobs';
import type { Definition } from '#success';
import type { IntentModel } from '#units';
import type { Analyses } from './analyses/analyses.ts';
import { readPolicyDocument, toPolicyChange } from './policy-document.ts';
import type { Watched } from './watched.ts';

export interface PoliciesDeps {
  readonly analyses: Pick<Analyses, 'downstreamReport' | 'replayPolicy'>;
  readonly clock: Clock;
  readonly definitions: () => readonly Definition[];
  /** Carries what is acknowledged to the warehouse. */
  readonly flush: () => Promise<void>;
  /** What is learned of intents now; null: the rules alone. */
  readonly intents: () => IntentModel | null;
  readonly watched: Watched;
}

const RESAMPLES = 1000;
const SEED = 1;

export const createPolicies = (deps: PoliciesDeps): PoliciesFace => ({
  replay: async (request) => {
    const document = readPolicyDocument(request.text);
    const reward = rewardOf(request, deps);
    const now = deps.clock.now();
    const { surface, limit, level } = request;
    await deps.flush();
    const report = await deps.analyses.replayPolicy({
      surface,
      limit,
      level,
      reward,
      change: toPolicyChange(document),
      ...rangeOf(request, now),
      resamples: RESAMPLES,
      seed: SEED,
      now,
      intents: deps.intents(),
    });
    return { document, report };
  },
  downstream: async ({ watch, surface, limit, level, ...range }) => {
    const now = deps.clock.now();
    const asked = { surface, limit, level, ...rangeOf(range, now), now };
    await deps.flush();
    return deps.watched.during(watch, (onProgress) => deps.analyses.downstreamReport(asked, onProgress));
  },
});

const rewardOf = ({ reward, success }: ReplayRequest, { definitions }: PoliciesDeps): PolicyReward => {
  if (success === undefined) return reward ?? 'played';
  if (reward === undefined) return findDefinition(asName(success), definitions());
  const reason = 'a reward is named already: expected one of the two';
  throw new EngineError('invalid_request', `success: ${reason}`, { fields: [{ field: 'success', reason }] });
};

/** A name, never a file of this machine. @throws {EngineError} not_found */
const asName = (name: string): string => {
  if (/^[a-z0-9_]+(@\d+)?$/.test(name)) return name;
  throw new EngineError('not_found', `"${name}" is no name of a definition: write home_shelf or home_shelf@1`);
};

/** Everything unless told; client clocks may run ahead by a day. @throws {EngineError} invalid_request */
const rangeOf = (
  { from = 0, to }: Pick<ReplayRequest, 'from' | 'to'>,
  now: EpochMs,
): { readonly from: EpochMs; readonly to: EpochMs } => {
  const end = to ?? now + DAY_MS;
  if (from < end) return { from, to: end };
  const reason = 'lies at or after its end';
  throw new EngineError('invalid_request', `from ${reason}`, { fields: [{ field: 'from', reason }] });
};
