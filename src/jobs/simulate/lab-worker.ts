/** Lives the worlds of the Lab in a thread of its own. Started by `runLab`; ends when it is done. */

import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { DAY_MS } from '#domain';
import {
  type ComparedCurve,
  catalogueItems,
  compareWeeks,
  createFrame,
  type RunCounts,
  type WorldDocument,
} from '#simulation';
import type { LabRequest } from './lab-limits.ts';
import { LifeLog, type LifePerson } from './life-log.ts';
import { ID_PREFIX, simulate } from './simulate.ts';

export interface LabWork {
  readonly request: LabRequest;
  /** The world of the request. */
  readonly document: WorldDocument;
}

export type LabMessage =
  | { readonly kind: 'day'; readonly done: number; readonly total: number }
  /** As JSON bytes that change hands without a copy: reading all lives at once would hold up the server. */
  | { readonly kind: 'life'; readonly policy: 'first' | 'second'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'people'; readonly people: readonly LifePerson[] }
  | { readonly kind: 'done'; readonly curves: readonly ComparedCurve[]; readonly events: number };

/** The worlds begin on a Monday, the same as those of the command line. */
const START = Date.UTC(2026, 0, 5);

const { request, document: chosen } = workerData as LabWork;
// On Linux a priority is a thread's own: answers come first.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const say = (message: LabMessage, transfer: ArrayBuffer[] = []): void => parentPort?.postMessage(message, transfer);

const days = request.weeks * 7;
const counts: Record<'first' | 'second', RunCounts[]> = { first: [], second: [] };
let runs = 0;
let events = 0;

const live = async (place: 'first' | 'second', world: number): Promise<void> => {
  const rules = { ...chosen.rules, 'listeners.count': request.listeners };
  const document = { ...chosen, seed: `${request.seed}/${world}`, rules };
  const frame =
    world > 1 ? null : createFrame(document, { start: START, until: START + days * DAY_MS, prefix: ID_PREFIX });
  const log = frame && new LifeLog(frame, catalogueItems(frame.catalogue, frame.shows, frame.start));
  const result = await simulate({
    document,
    days,
    start: START,
    policy: request[place],
    folder: null,
    shards: 1,
    ...(log && { watch: log }),
    onDay: (done, total) => say({ kind: 'day', done: runs * total + done, total: request.worlds * 2 * total }),
  });
  runs++;
  events += result.events;
  counts[place].push(result.counts);
  for (const life of log?.lives() ?? []) {
    const bytes = new TextEncoder().encode(JSON.stringify(life));
    say({ kind: 'life', policy: place, bytes }, [bytes.buffer]);
  }
  if (log !== null && place === 'first') say({ kind: 'people', people: log.people() });
};

for (let world = 1; world <= request.worlds; world++) {
  await live('first', world);
  await live('second', world);
}
say({ kind: 'done', curves: compareWeeks(counts.first, counts.second), events });
