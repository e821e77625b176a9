/** Parts of recordings: intervals of time, in seconds. */

/** [start, end) of a recording (an episode, a track, a playlist), in seconds. */
export interface Part {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

export interface JudgedPart extends Part {
  /** Above 0: relevant. */
  readonly relevance: number;
}

export interface RetrievedPart extends Part {
  readonly rank: number;
  /** Where the listener is put in: the start, unless the run says otherwise. */
  readonly jumpIn: number;
}

/** An interval of one recording. */
export type Span = readonly [start: number, end: number];

export const durationOf = ({ start, end }: Part): number => Math.max(0, end - start);

/** The spans as disjoint ones in order; those that touch become one, empty ones none. */
export const unionOf = (spans: readonly Span[]): Span[] => {
  const united: [number, number][] = [];
  const sorted = spans.filter(([start, end]) => end > start).sort((a, b) => a[0] - b[0]);
  for (const [start, end] of sorted) {
    const last = united.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else united.push([start, end]);
  }
  return united;
};

/** Length of a span that lies in a union. */
export const overlapWith = (union: readonly Span[], [start, end]: Span): number => {
  let length = 0;
  for (const [from, to] of union) length += Math.max(0, Math.min(end, to) - Math.max(start, from));
  return length;
};

export const lengthOf = (union: readonly Span[]): number => union.reduce((sum, [start, end]) => sum + end - start, 0);

export const spanOf = ({ start, end }: Part): Span => [start, end];

/** Parts by recording, in the order given. */
export const bySource = <P extends Part>(parts: readonly P[]): Map<string, P[]> => {
  const groups = new Map<string, P[]>();
  for (const part of parts) {
    const group = groups.get(part.source);
    if (group === undefined) groups.set(part.source, [part]);
    else group.push(part);
  }
  return groups;
};

/** What is relevant of each recording, as disjoint spans. */
export const relevantSpans = (judged: readonly JudgedPart[]): Map<string, Span[]> =>
  new Map(
    [...bySource(judged.filter(({ relevance, start, end }) => relevance > 0 && end > start))].map(([source, parts]) => [
      source,
      unionOf(parts.map(spanOf)),
    ]),
  );
