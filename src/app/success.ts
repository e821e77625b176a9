/** Definitions of success on the events of the warehouse: shipped ones, and own ones of the data folder. */

import { randomUUID } from 'node:crypto';
import { type Clock, DAY_MS, EngineError, type EpochMs } from '#domain';
import type { KnownDefinition, OutcomesRequest, RangeRequest, SuccessFace } from '#http';
import {
  type AssembleOptions,
  allDefinitions,
  findDefinition,
  neededBy,
  runBySql,
  runInTurns,
  saveDefinition,
  summarize,
  unitBatches,
} from '#jobs';
import {
  checkDefinition,
  compileDefinition,
  coverage,
  createComparison,
  type Definition,
  definitionSql,
  explain,
  type Finding,
  isError,
  nameOf,
  newest,
  standardDefinitions,
  tiesAmong,
  tiesOfText,
  type Unit,
  type UnitOutcome,
  workedExamples,
} from '#success';
import { createTurns } from '#threads';
import type { IntentModel } from '#units';
import type { Warehouse } from '#warehouse';
import type { Watched } from './watched.ts';

export interface SuccessDeps {
  readonly warehouse: Warehouse;
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
/** Changes of a preview that are told one by one; all are counted. */
const CHANGES_SHOWN = 50;

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
  return {
    map: () => {
      const all = definitions();
      return {
        definitions: all.map((each) => known(each, all)),
        cells: coverage(all),
        ties: tiesAmong(all).map(({ message }) => message),
      };
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
      const definition = find(request.name);
      const asked = await unitsAsked([definition], request);
      const outcomes: UnitOutcome[] = [];
      let shown: readonly Shown[] = [];
      await deps.watched.during(request.watch, async (onProgress) => {
        for await (const units of unitBatches(deps.warehouse, { ...asked, onProgress })) {
          const ofBatch = await read(definition, units, request, deps.warehouse);
          for (const outcome of ofBatch) outcomes.push(outcome);
          const pairs = ofBatch.map((outcome, n): Shown => ({ unit: units[n]!, outcome }));
          shown = newestOf([...shown, ...pairs], request);
        }
      });
      return { from: asked.from, to: asked.to, ...(await told(definition, shown, outcomes, request)) };
    },
    check: (text) => checkBeside(text, definitions()),
    preview: async (request) => {
      const before = find(request.against);
      const after = checkedOf(request.text);
      if (before.unit !== after.unit) {
        throw new EngineError(
          'invalid_data',
          `${nameOf(before)} reads units of kind ${before.unit}, the copy of kind ${after.unit}`,
        );
      }
      const comparison = createComparison(before, after, CHANGES_SHOWN);
      const turn = createTurns();
      const asked = await unitsAsked([before, after], request);
      await deps.watched.during(request.watch, async (onProgress) => {
        for await (const units of unitBatches(deps.warehouse, { ...asked, onProgress })) {
          for (const unit of units) {
            comparison.take([unit]);
            await turn();
          }
        }
      });
      return { before, after, comparison: comparison.told() };
    },
    save: (text) => {
      const all = definitions();
      const { findings, known: checked } = checkBeside(text, all);
      if (checked === null) throw refusal(findings);
      if (all.some((each) => nameOf(each) === nameOf(checked.definition))) {
        throw new EngineError('conflict', `${nameOf(checked.definition)} is there already: raise the version`);
      }
      saveDefinition(deps.folder, checked.definition);
      return checked;
    },
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

const read = (
  definition: Definition,
  units: readonly Unit[],
  { engine }: OutcomesRequest,
  warehouse: Warehouse,
): Promise<readonly UnitOutcome[]> =>
  engine === 'sql' ? runBySql(definition, units, warehouse, randomUUID()) : runInTurns(definition, units);

interface Shown {
  readonly unit: Unit;
  readonly outcome: UnitOutcome;
}

const newestFirst = ({ outcome: a }: Shown, { outcome: b }: Shown): number =>
  b.start - a.start || (a.unit_id < b.unit_id ? -1 : 1);

const newestOf = (units: readonly Shown[], { limit, eachLabel }: OutcomesRequest): readonly Shown[] => {
  const sorted = units.toSorted(newestFirst);
  if (!eachLabel) return sorted.slice(0, limit);
  const left = new Map<string, number>();
  return sorted.filter(({ outcome: { label, mature } }) => {
    const group = mature ? label : 'immature';
    const taken = left.get(group) ?? 0;
    left.set(group, taken + 1);
    return taken < limit;
  });
};

const dayOf = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);

const told = async (
  definition: Definition,
  shown: readonly Shown[],
  outcomes: readonly UnitOutcome[],
  request: OutcomesRequest,
) => {
  const compiled = compileDefinition(definition);
  const turn = createTurns();
  const units = [];
  for (const { unit, outcome } of shown) {
    units.push({ unit, outcome, reasons: explain(compiled, unit) });
    await turn();
  }
  const days = new Map<string, UnitOutcome[]>();
  for (const outcome of outcomes) {
    const day = dayOf(outcome.start);
    const held = days.get(day);
    if (held === undefined) days.set(day, [outcome]);
    else held.push(outcome);
  }
  return {
    definition,
    engine: request.engine,
    summary: summarize(outcomes),
    perDay: [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([day, ofDay]) => ({ day, summary: summarize(ofDay) })),
    units,
    timeline: request.timeline,
    sql: definitionSql(definition, 'unit', 'batch = {batch:String}'),
  };
};

/** By itself, and against those of other names. */
const checkBeside = (
  text: string,
  all: readonly Definition[],
): { readonly findings: readonly Finding[]; readonly known: KnownDefinition | null } => {
  const { definition, findings } = checkDefinition(text);
  const told = [...findings, ...tiesOfText(text, all)];
  if (definition === undefined) return { findings: told, known: null };
  if (told.some(isError)) return { findings: told, known: null };
  return {
    findings: told,
    known: {
      definition,
      origin: 'own',
      decides: !all.some(({ name, version }) => name === definition.name && version >= definition.version),
    },
  };
};

const checkedOf = (text: string): Definition => {
  const { definition, findings } = checkDefinition(text);
  if (definition === undefined) throw refusal(findings);
  return definition;
};

const refusal = (findings: readonly Finding[]): EngineError =>
  new EngineError('invalid_data', 'the definition has errors', {
    fields: findings
      .filter(isError)
      .map(({ from, message }) => ({ field: `line ${from.line}, column ${from.column}`, reason: message })),
  });
