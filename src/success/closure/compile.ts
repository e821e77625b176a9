/**
 * A checked expression as a closure over one unit. Null is unknown, for lists too; `&&` and `||` are Kleene's, so that
 * what is decided by one side does not hang on the other. The SQL of `../sql` gives the same on the same unit.
 */

import { functionOf } from '../language/functions.ts';
import type { Compare, Node, NodeOf } from '../language/node.ts';
import type { EventListName, ListPath } from '../unit/fields.ts';
import type { EventLists, Unit } from '../unit/unit.ts';

export type Scalar = number | string | boolean;
type Element = Scalar | Readonly<Record<string, unknown>>;
export type Value = Scalar | readonly Element[] | null;

export interface Frame {
  readonly unit: Unit;
  /** Nothing after it is read, in milliseconds since the unit began. */
  readonly horizonMs: number;
  /** Values of the lets, in order. */
  readonly lets: Value[];
  /** Elements that the variables of the macros around stand for. */
  readonly slots: Element[];
}

export type Closure = (frame: Frame) => Value;

export const compileClosure = (node: Node): Closure => {
  switch (node.op) {
    case 'const':
      return () => node.value;
    case 'let':
      return ({ lets }) => lets[node.index] ?? null;
    case 'bound':
      return ({ slots }) => slots[node.slot] as Scalar;
    case 'field':
      return fieldClosure(node);
    case 'read':
      return readClosure(node);
    case 'intent':
      return ({ unit }) => intentOf(unit, node.intent);
    case 'tags':
      return ({ unit }) => unit.item.tags;
    case 'events':
      return eventsClosure(node.list);
    case 'has': {
      const arg = compileClosure(node.arg);
      return (frame) => arg(frame) !== null;
    }
    case 'not':
      return strict([compileClosure(node.arg)], ([value]) => !value);
    case 'negate':
      return strict([compileClosure(node.arg)], ([value]) => -(value as number));
    case 'and':
      return kleene(compileClosure(node.left), compileClosure(node.right), false);
    case 'or':
      return kleene(compileClosure(node.left), compileClosure(node.right), true);
    case 'arithmetic':
      return arithmeticClosure(node);
    case 'compare':
      return strict([compileClosure(node.left), compileClosure(node.right)], COMPARE[node.sign]);
    case 'in':
      return strict([compileClosure(node.item), compileClosure(node.list)], ([item, list]) =>
        (list as readonly Element[]).includes(item as Element),
      );
    case 'choose':
      return chooseClosure(node);
    case 'list': {
      const items = node.items.map(compileClosure);
      return (frame) => items.map((item) => item(frame) as Scalar);
    }
    case 'filter':
    case 'map':
    case 'exists':
    case 'all':
      return macroClosure(node);
    case 'call': {
      const { js } = functionOf(node.name);
      return strict(node.args.map(compileClosure), (args) => js(args as Scalar[]) as Value);
    }
  }
};

/** Unknown as soon as one argument is. */
const strict =
  (args: readonly Closure[], apply: (values: readonly NonNullable<Value>[]) => Value): Closure =>
  (frame) => {
    const values: NonNullable<Value>[] = [];
    for (const arg of args) {
      const value = arg(frame);
      if (value === null) return null;
      values.push(value);
    }
    return apply(values);
  };

/** `decides` on either side decides, whatever the other is. */
const kleene =
  (left: Closure, right: Closure, decides: boolean): Closure =>
  (frame) => {
    const a = left(frame);
    if (a === decides) return decides;
    const b = right(frame);
    if (b === decides) return decides;
    return a === null || b === null ? null : !decides;
  };

type Pair = readonly NonNullable<Value>[];
const COMPARE: Readonly<Record<Compare, (pair: Pair) => boolean>> = {
  '==': ([a, b]) => a === b,
  '!=': ([a, b]) => a !== b,
  '<': ([a, b]) => (a as number) < (b as number),
  '<=': ([a, b]) => (a as number) <= (b as number),
  '>': ([a, b]) => (a as number) > (b as number),
  '>=': ([a, b]) => (a as number) >= (b as number),
};

const arithmeticClosure = (node: NodeOf<'arithmetic'>): Closure => {
  const sides = [compileClosure(node.left), compileClosure(node.right)];
  switch (node.sign) {
    case '+':
      return strict(sides, ([a, b]) => (a as number) + (b as number));
    case '-':
      return strict(sides, ([a, b]) => (a as number) - (b as number));
    case '*':
      return strict(sides, ([a, b]) => (a as number) * (b as number));
    case '/':
      return strict(sides, ([a, b]) => (b === 0 ? null : (a as number) / (b as number)));
  }
};

const chooseClosure = (node: NodeOf<'choose'>): Closure => {
  const [when, then, otherwise] = [node.when, node.yes, node.no].map(compileClosure) as [Closure, Closure, Closure];
  return (frame) => {
    const asked = when(frame);
    if (asked === null) return null;
    return asked ? then(frame) : otherwise(frame);
  };
};

const fieldClosure = ({ of, field }: NodeOf<'field'>): Closure => {
  const element = compileClosure(of);
  return (frame) => (element(frame) as unknown as Readonly<Record<string, Value | undefined>>)[field] ?? null;
};

/** How long a unit lasted and why it ended is known when it has ended, and not read when that is past the horizon. */
const AT_THE_END: ReadonlySet<string> = new Set(['duration_ms', 'end_reason']);

const readClosure = ({ record, field }: NodeOf<'read'>): Closure => {
  if (record === 'unit' && AT_THE_END.has(field)) {
    return ({ unit: { unit }, horizonMs }) =>
      (unit.duration_ms ?? 0) > horizonMs ? null : ((unit as Readonly<Record<string, Value>>)[field] ?? null);
  }
  if (field === 'intents') return ({ unit }) => (isTold(unit) ? (unit.unit.intents as unknown as Scalar) : null);
  return ({ unit }) => (unit[record] as unknown as Readonly<Record<string, Value | undefined>>)[field] ?? null;
};

/** An intent that is not named among those that are has probability 0; without any the posterior is unknown. */
const intentOf = (unit: Unit, intent: string): number | null =>
  isTold(unit) ? (unit.unit.intents?.[intent] ?? 0) : null;

const isTold = ({ unit: { intents } }: Unit): boolean =>
  intents !== undefined && intents !== null && Object.keys(intents).length > 0;

const eventsClosure = (path: ListPath): Closure => {
  if (path === 'usual.units') return ({ unit }) => unit.usual.units as unknown as readonly Element[];
  const isLater = path.startsWith('later.');
  const name = (isLater ? path.slice('later.'.length) : path) as EventListName;
  return ({ unit, horizonMs }) => {
    const from: Partial<EventLists> = isLater ? unit.later : unit;
    return upTo(from[name] as readonly { readonly at: number }[], horizonMs) as unknown as readonly Element[];
  };
};

/** Events are in order of time: most often all of them lie inside. */
const upTo = (events: readonly { readonly at: number }[], horizonMs: number) => {
  const last = events.at(-1);
  return last === undefined || last.at <= horizonMs ? events : events.filter(({ at }) => at <= horizonMs);
};

const macroClosure = (node: NodeOf<'filter' | 'map' | 'exists' | 'all'>): Closure => {
  const list = compileClosure(node.list);
  const body = compileClosure(node.body);
  const { op, slot } = node;
  const each = (frame: Frame, element: Element): Value => {
    frame.slots[slot] = element;
    return body(frame);
  };
  switch (op) {
    case 'filter':
      return (frame) => filtered(list(frame) as readonly Element[] | null, (element) => each(frame, element));
    case 'map':
      return (frame) => mapped(list(frame) as readonly Element[] | null, (element) => each(frame, element));
    case 'exists':
    case 'all':
      return (frame) =>
        quantified(list(frame) as readonly Element[] | null, op === 'exists', (element) => each(frame, element));
  }
};

/** What cannot be decided of one element cannot be decided of the list. */
const filtered = (list: readonly Element[] | null, test: (element: Element) => Value): Value => {
  if (list === null) return null;
  const kept: Element[] = [];
  for (const element of list) {
    const is = test(element);
    if (is === null) return null;
    if (is) kept.push(element);
  }
  return kept;
};

const mapped = (list: readonly Element[] | null, of: (element: Element) => Value): Value => {
  if (list === null) return null;
  const made: Element[] = [];
  for (const element of list) {
    const value = of(element);
    if (value === null) return null;
    made.push(value as Scalar);
  }
  return made;
};

/** `exists` is decided by one that is, `all` by one that is not; else one unknown makes the whole unknown. */
const quantified = (list: readonly Element[] | null, decides: boolean, test: (element: Element) => Value): Value => {
  if (list === null) return null;
  let unknown = false;
  for (const element of list) {
    const is = test(element);
    if (is === decides) return decides;
    unknown ||= is === null;
  }
  return unknown ? null : !decides;
};
