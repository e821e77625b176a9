/** The document of a policy under trial: YAML or JSON, every fault named. */

import { parse, YAMLParseError } from 'yaml';
import { type PolicyDocument, policyDocumentSchema } from '#api';
import { EngineError } from '#domain';
import type { PolicyChange } from '#policy';

const KEYS = Object.keys(policyDocumentSchema.shape).join(', ');

/** @throws {EngineError} invalid_data with each fault and the field it is in. */
export const readPolicyDocument = (text: string): PolicyDocument => {
  const parsed = policyDocumentSchema.safeParse(readYaml(text));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    field: issue.path.join('.') || 'policy',
    reason: issue.code === 'unrecognized_keys' && issue.path.length === 0 ? unknownKeys(issue.keys) : issue.message,
  }));
  const told = fields.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
  throw new EngineError('invalid_data', `the policy cannot be read: ${told}`, { fields });
};

const unknownKeys = (keys: readonly string[]): string => `unknown field ${keys.join(', ')}: expected ${KEYS}`;

const readYaml = (text: string): unknown => {
  try {
    return parse(text) as unknown;
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    const reason = cause.message.split('\n', 1)[0]!;
    throw new EngineError('invalid_data', `the policy cannot be read: ${reason}`, {
      cause,
      fields: [{ field: 'policy', reason }],
    });
  }
};

const NAMED_SHARES: Readonly<Record<NonNullable<PolicyDocument['name']>, number | undefined>> = {
  'band-epsilon-greedy': undefined,
  greedy: 0,
  'uniform-band': 1,
};

export const toPolicyChange = (document: PolicyDocument): PolicyChange => ({
  exploration: document.exploration ?? (document.name && NAMED_SHARES[document.name]),
  explorationFactor: document.exploration_factor,
  bandFactor: document.band,
  maxPerArtist: document.per_artist,
  artistGap: document.artist_gap,
  exploreFrom: document.explore_from,
  scoring: document.scoring && { ...document.scoring, perYear: document.scoring.per_year },
});
