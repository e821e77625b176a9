/** A JSON object as a record of the unit: every field known, of its kind, and never invented. */

import type { FieldError } from '#domain';
import { nearest, oneOf } from '../language/nearest.ts';
import { type Field, fieldsOf, type RecordName } from './fields.ts';

export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Told, and read on: one answer names everything that is wrong. */
export type Tell = (field: string, reason: string) => void;

export const teller =
  (errors: FieldError[]): Tell =>
  (field, reason) =>
    errors.push({ field, reason });

/** Keys that are not among `allowed` are told, with the closest that is. */
export const tellUnknown = (json: Json, allowed: readonly string[], path: string, tell: Tell): void => {
  for (const key of Object.keys(json)) {
    if (allowed.includes(key)) continue;
    const near = nearest(key, allowed);
    tell(
      `${path}${key}`,
      near === undefined ? `unknown field: expected ${oneOf(allowed)}` : `unknown field: did you mean ${near}?`,
    );
  }
};

/** The record's fields; `presets` stand where the object says nothing. */
export const readRecord = (record: RecordName, json: unknown, path: string, tell: Tell, presets: Json = {}): Json => {
  const fields = fieldsOf(record);
  if (json !== undefined && !isJson(json)) {
    tell(path.replace(/\.$/, ''), 'expected an object');
    return presets;
  }
  const given: Json = json ?? {};
  tellUnknown(given, Object.keys(fields), path, tell);
  const read: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = given[name] ?? presets[name];
    if (value !== undefined && value !== null) {
      const wrong = wrongness(value, field);
      if (wrong === undefined) read[name] = value;
      else tell(`${path}${name}`, wrong);
    } else if (field.type === 'strings') read[name] = [];
    else if (!field.optional) tell(`${path}${name}`, `is missing: ${field.doc}`);
  }
  return read;
};

const wrongness = (value: unknown, { type, words }: Field): string | undefined => {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : `expected a number, not ${shown(value)}`;
    case 'bool':
      return typeof value === 'boolean' ? undefined : `expected true or false, not ${shown(value)}`;
    case 'string':
      if (typeof value !== 'string') return `expected a text, not ${shown(value)}`;
      return words === undefined || words.includes(value)
        ? undefined
        : `unknown word "${value}": expected ${oneOf(words)}`;
    case 'strings':
      return Array.isArray(value) && value.every((each) => typeof each === 'string')
        ? undefined
        : 'expected a list of texts';
    case 'intents':
      return intentsWrong(value);
  }
};

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? String(value);

const intentsWrong = (value: unknown): string | undefined => {
  if (!isJson(value)) return 'expected an object from intents to probabilities';
  const words = fieldsOf('unit')['intent']?.words ?? [];
  const odd = Object.keys(value).find((intent) => !words.includes(intent));
  if (odd !== undefined) return `unknown intent "${odd}": expected ${oneOf(words)}`;
  const probabilities = Object.values(value);
  if (!probabilities.every((p) => typeof p === 'number' && p >= 0 && p <= 1)) return 'probabilities lie in 0 to 1';
  const total = (probabilities as number[]).reduce((sum, p) => sum + p, 0);
  return total > 1 + 1e-6 ? `probabilities sum to ${total}, which is above 1` : undefined;
};
