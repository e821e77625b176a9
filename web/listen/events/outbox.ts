/**
 * Events on their way. Impressions are gathered for a moment, all else goes at once; what could not be delivered is tried
 * again with the same ids, so nothing counts twice. An answer that refuses an event is told, not hidden.
 */

import type { Receipts } from '#api';
import type { WireEvent } from './wire-event.ts';

const GATHER_MS = 2000;
const RETRY_MS = 4000;
/** One request stays well below the limit of browsers for requests that outlive the page (64 KiB). */
const BATCH = 60;
/** With the server away for long, the oldest go first. */
const MOST_WAITING = 2000;

export interface OutboxEffects {
  /** `outlive`: the request goes on when the page is left. */
  post(events: readonly WireEvent[], outlive: boolean): Promise<Receipts>;
  later(ms: number, run: () => void): void;
  /** An event was not taken, in words. */
  refused(reason: string): void;
  /** Whether the failure may pass, so that trying again makes sense. */
  mayPass(error: unknown): boolean;
}

export interface Outbox {
  /** Resolves when the event has been answered for; rejects when it could not be delivered now. */
  send(event: WireEvent): Promise<void>;
  gather(event: WireEvent): void;
  /** The page is being left: whatever waits goes now. */
  leave(): void;
  /** Whatever waits is forgotten: nothing of an erased listener may arrive later. */
  forget(): void;
}

export const createOutbox = ({ post, later, refused, mayPass }: OutboxEffects): Outbox => {
  let waiting: readonly WireEvent[] = [];
  let scheduled = false;

  const read = (receipts: Receipts) => {
    for (const receipt of receipts.results) {
      if (receipt.outcome !== 'refused') continue;
      refused(receipt.errors?.map(({ field, reason }) => `${field}: ${reason}`).join('; ') ?? 'no reason given');
    }
  };

  const keep = (events: readonly WireEvent[]) => {
    waiting = [...events, ...waiting].slice(-MOST_WAITING);
    schedule(RETRY_MS);
  };

  const deliver = async (events: readonly WireEvent[], outlive: boolean) => {
    try {
      read(await post(events, outlive));
    } catch (error) {
      if (mayPass(error)) keep(events);
      else refused(error instanceof Error ? error.message : String(error));
      throw error;
    }
  };

  const flush = (outlive: boolean) => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      deliver(batch, outlive).catch(() => undefined);
    }
  };

  const schedule = (ms: number) => {
    if (scheduled) return;
    scheduled = true;
    later(ms, () => {
      scheduled = false;
      flush(false);
    });
  };

  return {
    send: (event) => deliver([event], true),
    gather(event) {
      waiting = [...waiting, event].slice(-MOST_WAITING);
      schedule(GATHER_MS);
    },
    leave: () => flush(true),
    forget() {
      waiting = [];
    },
  };
};
