/** What the Lab offers and how much it takes on: a server answers others meanwhile, so its worlds are small. */

import { EngineError } from '#domain';
import {
  POLICIES,
  PRESET_NAMES,
  PRESETS,
  parseWorld,
  WORLD_FIELDS,
  type WorldBounds,
  type WorldDocument,
} from '#simulation';
import { ENGINE_POLICY } from './simulate.ts';

export interface LabRequest {
  /** Name of a preset or of a world of one's own. */
  readonly world: string;
  readonly first: string;
  readonly second: string;
  /** Listeners of each world. */
  readonly listeners: number;
  readonly weeks: number;
  /** Worlds with seeds of their own, each lived once with either policy. */
  readonly worlds: number;
  readonly seed: number;
}

/** A world that can be lived in: a preset, or a document of one's own. */
export interface LabWorld {
  readonly name: string;
  readonly about: string;
  /** The document, YAML. */
  readonly text: string;
  readonly own: boolean;
}

/** A field of a world document. */
export interface LabField {
  readonly name: string;
  readonly standard: number;
  readonly from: number;
  /** Most in the Lab. */
  readonly to: number;
  readonly doc: string;
}

export interface LabChoices {
  readonly worlds: readonly LabWorld[];
  /** What a world of one's own can say. */
  readonly fields: readonly LabField[];
  readonly policies: readonly { readonly name: string; readonly about: string; readonly knowsTruth: boolean }[];
  /** Most listener-days of a run with reference policies alone, and with the engine's own serving, which does far more work. */
  readonly listenerDays: { readonly reference: number; readonly engine: number };
}

const LISTENER_DAYS = { reference: 300_000, engine: 70_000 } as const;

/** Catalogues are held in memory, beside those of the server. */
const MOST: WorldBounds = { 'catalogue.tracks': 20_000, 'catalogue.shows': 500 };

const PRESET_WORLDS: readonly LabWorld[] = PRESET_NAMES.map((name) => {
  const text = (PRESETS[name] ?? '').trimStart();
  return { name, about: parseWorld(text).about, text, own: false };
});

const FIELDS: readonly LabField[] = Object.entries(WORLD_FIELDS).map(([name, { standard, from, to, doc }]) => ({
  name,
  standard,
  from,
  to: Math.min(to, MOST[name as keyof typeof WORLD_FIELDS] ?? to),
  doc,
}));

/** What can be tried, with worlds of one's own after those that come with the program. */
export const labChoices = (own: readonly LabWorld[]): LabChoices => ({
  worlds: [...PRESET_WORLDS, ...own],
  fields: FIELDS,
  policies: [
    { name: ENGINE_POLICY, about: 'This engine: it learns after three days and then weekly.', knowsTruth: false },
    ...Object.entries(POLICIES).map(([name, { about, knowsTruth }]) => ({ name, about, knowsTruth })),
  ],
  listenerDays: LISTENER_DAYS,
});

const NAME_LENGTH = 60;

/** Reads a document of one's own. @throws {EngineError} invalid_data naming the fields, their places and what is allowed. */
export const ownWorld = (text: string): LabWorld => {
  const { name, about } = parseWorld(text, MOST);
  const wrong = (reason: string): never => {
    throw new EngineError('invalid_data', 'the world is not valid', { fields: [{ field: 'name', reason }] });
  };
  if (name === '' || name === 'unnamed') wrong('missing: expected a name to keep it under, e.g. name: my world');
  if (name.length > NAME_LENGTH) wrong(`${name.length} characters: expected at most ${NAME_LENGTH}`);
  if (PRESET_NAMES.includes(name)) wrong(`${JSON.stringify(name)} comes with the program: expected another name`);
  return { name, about, text, own: true };
};

const refuse = (field: string, reason: string): never => {
  throw new EngineError('invalid_request', 'the Lab does not take this run', { fields: [{ field, reason }] });
};

/** The world of the request. @throws {EngineError} invalid_request with the field that is wrong and what is allowed. */
export const checkLab = (request: LabRequest, { worlds: known, policies }: LabChoices): WorldDocument => {
  const { world, first, second, listeners, weeks, worlds } = request;
  among('first', first, policies);
  among('second', second, policies);
  if (first === second) refuse('second', `the same as first: expected another policy than ${first}`);
  const asked = listeners * weeks * 7 * worlds * 2;
  const kind = first === ENGINE_POLICY || second === ENGINE_POLICY ? 'engine' : 'reference';
  const most = LISTENER_DAYS[kind];
  if (asked > most) {
    const which = kind === 'engine' ? 'with the engine' : 'in the Lab';
    refuse(
      'listeners',
      `${listeners} listeners × ${weeks * 7} days × ${worlds} worlds × 2 policies are ${asked} listener-days: at most ${most} ${which}; ` +
        'take fewer listeners, weeks or worlds, or run `ritornello simulate compare`',
    );
  }
  return parseWorld(among('world', world, known).text);
};

const among = <Named extends { readonly name: string }>(
  field: string,
  name: string,
  known: readonly Named[],
): Named => {
  const found = known.find((each) => each.name === name);
  return (
    found ?? refuse(field, `${JSON.stringify(name)}: expected one of ${known.map((each) => each.name).join(', ')}`)
  );
};
