/**
 * Parts judged one by one, as MediaEval's Search and Hyperlinking tasks did [Aly2013]: by any overlap, by bins of time,
 * and by what a listener with limited tolerance comes to hear. Times are whole seconds.
 */

import { bySource, type JudgedPart, type Part } from './parts.ts';

/** Of a ranked part: relevant, judged not relevant, not judged; and the first two where they were heard before. */
export type PartStatus = '1' | '0' | '-' | 's' | 'S';

/** Judged parts of a topic, merged where they overlap, by recording. */
export interface MergedParts {
  readonly relevant: ReadonlyMap<string, readonly Part[]>;
  readonly other: ReadonlyMap<string, readonly Part[]>;
  /** Merged relevant parts. */
  readonly relevantCount: number;
}

export const mergeJudged = (judged: readonly JudgedPart[]): MergedParts => {
  const relevant = merged(judged.filter(({ relevance }) => relevance > 0));
  const other = merged(judged.filter(({ relevance }) => relevance <= 0));
  return { relevant, other, relevantCount: countOf(relevant) };
};

export const countOf = (parts: ReadonlyMap<string, readonly unknown[]>): number =>
  [...parts.values()].reduce((sum, list) => sum + list.length, 0);

/** Parts that touch count as overlapping. */
const merged = (parts: readonly Part[]): Map<string, Part[]> => {
  const groups = bySource(parts);
  for (const [source, group] of groups) {
    const sorted = [...group].sort((a, b) => a.start - b.start || a.end - b.end);
    const done: Part[] = [];
    for (const part of sorted) {
      const last = done.at(-1);
      if (last !== undefined && touches(last, part)) {
        done[done.length - 1] = { source, start: Math.min(last.start, part.start), end: Math.max(last.end, part.end) };
      } else done.push(part);
    }
    groups.set(source, done);
  }
  return groups;
};

const touches = (a: Part, b: Part): boolean =>
  (a.start <= b.start && b.start <= a.end) || (b.start <= a.start && a.start <= b.end);

/** By any overlap, be it a single point. */
export const statusesByOverlap = (ranking: readonly Part[], { relevant, other }: MergedParts): PartStatus[] =>
  ranking.map((part) => {
    const meets = (parts: ReadonlyMap<string, readonly Part[]>): boolean =>
      (parts.get(part.source) ?? []).some((judged) => touches(judged, part));
    return meets(relevant) ? '1' : meets(other) ? '0' : '-';
  });

/** By bins: a part becomes the bins that it reaches into, each told once, where it is first ranked. */
export const statusesByBin = (
  ranking: readonly Part[],
  judged: readonly JudgedPart[],
  binSeconds: number,
): { readonly statuses: PartStatus[]; readonly relevantCount: number } => {
  const binsWith = (wanted: (relevance: number) => boolean): Set<string> =>
    new Set(judged.filter(({ relevance }) => wanted(relevance)).flatMap((part) => binsOf(part, binSeconds)));
  const relevant = binsWith((relevance) => relevance > 0);
  const other = binsWith((relevance) => relevance <= 0);
  const ranked = [...new Set(ranking.flatMap((part) => binsOf(part, binSeconds)))];
  const statuses = ranked.map((bin) => (relevant.has(bin) ? '1' : other.has(bin) ? '0' : '-'));
  return { statuses, relevantCount: relevant.size };
};

/** Bins by number and recording. */
const binsOf = ({ source, start, end }: Part, seconds: number): string[] => {
  const first = Math.floor(start / seconds);
  const last = Math.floor((end - 1) / seconds);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => `${first + n} ${source}`);
};

/**
 * By tolerance: relevant when something relevant begins or goes on within the first `tolerance` seconds. The listener then
 * hears it to its end, and parts that reach into what was heard are marked as heard before.
 */
export const statusesByTolerance = (
  ranking: readonly Part[],
  { relevant, other }: MergedParts,
  tolerance: number,
): PartStatus[] => {
  const heard = new Map<string, Part[]>();
  return ranking.map((part): PartStatus => {
    const { source, start } = part;
    const found = within(relevant, { source, start, end: start + tolerance });
    const isHeard = within(heard, part).length > 0;
    if (found.length === 0) return within(other, part).length === 0 ? '-' : isHeard ? 'S' : '0';
    if (isHeard) return 's';
    const end = Math.max(start + tolerance, ...found.map((judged) => judged.end));
    heard.set(source, [...(heard.get(source) ?? []), { source, start, end }]);
    return '1';
  });
};

/** Parts that share a whole second with this one; a part that ends at 0 stands for its first second. */
const within = (parts: ReadonlyMap<string, readonly Part[]>, { source, start, end }: Part): readonly Part[] => {
  const last = end === 0 ? start + 1 : end;
  return (parts.get(source) ?? []).filter((other) => Math.max(other.start, start) < Math.min(other.end, last));
};
