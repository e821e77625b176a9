/** A YAML document and where in its text each field stands. */

import { isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import { EngineError } from '#domain';

export interface LocatedYaml {
  readonly fields: Readonly<Record<string, unknown>>;
  /** ` (line 3, column 5)` of what stands at that path; nothing where nothing stands. */
  readonly placeOf: (path: readonly (string | number)[]) => string;
}

/** @throws {EngineError} invalid_data with the place when the text is no YAML, or no document with fields. */
export const readLocatedYaml = (text: string): LocatedYaml => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) throw new EngineError('invalid_data', `the world is not YAML: ${error.message}`);
  const fields = toFields(() => document.toJS());
  return {
    fields,
    placeOf: (path) => {
      const node = document.getIn(path, true);
      const at = isNode(node) ? (keyStart(document.contents, path) ?? node.range?.[0]) : undefined;
      if (at === undefined) return '';
      const { line, col } = lines.linePos(at);
      return ` (line ${line}, column ${col})`;
    },
  };
};

const toFields = (read: () => unknown): Readonly<Record<string, unknown>> => {
  let found: unknown;
  try {
    found = read();
  } catch (cause) {
    // Aliases to nothing, or so many of them that the document would be endless.
    throw new EngineError('invalid_data', `the world is not YAML: ${(cause as Error).message}`, { cause });
  }
  if (isRecord(found)) return found;
  throw new EngineError('invalid_data', 'the world is empty: expected a YAML document with fields such as name');
};

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where the key of the field begins; undefined for entries of lists, which have none. */
const keyStart = (contents: unknown, path: readonly (string | number)[]): number | undefined => {
  let at: unknown = contents;
  let start: number | undefined;
  for (const step of path) {
    const items = isNode(at) && 'items' in at ? (at.items as readonly unknown[]) : [];
    const pair = items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === step);
    start = isPair(pair) && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
    at = isPair(pair) ? pair.value : items[step as number];
  }
  return start;
};
