/** A world served from outside, request by request in order of time: by the engine in this process or over HTTP. */

import { DAY_MS, type EpochMs, type Item, type ListenerEvent } from '#domain';
import {
  type Asking,
  catalogueItems,
  createFrame,
  daysOf,
  eventLine,
  Shard,
  type ShardCounts,
  type Slate,
  type SlateRequest,
  type Stretch,
  truthLines,
  type WorldDocument,
  type WorldFrame,
} from '#simulation';
import { RunFiles } from './run-files.ts';
import type { Watch } from './run-reference.ts';

/** A service under test, as its client sees it. */
export interface OutsideService {
  /** Items that came out since it was told last. */
  putItems(items: readonly Item[]): Promise<void>;
  /** What a client posts; it may wait until the next answer is asked for. */
  take(event: ListenerEvent): void;
  answer(request: SlateRequest): Promise<Slate>;
  /** After the n-th day of the world, 0 the first: when services learn. */
  endDay(n: number, now: EpochMs): Promise<void>;
  close(): Promise<void>;
}

export interface ServedRunOptions {
  readonly document: WorldDocument;
  readonly stretch: Stretch;
  /** Makes the service; `log` is told of slates that it logs itself. */
  readonly serviceOf: (frame: WorldFrame, log: (event: ListenerEvent) => void) => OutsideService;
  /** Where lines go; null counts alone. */
  readonly folder: string | null;
  readonly onDay?: (done: number, total: number) => void;
  readonly signal?: AbortSignal | undefined;
  readonly watch?: Watch | undefined;
}

/** Begins at the first day each time: what a service remembers cannot be taken up in the middle. */
export const runServed = async (options: ServedRunOptions): Promise<{ counts: ShardCounts; events: number }> => {
  const { document, stretch, folder, signal, watch } = options;
  const files = folder === null ? null : RunFiles.open(folder, '').files;
  const frame = createFrame(document, stretch);
  const write = (event: ListenerEvent): void => {
    watch?.event?.(event);
    files?.write('events', `${eventLine(event)}\n`);
  };
  const service = options.serviceOf(frame, write);
  const shard = new Shard({
    frame,
    seed: document.seed,
    first: 0,
    end: frame.listeners,
    service: { notesOf: () => null },
    emit: (event) => {
      write(event);
      service.take(event);
    },
    truth: files === null ? (watch?.truth ?? null) : truthLines((line) => files.write('oracle', `${line}\n`)),
  });
  try {
    const { first, last } = daysOf(stretch);
    let told = Number.NEGATIVE_INFINITY;
    for (let day = first; day <= last; day++) {
      signal?.throwIfAborted();
      const now = Math.max(frame.start, (day + 1) * DAY_MS);
      await service.putItems(releasedIn(frame, told, now));
      told = now;
      await liveInOrder(shard.beginDay(day), service);
      shard.endDay(day, shard.tally.listensToday);
      await service.endDay(day - frame.firstDay, now);
      options.onDay?.(day - first + 1, last - first + 1);
    }
    const { listeners, weeks, cells, shownByTrack } = shard.tally;
    const days = (stretch.until - stretch.start) / DAY_MS;
    return { counts: { listeners, weeks, days, cells, shown: shownByTrack }, events: shard.tally.events };
  } finally {
    files?.close();
    await service.close();
  }
};

const releasedIn = (frame: WorldFrame, from: EpochMs, to: EpochMs): readonly Item[] =>
  catalogueItems(frame.catalogue, frame.shows, frame.start).filter((item) => {
    const at = Date.parse(item.releasedOn ?? '');
    return at >= from && at < to;
  });

/** Always the earliest request next, as a server would meet them. */
const liveInOrder = async (days: ReturnType<Shard['beginDay']>, service: OutsideService): Promise<void> => {
  const waiting: { readonly asking: Asking<void>; readonly request: SlateRequest }[] = [];
  for (const asking of days) {
    const step = asking.next();
    if (step.done !== true) waiting.push({ asking, request: step.value });
  }
  while (waiting.length > 0) {
    let next = 0;
    for (let n = 1; n < waiting.length; n++) if (waiting[n]!.request.at < waiting[next]!.request.at) next = n;
    const { asking, request } = waiting[next]!;
    const step = asking.next(await service.answer(request));
    if (step.done === true) waiting.splice(next, 1);
    else waiting[next] = { asking, request: step.value };
  }
};
