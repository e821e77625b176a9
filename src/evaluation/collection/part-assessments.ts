/** Judgments of parts by several assessors: what most of them marked, and how far they agree in seconds. */

import {
  type JudgedPart,
  lengthOf,
  overlapWith,
  type Part,
  relevantSpans,
  type Span,
  spanOf,
  unionOf,
} from '../focused/parts.ts';
import type { Agreement } from './assessments.ts';
import { cohenKappa } from './kappa.ts';

export const secondsOf = (parts: readonly JudgedPart[]): number =>
  [...relevantSpans(parts).values()].reduce((sum, spans) => sum + lengthOf(spans), 0);

/** The seconds that more than half of the assessors marked relevant, as parts; of two, those that both did. */
export const mergeParts = (opinions: readonly (readonly JudgedPart[])[]): JudgedPart[] => {
  const marked = opinions.map(relevantSpans);
  const sources = [...new Set(marked.flatMap((spans) => [...spans.keys()]))].sort();
  return sources.flatMap((source) => {
    const all = marked.map((spans) => spans.get(source) ?? []);
    const edges = [...new Set(all.flat(2))].sort((a, b) => a - b);
    const agreed = edges.slice(1).flatMap((end, n): Span[] => {
      const span: Span = [edges[n]!, end];
      return all.filter((spans) => overlapWith(spans, span) > 0).length > opinions.length / 2 ? [span] : [];
    });
    return unionOf(agreed).map(([start, end]) => ({ source, start, end, relevance: 1 }));
  });
};

/** What of the relevant parts lies in these parts. */
export const keptParts = (relevant: readonly JudgedPart[], within: readonly Part[]): JudgedPart[] =>
  relevant.flatMap((part) =>
    unionOf(within.filter(({ source }) => source === part.source).map(spanOf)).flatMap(([from, to]) => {
      const [start, end] = [Math.max(from, part.start), Math.min(to, part.end)];
      return end > start ? [{ ...part, start, end }] : [];
    }),
  );

export interface PartAssessor {
  readonly name: string;
  readonly topics: ReadonlyMap<string, readonly JudgedPart[]>;
}

/**
 * Agreement of each two assessors over the seconds of the pool, topics that both judged. Neighbouring seconds are not
 * independent, so the interval of κ is too narrow: take it as a lower bound of the doubt.
 */
export const agreeInSeconds = (
  assessors: readonly PartAssessor[],
  pool: readonly { readonly id: string; readonly parts: readonly Part[] }[],
): Agreement[] =>
  assessors.flatMap((first, n) => assessors.slice(n + 1).map((second) => agreementOf(first, second, pool)));

const agreementOf = (
  first: PartAssessor,
  second: PartAssessor,
  pool: readonly { readonly id: string; readonly parts: readonly Part[] }[],
): Agreement => {
  let [pooled, ofFirst, ofSecond, ofBoth] = [0, 0, 0, 0];
  for (const { id, parts } of pool) {
    const [a, b] = [first.topics.get(id), second.topics.get(id)];
    if (a === undefined || b === undefined) continue;
    pooled += unionSeconds(parts);
    ofFirst += secondsOf(keptParts(asOne(a), parts));
    ofSecond += secondsOf(keptParts(asOne(b), parts));
    ofBoth += secondsOf(keptParts(mergeParts([a, b]), parts));
  }
  const counts = [ofBoth, ofFirst - ofBoth, ofSecond - ofBoth, pooled - ofFirst - ofSecond + ofBoth];
  const kappa = cohenKappa([1, 1, 0, 0], [1, 0, 1, 0], 'none', counts);
  const same = counts[0]! + counts[3]!;
  return { assessors: [first.name, second.name], both: pooled, same, kappa, weightedKappa: kappa };
};

const asOne = (parts: readonly JudgedPart[]): JudgedPart[] => mergeParts([parts]);

const unionSeconds = (parts: readonly Part[]): number => secondsOf(parts.map((part) => ({ ...part, relevance: 1 })));
