/**
 * What no entry may hold, whatever its schema: nesting that would overflow a stack later, the key `__proto__`, and
 * halves of surrogate pairs, which no store can keep as they came.
 */

import type { FieldError } from '#domain';

/** Deeper than any event of ours by far; far from any stack limit. */
const MAX_DEPTH = 32;

const LONE_SURROGATE = /\p{Surrogate}/u;

/** Whether a JSON text could hold a forbidden key or half a pair: only then are keys and strings looked at one by one. */
export const mayHide = (text: string): boolean => text.includes('\\u') || text.includes('__proto__');

const refuse = (path: readonly string[], reason: string): FieldError => ({ field: path.slice(0, 8).join('.'), reason });

/** A check of one entry: null when it may pass on. `thorough` looks at keys and strings too. */
export const createEntryCheck = (thorough: boolean): ((entry: unknown) => FieldError | null) => {
  const path: string[] = [];

  const checkString = (value: string): FieldError | null =>
    thorough && LONE_SURROGATE.test(value) ? refuse(path, 'holds half a surrogate pair: not Unicode text') : null;

  const checkKey = (key: string): FieldError | null => {
    if (!thorough) return null;
    if (key === '__proto__') return refuse(path, 'the key __proto__ is not allowed');
    return LONE_SURROGATE.test(key) ? refuse(path, 'a key holds half a surrogate pair: not Unicode text') : null;
  };

  const checkMember = (key: string, member: unknown): FieldError | null => {
    path.push(key);
    const problem = checkKey(key) ?? checkValue(member);
    path.pop();
    return problem;
  };

  const checkMembers = (value: object): FieldError | null => {
    if (path.length >= MAX_DEPTH) return refuse(path, `nested deeper than ${MAX_DEPTH} levels`);
    for (const key in value) {
      const member = (value as Record<string, unknown>)[key];
      if (!thorough && typeof member !== 'object') continue;
      const problem = checkMember(key, member);
      if (problem !== null) return problem;
    }
    return null;
  };

  const checkValue = (value: unknown): FieldError | null => {
    if (typeof value === 'string') return checkString(value);
    return typeof value === 'object' && value !== null ? checkMembers(value) : null;
  };

  return checkValue;
};
