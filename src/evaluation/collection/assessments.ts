/** Judgments of several assessors made one. */

import type { Estimate } from '#domain';
import { cohenKappa } from './kappa.ts';

/** Levels by document, by topic. */
export type Levels = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface Assessor {
  readonly name: string;
  readonly levels: Levels;
}

export interface Agreement {
  readonly assessors: readonly [string, string];
  /** Documents that both judged, and those of them with the same level. */
  readonly both: number;
  readonly same: number;
  readonly kappa: Estimate;
  /** With quadratic weights: levels have an order. */
  readonly weightedKappa: Estimate;
}

/** Agreement of each two assessors over what both judged. */
export const agreements = (assessors: readonly Assessor[]): Agreement[] =>
  assessors.flatMap((first, n) =>
    assessors.slice(n + 1).map((second) => {
      const pairs = [...first.levels].flatMap(([topic, documents]) =>
        [...documents].flatMap(([document, level]) => {
          const other = second.levels.get(topic)?.get(document);
          return other === undefined ? [] : [[level, other] as const];
        }),
      );
      const [a, b] = [pairs.map(([level]) => level), pairs.map(([, level]) => level)];
      return {
        assessors: [first.name, second.name] as const,
        both: pairs.length,
        same: pairs.filter(([level, other]) => level === other).length,
        kappa: cohenKappa(a, b),
        weightedKappa: cohenKappa(a, b, 'quadratic'),
      };
    }),
  );

/** The middle level of each document's judgments, of two middle ones the lower: doubt does not make relevant. */
export const mergeAssessments = (assessors: readonly Assessor[]): Levels => {
  const all = new Map<string, Map<string, number[]>>();
  for (const { levels } of assessors) {
    for (const [topic, documents] of levels) {
      const merged = all.get(topic) ?? new Map<string, number[]>();
      all.set(topic, merged);
      for (const [document, level] of documents) merged.set(document, [...(merged.get(document) ?? []), level]);
    }
  }
  return new Map(
    [...all].map(([topic, documents]) => [
      topic,
      new Map([...documents].map(([document, levels]) => [document, lowerMedian(levels)])),
    ]),
  );
};

const lowerMedian = (levels: readonly number[]): number =>
  levels.toSorted((a, b) => a - b)[Math.floor((levels.length - 1) / 2)]!;
