/** A definition as a closure: one unit in, its outcome out. Pure, and the same as the SQL of `../sql`. */

import { type Definition, type Label, MAX_EVIDENCE, type Outcome } from '../definition.ts';
import { evidenceTerms } from '../evidence.ts';
import type { Node } from '../language/node.ts';
import { compareEvents } from '../unit/event-order.ts';
import type { Unit } from '../unit/unit.ts';
import { type Closure, compileClosure, type Frame, type Value } from './compile.ts';

/** What the parts of a definition came to, for those who want to see inside. */
export interface Working {
  readonly lets: readonly Value[];
  readonly achieved: boolean | null;
  readonly failed: boolean | null;
  readonly unknown: boolean | null;
}

export interface CompiledDefinition {
  readonly definition: Definition;
  /** The outcome of a unit of the definition's kind. */
  evaluate(unit: Unit): Outcome;
  /** Value and effort as the expressions give them, before their ranges are held against them. */
  raw(unit: Unit): { readonly value: Value; readonly effort: Value };
  /** The outcome with what it rests on; `moved` puts other values in place of lets, by place. */
  work(unit: Unit, moved?: ReadonlyMap<number, number>): { readonly outcome: Outcome; readonly working: Working };
}

type Events = readonly { readonly at: number; readonly event_id: string }[];
type Gather = (frame: Frame, working: Working) => readonly string[];

export const compileDefinition = (definition: Definition): CompiledDefinition => {
  const { lets, horizonMs } = definition;
  const letClosures = lets.map(({ node }) => compileClosure(node));
  const achieved = compileClosure(definition.achieved.node);
  const failed = definition.failed && compileClosure(definition.failed.node);
  const unknown = definition.unknown && compileClosure(definition.unknown.node);
  const value = compileClosure(definition.value.node);
  const effort = definition.effort && compileClosure(definition.effort.node);
  const gather = gatherers(definition);

  const frameOf = (unit: Unit, moved?: ReadonlyMap<number, number>): Frame => {
    const frame: Frame = { unit, horizonMs, lets: [], slots: [] };
    for (const [place, closure] of letClosures.entries()) frame.lets.push(moved?.get(place) ?? closure(frame));
    return frame;
  };
  const workingOf = (frame: Frame): Working => {
    const is = achieved(frame) as boolean | null;
    return {
      lets: frame.lets,
      achieved: is,
      failed: failed ? (failed(frame) as boolean | null) : not(is),
      unknown: unknown ? (unknown(frame) as boolean | null) : false,
    };
  };
  const work = (unit: Unit, moved?: ReadonlyMap<number, number>) => {
    const frame = frameOf(unit, moved);
    const working = workingOf(frame);
    const label = labelOf(working);
    const isKnown = working.unknown === false;
    const outcome: Outcome = {
      label,
      value: isKnown ? within(value(frame), 1) : null,
      effort: isKnown && effort ? within(effort(frame), Number.POSITIVE_INFINITY) : null,
      mature: unit.observed_until >= unit.start + horizonMs,
      // What is only tried out has no evidence: gathering it would be half of the work.
      evidence: moved ? [] : gather[working.unknown ? 'unknown' : label](frame, working),
    };
    return { outcome, working };
  };
  const raw = (unit: Unit) => {
    const frame = frameOf(unit);
    return { value: value(frame), effort: effort ? effort(frame) : null };
  };
  return { definition, evaluate: (unit) => work(unit).outcome, work, raw };
};

const not = (is: boolean | null): boolean | null => (is === null ? null : !is);

/**
 * Unknown first, then failed, then achieved. What cannot be decided is unknown; so is what neither achieves nor fails.
 */
const labelOf = ({ achieved, failed, unknown }: Working): Label => {
  if (unknown !== false || failed === null) return 'unknown';
  if (failed) return 'failed';
  return achieved ? 'achieved' : 'unknown';
};

/** A number outside of its range is no number that a reader could use. */
const within = (value: Value, most: number): number | null =>
  typeof value === 'number' && value >= 0 && value <= most ? value : null;

const gatherers = (definition: Definition): Readonly<Record<Label, Gather>> => {
  const { achieved, failed, unknown } = definition;
  const of = (node: Node, is: boolean): Gather => gathererOf(node, is, definition);
  return {
    achieved: of(achieved.node, true),
    failed: failed ? of(failed.node, true) : of(achieved.node, false),
    unknown: whenTrue(unknown ? of(unknown.node, true) : () => []),
  };
};

/** Nothing decided a label that is unknown because nothing could be decided. */
const whenTrue =
  (gather: Gather): Gather =>
  (frame, working) =>
    working.unknown ? gather(frame, working) : [];

const gathererOf = (node: Node, is: boolean, { lets }: Definition): Gather => {
  const terms = evidenceTerms(node, is, lets).map(({ list, guards }) => ({
    list: compileClosure(list),
    guards: guards.map((guard): [Closure, boolean] => [compileClosure(guard.node), guard.is]),
  }));
  return (frame) => {
    const found = new Map<string, Events[number]>();
    for (const { list, guards } of terms) {
      if (!guards.every(([closure, wanted]) => closure(frame) === wanted)) continue;
      for (const event of (list(frame) ?? []) as unknown as Events) found.set(`${event.at} ${event.event_id}`, event);
    }
    return [...found.values()]
      .sort(compareEvents)
      .slice(0, MAX_EVIDENCE)
      .map(({ event_id }) => event_id);
  };
};
