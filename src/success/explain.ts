/** Why a unit got its label: the parts of the deciding expression that decided, with what they came to. */

import { compileClosure, type Value } from './closure/compile.ts';
import type { CompiledDefinition, Working } from './closure/compile-definition.ts';
import type { Clause, Definition, Let } from './definition.ts';
import { type Node, walk } from './language/node.ts';
import type { Unit } from './unit/unit.ts';

export interface Reason {
  /** `failed`, `achieved` or `unknown`: the clause it is a part of. */
  readonly clause: 'failed' | 'achieved' | 'unknown';
  /** As it is written in the definition. */
  readonly text: string;
  /** Null: it could not be decided. */
  readonly is: boolean | null;
  /** Numbers and truths that it rests on, by the name of their let. */
  readonly with: Readonly<Record<string, number | string | boolean | null>>;
}

/** The parts that decided, in the order of the text. */
export const explain = (compiled: CompiledDefinition, unit: Unit): readonly Reason[] => {
  const { definition } = compiled;
  const { working } = compiled.work(unit);
  const { clause, is } = deciding(definition, working);
  const text = definition[clause];
  if (text === null) return [];
  const frame = { unit, horizonMs: definition.horizonMs, lets: [...working.lets], slots: [] };
  const reckon = (node: Node): Value => compileClosure(node)(frame);
  return parts(text, is, { lets: definition.lets, reckon }).map((part) => ({ clause, ...part }));
};

/** The clause that settled the label, and what it came to. */
const deciding = (
  { failed, unknown }: Definition,
  working: Working,
): { readonly clause: Reason['clause']; readonly is: boolean | null } => {
  if (unknown && working.unknown !== false) return { clause: 'unknown', is: working.unknown };
  if (failed && working.failed !== false) return { clause: 'failed', is: working.failed };
  return { clause: 'achieved', is: working.achieved };
};

interface Within {
  readonly lets: readonly Let[];
  readonly reckon: (node: Node) => Value;
}

type Part = Omit<Reason, 'clause'>;

/** Sides of `&&` and `||` that came out as the whole did; where nothing was decided, those that were not. */
const parts = ({ text, node }: Clause, is: boolean | null, within: Within): readonly Part[] => {
  if (node.op === 'and' || node.op === 'or') {
    return [node.left, node.right].flatMap((side) => {
      const came = within.reckon(side) as boolean | null;
      return came === is ? parts({ text, node: side }, is, within) : [];
    });
  }
  if (node.op === 'not') return parts({ text, node: node.arg }, is === null ? null : !is, within);
  if (node.op === 'let' && node.type === 'bool') return parts(within.lets[node.index]!, is, within);
  return [{ text: text.slice(node.start, node.end), is, with: restsOn(node, within) }];
};

const restsOn = (node: Node, { reckon }: Within): Part['with'] => {
  const values: Record<string, number | string | boolean | null> = {};
  walk(node, (inner) => {
    if (inner.op === 'let') {
      const value = reckon(inner);
      values[inner.name] = Array.isArray(value) ? value.length : (value as number | string | boolean | null);
    }
    if (inner.op === 'read') values[`${inner.record}.${inner.field}`] = reckon(inner) as string | null;
  });
  return values;
};

/** `late_skips >= 4 is true (late_skips = 33)`. */
export const reasonWords = ({ text, is, with: values }: Reason): string => {
  const rests = Object.entries(values).map(([name, value]) => `${name} = ${shown(value)}`);
  const came = is === null ? 'cannot be decided' : `is ${is}`;
  return `${text.replaceAll(/\s+/g, ' ')} ${came}${rests.length === 0 ? '' : ` (${rests.join(', ')})`}`;
};

const shown = (value: number | string | boolean | null): string => {
  if (value === null) return 'unknown';
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value);
};
