/** Definitions of success on the events of the warehouse: shipped ones, and own ones of the data folder. */

import { type Clock, DAY_MS, EngineError, type EpochMs } from '#domain';
import type { DefinitionCheck, KnownDefinition, RangeRequest, SuccessFace } from '#http';
import { type AssembleOptions, allDefinitions, findDefinition, neededBy, saveDefinition } from '#jobs';
import {
  type Definition,
  definitionSql,
  type Finding,
  isError,
  nameOf,
  newest,
  standardDefinitions,
  workedExamples,
} from '#success';
import type { IntentModel } from '#units';
import type { Analyses } from './analyses/analyses.ts';
import type { Watched } from './watched.ts';

export interface SuccessDeps {
  readonly analyses: Pick<Analyses, 'checkDefinition' | 'definitionMap' | 'definitionOutcomes' | 'previewDefinition'>;
  readonly clock: Clock;
  /** Folder of own definitions. */
  readonly folder: string;
  /** Carries what is acknowledged to the warehouse. */
  readonly flush: () => Promise<void>;
  /** What is learned of intents now; null: the rules alone. */
  readonly intents: () => IntentModel | null;
  readonly watched: Watched;
}

const DAYS_SHOWN = 28;

export const createSuccess = (deps: SuccessDeps): SuccessFace => {
  const definitions = (): readonly Definition[] => allDefinitions(deps.folder);
  const find = (name: string): Definition => findDefinition(asName(name), definitions());
  const unitsAsked = async (
    judging: readonly [Definition, ...Definition[]],
    request: RangeRequest,
  ): Promise<AssembleOptions> => {
    await deps.flush();
    const { listeners, userId } = request;
    return {
      ...neededBy(judging),
      ...rangeOf(request, deps.clock),
      listeners,
      userIds: userId === undefined ? undefined : [userId],
      now: deps.clock.now(),
      intents: deps.intents(),
    };
  };
  /** By itself, and against those of other names. */
  const checkBeside = async (text: string, all: readonly Definition[]): Promise<DefinitionCheck> => {
    const { definition, findings, ties } = await deps.analyses.checkDefinition({ text, others: all });
    const told = [...findings, ...ties];
    if (definition === undefined || told.some(isError)) return { findings: told, known: null };
    return {
      findings: told,
      known: {
        definition,
        origin: 'own',
        decides: !all.some(({ name, version }) => name === definition.name && version >= definition.version),
      },
    };
  };
  return {
    map: async () => {
      const all = definitions();
      const { cells, ties } = await deps.analyses.definitionMap({ definitions: all });
      return { definitions: all.map((each) => known(each, all)), cells, ties };
    },
    page: (name) => {
      const all = definitions();
      const definition = findDefinition(asName(name), all);
      const versions = all.filter((each) => each.name === definition.name).map(({ version }) => version);
      return {
        ...known(definition, all),
        versions: versions.sort((a, b) => a - b),
        examples: workedExamples(definition),
        sql: definitionSql(definition, 'unit'),
      };
    },
    outcomes: async (request) => {
      const { engine, limit, eachLabel, timeline, watch } = request;
      const definition = find(request.name);
      const asked = await unitsAsked([definition], request);
      const found = await deps.watched.during(watch, (onProgress) =>
        deps.analyses.definitionOutcomes({ ...asked, definition, engine, limit, eachLabel }, onProgress),
      );
      return { definition, engine, from: asked.from, to: asked.to, ...found, timeline };
    },
    check: (text) => checkBeside(text, definitions()),
    preview: async (request) => {
      const before = find(request.against);
      const { findings, definition: after } = await deps.analyses.checkDefinition({ text: request.text, others: [] });
      if (after === undefined) throw refusal(findings);
      if (before.unit !== after.unit) {
        throw new EngineError(
          'invalid_data',
          `${nameOf(before)} reads units of kind ${before.unit}, the copy of kind ${after.unit}`,
        );
      }
      const asked = await unitsAsked([before, after], request);
      const comparison = await deps.watched.during(request.watch, (onProgress) =>
        deps.analyses.previewDefinition({ ...asked, before, after }, onProgress),
      );
      return { before, after, comparison };
    },
    save: oneAfterTheOther(async (text: string) => {
      const all = definitions();
      const { findings, known: checked } = await checkBeside(text, all);
      if (checked === null) throw refusal(findings);
      if (all.some((each) => nameOf(each) === nameOf(checked.definition))) {
        throw new EngineError('conflict', `${nameOf(checked.definition)} is there already: raise the version`);
      }
      saveDefinition(deps.folder, checked.definition);
      return checked;
    }),
  };
};

/** So that each sees what the one before it has done. */
const oneAfterTheOther = <In, Out>(run: (given: In) => Promise<Out>): ((given: In) => Promise<Out>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (given) => {
    const done = last.then(() => run(given));
    last = done.catch(() => undefined);
    return done;
  };
};

/** Over HTTP a definition is named, never a file of this machine. @throws {EngineError} not_found */
const asName = (name: string): string => {
  if (/^[a-z0-9_]+(@\d+)?$/.test(name)) return name;
  throw new EngineError('not_found', `"${name}" is no name of a definition: write sleep_playlist or sleep_playlist@1`);
};

const known = (definition: Definition, all: readonly Definition[]): KnownDefinition => {
  const shipped = new Set(standardDefinitions().map(({ source }) => source));
  return {
    definition,
    origin: shipped.has(definition.source) ? 'shipped' : 'own',
    decides: newest(all).includes(definition),
  };
};

/** The last four weeks unless told. @throws {EngineError} invalid_request when nothing lies between. */
const rangeOf = ({ from, to }: RangeRequest, clock: Clock): { readonly from: EpochMs; readonly to: EpochMs } => {
  const end = to ?? clock.now() + 1;
  const start = from ?? end - DAYS_SHOWN * DAY_MS;
  if (start < end) return { from: start, to: end };
  const reason = 'lies at or after its end';
  throw new EngineError('invalid_request', `from ${reason}`, { fields: [{ field: 'from', reason }] });
};

const refusal = (findings: readonly Finding[]): EngineError =>
  new EngineError('invalid_data', 'the definition has errors', {
    fields: findings
      .filter(isError)
      .map(({ from, message }) => ({ field: `line ${from.line}, column ${from.column}`, reason: message })),
  });
