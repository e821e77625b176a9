/** What the Lab offers and how much it takes on: a server answers others meanwhile, so its worlds are small. */

import { EngineError } from '#domain';
import { POLICIES, PRESET_NAMES, PRESETS, parseWorld } from '#simulation';
import { ENGINE_POLICY } from './simulate.ts';

export interface LabRequest {
  /** Name of a preset. */
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

export interface LabChoices {
  readonly worlds: readonly { readonly name: string; readonly about: string }[];
  readonly policies: readonly { readonly name: string; readonly about: string; readonly knowsTruth: boolean }[];
  /** Most listener-days of a run with reference policies alone, and with the engine's own serving, which does far more work. */
  readonly listenerDays: { readonly reference: number; readonly engine: number };
}

const LISTENER_DAYS = { reference: 300_000, engine: 70_000 } as const;

export const LAB_CHOICES: LabChoices = {
  worlds: PRESET_NAMES.map((name) => ({ name, about: parseWorld(PRESETS[name] ?? '').about })),
  policies: [
    { name: ENGINE_POLICY, about: 'This engine: it learns after three days and then weekly.', knowsTruth: false },
    ...Object.entries(POLICIES).map(([name, { about, knowsTruth }]) => ({ name, about, knowsTruth })),
  ],
  listenerDays: LISTENER_DAYS,
};

const refuse = (field: string, reason: string): never => {
  throw new EngineError('invalid_request', 'the Lab does not take this run', { fields: [{ field, reason }] });
};

/** @throws {EngineError} invalid_request with the field that is wrong and what is allowed. */
export const checkLab = ({ world, first, second, listeners, weeks, worlds }: LabRequest): void => {
  const { worlds: known, policies } = LAB_CHOICES;
  const among = (field: string, name: string, names: readonly { readonly name: string }[]): void => {
    if (names.some((each) => each.name === name)) return;
    refuse(field, `${JSON.stringify(name)}: expected one of ${names.map((each) => each.name).join(', ')}`);
  };
  among('world', world, known);
  among('first', first, policies);
  among('second', second, policies);
  if (first === second) refuse('second', `the same as first: expected another policy than ${first}`);
  const asked = listeners * weeks * 7 * worlds * 2;
  const kind = first === ENGINE_POLICY || second === ENGINE_POLICY ? 'engine' : 'reference';
  const most = LISTENER_DAYS[kind];
  if (asked <= most) return;
  const which = kind === 'engine' ? 'with the engine' : 'in the Lab';
  refuse(
    'listeners',
    `${listeners} listeners × ${weeks * 7} days × ${worlds} worlds × 2 policies are ${asked} listener-days: at most ${most} ${which}; ` +
      'take fewer listeners, weeks or worlds, or run `ritornello simulate compare`',
  );
};
