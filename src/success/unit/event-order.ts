/** The order of events, and each of them once: alike in the batch, in the stream and in ClickHouse. */

export interface Ordered {
  readonly at: number;
  readonly event_id: string;
}

/** By code points, as the bytes of UTF-8 compare: UTF-16 puts the surrogate pairs elsewhere. */
export const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    const x = left.next();
    const y = right.next();
    if (x.done || y.done) return x.done ? (y.done ? 0 : -1) : 1;
    const difference = x.value.codePointAt(0)! - y.value.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
};

export const compareEvents = (a: Ordered, b: Ordered): number => a.at - b.at || compareText(a.event_id, b.event_id);

/** In order of (at, event_id); of an id that comes again the first counts. */
export const inOrder = <Event extends Ordered>(events: readonly Event[]): readonly Event[] => {
  const seen = new Set<string>();
  return events.filter(({ event_id }) => !seen.has(event_id) && seen.add(event_id)).sort(compareEvents);
};
