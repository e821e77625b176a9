/** snake_case ⇄ camelCase for keys of plain JSON values; keys under `extra`, `evidence`, `filtered`, `intents` and `candidates` are data and stay. */

type CamelKey<Key> = Key extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelKey<Tail>>}` : Key;

/** The type with every key in camelCase. Keys of open records are left as they are. */
export type CamelCased<T> = T extends readonly (infer Entry)[]
  ? readonly CamelCased<Entry>[]
  : T extends object
    ? string extends keyof T
      ? T
      : { readonly [Key in keyof T as CamelKey<Key>]: CamelCased<T[Key]> }
    : T;

const OPAQUE = new Set(['extra', 'evidence', 'filtered', 'intents', 'candidates']);

const keyMapper = (change: (key: string) => string): ((value: unknown) => unknown) => {
  const changed = new Map<string, string>();
  const keyOf = (key: string): string => {
    let result = changed.get(key);
    if (result === undefined) {
      result = change(key);
      changed.set(key, result);
    }
    return result;
  };
  const map = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(map);
    if (typeof value !== 'object' || value === null) return value;
    const result: Record<string, unknown> = {};
    for (const key in value) {
      const entry = (value as Record<string, unknown>)[key];
      result[keyOf(key)] = OPAQUE.has(key) ? entry : map(entry);
    }
    return result;
  };
  return map;
};

const camel = keyMapper((key) => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()));
const snake = keyMapper((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

export const toCamel = <T>(value: T): CamelCased<T> => camel(value) as CamelCased<T>;

export const toSnake = (value: unknown): unknown => snake(value);
