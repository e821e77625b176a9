/** Reading past the horizon: a comparison of a time with a length that lies beyond all that is ever read. */

import { DAY_MS } from '#domain';
import { type Node, walk } from '../language/node.ts';
import { report } from '../source/document.ts';
import { durationWords } from '../source/duration.ts';
import type { Draft, Places } from '../source/parse-definition.ts';
import { clausesOf } from './clauses.ts';

type Known = Draft & { readonly horizonMs: number };

/** Needs the horizon and the expressions that can be read: other errors do not stand in its way. */
export const checkHorizon = (draft: Draft, places: Places): void => {
  const { horizonMs } = draft;
  if (horizonMs === undefined) return;
  const definition: Known = { ...draft, horizonMs };
  for (const { where, node } of clausesOf(definition)) {
    walk(node, (inner) => {
      for (const beyond of beyondIn(inner, definition)) {
        const span = {
          start: places.inExpression(where, beyond.start),
          end: places.inExpression(where, Math.max(beyond.end - 1, beyond.start)) + 1,
        };
        const horizon = durationWords(definition.horizonMs);
        report(
          places.source,
          'horizon',
          span,
          `this asks for what happens up to ${wordsOf(beyond.ms)} after the unit began, and nothing after the horizon of ` +
            `${horizon} is read: shorten it, or set horizon: ${durationWords(Math.ceil(beyond.ms / DAY_MS) * DAY_MS)}`,
        );
      }
    });
  }
};

const wordsOf = (ms: number): string => durationWords(Math.round(ms));

interface Beyond {
  readonly ms: number;
  readonly start: number;
  readonly end: number;
}

const beyondIn = (node: Node, definition: Known): readonly Beyond[] => {
  if (node.op === 'call' && node.name === 'longest_gap') return constantsIn(node.args[2]!, 1, definition);
  if (node.op !== 'compare') return [];
  const scale = scaleOf(node.left, definition) ?? scaleOf(node.right, definition);
  if (scale === undefined) return [];
  return [node.left, node.right].flatMap((side) => constantsIn(side, scale, definition));
};

/**
 * Milliseconds in one unit of an expression that counts from when the unit began: 1 of `p.at`, a day of `p.day`, an
 * hour of `p.at / hours(1)`. Undefined for everything else.
 */
const scaleOf = (node: Node, definition: Known): number | undefined => {
  switch (node.op) {
    case 'field':
      return { at: 1, day: DAY_MS }[node.field as 'at'];
    case 'let':
      return scaleOf(definition.lets[node.index]!.node, definition);
    case 'map':
      return scaleOf(node.body, definition);
    case 'call':
      return MOMENTS.has(node.name) ? scaleOf(node.args[0]!, definition) : undefined;
    case 'choose':
      return scaleOf(node.yes, definition) ?? scaleOf(node.no, definition);
    case 'arithmetic':
      return scaleOfArithmetic(node, definition);
    default:
      return undefined;
  }
};

/** Functions that give one of the times they take. */
const MOMENTS: ReadonlySet<string> = new Set([
  'smallest',
  'largest',
  'mean',
  'min',
  'max',
  'clamp',
  'floor',
  'distinct',
]);

const scaleOfArithmetic = (
  { sign, left, right }: Extract<Node, { op: 'arithmetic' }>,
  definition: Known,
): number | undefined => {
  const scale = scaleOf(left, definition) ?? scaleOf(right, definition);
  if (scale === undefined || sign === '+' || sign === '-') return scale;
  if (right.op !== 'const' || typeof right.value !== 'number' || right.value === 0) return undefined;
  return sign === '/' ? scale * right.value : scale / right.value;
};

/** Constants that are added to one side of the comparison and reach beyond the horizon. */
const constantsIn = (node: Node, scale: number, definition: Known): readonly Beyond[] => {
  if (node.op === 'const' && typeof node.value === 'number') {
    const ms = node.value * scale;
    return ms > definition.horizonMs ? [{ ms, start: node.start, end: node.end }] : [];
  }
  if (node.op === 'arithmetic' && (node.sign === '+' || node.sign === '-')) {
    return [node.left, node.right].flatMap((side) => constantsIn(side, scale, definition));
  }
  return [];
};
