/** What a listener did with an item after a moment, whatever led to it: the outcome of showing it, or of not showing it. */

import { type EpochMs, isListen, type ListenerEvent } from '#domain';
import { ACT_OF_ACTION, type Downstream, type DownstreamAct, type Kin, nothing, WITHIN } from './downstream.ts';

interface Done {
  readonly at: EpochMs;
  readonly act: DownstreamAct;
}

interface Listen {
  readonly at: EpochMs;
  readonly itemId: string;
}

export interface ActsToward {
  /**
   * Acts in the time after the moment in which `downstreamActs` would credit an impression of then: the first listen within
   * a day, those after it within a week as repeats, the rest as it names them. Undefined: none.
   */
  after(itemId: string, at: EpochMs): Downstream | undefined;
}

/** Of one listener's events. O(events) once, O(acts with the item, its artist or album) a question. */
export const actsToward = (events: readonly ListenerEvent[], kinOf: (itemId: string) => Kin): ActsToward => {
  const done = new Map<string, Done[]>();
  const listens = new Map<string, Listen[]>();
  for (const event of events.toSorted((a, b) => a.at - b.at)) {
    if (event.kind === 'play') {
      const { at, itemId } = event;
      for (const key of isListen(event) ? [itemId, kinOf(itemId).albumId] : []) put(listens, key, { at, itemId });
    } else {
      const act = actOf(event);
      if (act !== undefined && 'itemId' in event) put(done, event.itemId, { at: event.at, act });
    }
  }
  return {
    after: (itemId, at) => {
      const { artistId, albumId } = kinOf(itemId);
      const counting = new Counting(at);
      for (const key of new Set([itemId, artistId, albumId])) {
        for (const { act, at: when } of of(done, key)) counting.count(act, when);
      }
      for (const { at: when } of of(listens, itemId))
        counting.count(counting.has('listen') ? 'repeat' : 'listen', when);
      for (const listen of of(listens, albumId)) {
        if (listen.itemId !== itemId) counting.count('album_play', listen.at);
      }
      return counting.counts;
    },
  };
};

const actOf = (event: ListenerEvent): DownstreamAct | undefined => {
  if (event.kind === 'action') return ACT_OF_ACTION[event.action];
  return event.kind === 'search' && event.step === 'click' ? 'search' : undefined;
};

class Counting {
  readonly #at: EpochMs;
  #counts: Record<DownstreamAct, number> | undefined;

  constructor(at: EpochMs) {
    this.#at = at;
  }

  /** Of what lies in the time of its act. */
  count(act: DownstreamAct, when: EpochMs): void {
    if (when <= this.#at || when - this.#at > WITHIN[act]) return;
    this.#counts ??= nothing();
    this.#counts[act]++;
  }

  has(act: DownstreamAct): boolean {
    return this.#counts !== undefined && this.#counts[act] > 0;
  }

  get counts(): Downstream | undefined {
    return this.#counts;
  }
}

const put = <Each>(lists: Map<string, Each[]>, key: string | undefined, each: Each): void => {
  if (key === undefined) return;
  const held = lists.get(key);
  if (held === undefined) lists.set(key, [each]);
  else held.push(each);
};

const of = <Each>(lists: ReadonlyMap<string, readonly Each[]>, key: string | undefined): readonly Each[] =>
  (key !== undefined && lists.get(key)) || [];
