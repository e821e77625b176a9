/** What an experiment must be to be planned, and what must not run beside it. */

import { parse } from 'yaml';
import { EngineError, type ExperimentDocument, experimentSchema } from '#domain';
import type { Answers } from '#http';
import { plannedMetrics } from '#jobs';
import { CANDIDATES_PER_SLOT } from '#serving';
import { type Definition, nameOf } from '#success';

type Entry = Answers.ExperimentEntry;

/**
 * The document in a text of YAML or JSON, whole and meaningful here.
 * @throws {EngineError} invalid_request with the fields that are wrong and what is allowed.
 */
export const documentOf = (name: string, text: string, definitions: readonly Definition[]): ExperimentDocument => {
  const refuse = (fields: readonly { readonly field: string; readonly reason: string }[]): never => {
    const told = fields.map(({ field, reason }) => (field === '' ? reason : `${field}: ${reason}`)).join('; ');
    throw new EngineError('invalid_request', `the document of experiment ${name} is not valid: ${told}`, { fields });
  };
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    return refuse([{ field: 'body', reason: cause instanceof Error ? cause.message : String(cause) }]);
  }
  const parsed = experimentSchema.safeParse(value);
  if (!parsed.success) {
    return refuse(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), reason: message })));
  }
  if (parsed.data.name !== name)
    return refuse([{ field: 'name', reason: `is ${parsed.data.name}, and the address says ${name}` }]);
  const wrong = [...wrongBands(parsed.data), ...wrongRewards(parsed.data, definitions)];
  return wrong.length === 0 ? withNames(parsed.data, definitions) : refuse(wrong);
};

/** Metrics by their canonical names, and which way each is better: the document says what is judged without a card. */
const withNames = (document: ExperimentDocument, definitions: readonly Definition[]): ExperimentDocument => {
  const planned = plannedMetrics(document, definitions);
  let next = 0;
  const name = <Named extends ExperimentDocument['success'][number]>(named: Named): Named => {
    const { measure, better } = planned[next++]!;
    return { ...named, metric: measure.metric.name, better };
  };
  const [success, guardrails, watch] = [
    document.success.map(name),
    document.guardrails.map(name),
    document.watch.map(name),
  ];
  return { ...document, success, guardrails, watch };
};

interface Wrong {
  readonly field: string;
  readonly reason: string;
}

/** No more candidates are kept for a shelf, so a wider band would be served as the widest one. */
const wrongBands = ({ arms }: ExperimentDocument): readonly Wrong[] =>
  arms.flatMap(({ policy }, place) => {
    const band = policy?.band ?? 1;
    if (band <= CANDIDATES_PER_SLOT) return [];
    const reason = `expected 1 to ${CANDIDATES_PER_SLOT}, got ${band}: a shelf has so many times as many candidates as slots`;
    return [{ field: `arms.${place}.policy.band`, reason }];
  });

/** A reward orders shelves, so it judges what stands on them. */
const wrongRewards = ({ arms }: ExperimentDocument, definitions: readonly Definition[]): readonly Wrong[] =>
  arms.flatMap(({ policy }, place) => {
    const reward = policy?.reward;
    const judging = definitions.filter(({ unit }) => unit === 'impression');
    if (reward === undefined || judging.some((one) => one.name === reward || nameOf(one) === reward)) return [];
    const names = [...new Set(judging.map((one) => one.name))].sort().join(', ');
    const known = definitions.find((one) => one.name === reward || nameOf(one) === reward);
    const what = known === undefined ? 'is no definition of success' : `judges a ${known.unit}, not what a shelf shows`;
    return [{ field: `arms.${place}.policy.reward`, reason: `${reward} ${what}: expected one of ${names}` }];
  });

/**
 * What runs must not be touched by what starts: two experiments of a layer have parts of their own, and two layers do not
 * set the same of serving where both act. @throws {EngineError} conflict
 */
export const checkBeside = (document: ExperimentDocument, running: readonly Entry[]): void => {
  for (const { document: other } of running) {
    if (other.layer === document.layer) checkParts(document, other);
    else checkPolicies(document, other);
  }
};

const checkParts = (document: ExperimentDocument, other: ExperimentDocument): void => {
  if (other.part[0] >= document.part[1] || document.part[0] >= other.part[1]) return;
  const [from, to] = other.part;
  throw new EngineError(
    'conflict',
    `experiment ${other.name} has the part from ${from} to ${to} of layer ${document.layer}: take another part or another layer`,
  );
};

const checkPolicies = (document: ExperimentDocument, other: ExperimentDocument): void => {
  const [mine, theirs] = [document.eligible.surface, other.eligible.surface];
  if (mine !== undefined && theirs !== undefined && !mine.some((surface) => theirs.includes(surface))) return;
  const set = setBy(document);
  const both = [...setBy(other)].filter((field) => set.has(field));
  if (both.length === 0) return;
  throw new EngineError(
    'conflict',
    `experiment ${other.name} of layer ${other.layer} sets ${both.join(', ')} of serving too: ` +
      'a listener in both would be served by one of them alone; take parts of one layer, or other surfaces',
  );
};

/** A named policy is an exploration. */
const setBy = ({ arms }: ExperimentDocument): ReadonlySet<string> =>
  new Set(
    arms.flatMap(({ policy = {} }) => Object.keys(policy).map((field) => (field === 'name' ? 'exploration' : field))),
  );

/** What of a document differs, for who tries to change one that runs. */
export const changedFields = (before: ExperimentDocument, after: ExperimentDocument): readonly string[] =>
  Object.keys({ ...before, ...after }).filter((field) => {
    const of = (document: ExperimentDocument): string => JSON.stringify(document[field as keyof ExperimentDocument]);
    return of(before) !== of(after);
  });
