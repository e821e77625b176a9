/** A shard under a reference policy, day by day, with its lines: what a worker runs, and what can stop and go on. */

import { DAY_MS, type ListenerEvent } from '#domain';
import { eventLine, truthLines } from './event-lines.ts';
import { createFrame, type Stretch } from './frame.ts';
import { readLife, writeLife } from './life-state.ts';
import { LineBuffer } from './line-buffer.ts';
import type { WorldFrame } from './listener.ts';
import type { PolicyName } from './policies/policy-names.ts';
import { ReferenceService } from './policies/reference-service.ts';
import { Shard } from './shard.ts';
import type { SlateRequest } from './slate.ts';
import type { RunCounts } from './summary.ts';
import type { TruthSink } from './truth.ts';
import type { WorldDocument } from './world-document.ts';

export interface ShardRunOptions {
  readonly document: WorldDocument;
  readonly stretch: Stretch;
  readonly policy: PolicyName;
  /** Listeners from `first` up to and without `end`. */
  readonly first: number;
  readonly end: number;
  /** Whether events and truths are wanted as lines; counting alone is faster. */
  readonly lines: boolean;
  /** Told of each event and truth as it happens, beside the lines, and of each request before it is answered. */
  readonly watch?: {
    readonly event?: (event: ListenerEvent) => void;
    readonly truth?: TruthSink;
    readonly request?: (request: SlateRequest) => void;
  };
}

/** What a shard says of its day. Counts are for all shards; lines are NDJSON in UTF-8, in order of listeners. */
export interface ShardDay {
  readonly listens: Uint32Array;
  readonly counted: Uint32Array;
  readonly events: number;
  readonly eventLines: Uint8Array<ArrayBuffer>;
  readonly truthLines: Uint8Array<ArrayBuffer>;
}

export class ShardRun {
  readonly frame: WorldFrame;
  readonly shard: Shard;
  readonly #service: ReferenceService;
  readonly #request: ((request: SlateRequest) => void) | undefined;
  readonly #eventLines = new LineBuffer();
  readonly #truthLines = new LineBuffer();

  constructor(options: ShardRunOptions) {
    const { document, stretch, policy, first, end, lines, watch } = options;
    this.frame = createFrame(document, stretch);
    this.#request = watch?.request;
    this.#service = new ReferenceService(policy, this.frame, document.seed);
    this.shard = new Shard({
      frame: this.frame,
      seed: document.seed,
      first,
      end,
      service: this.#service,
      emit: (event) => {
        watch?.event?.(event);
        if (lines) this.#eventLines.add(eventLine(event));
      },
      truth: lines ? truthLines((line) => this.#truthLines.add(line)) : (watch?.truth ?? null),
    });
  }

  /** Lives one local day. Call `endDay` with the sums of all shards before the next one. */
  liveDay(day: number): ShardDay {
    const before = this.shard.tally.events;
    for (const asking of this.shard.beginDay(day)) {
      let step = asking.next();
      while (step.done !== true) {
        this.#request?.(step.value);
        step = asking.next(this.#service.answer(step.value));
      }
    }
    return {
      listens: this.shard.tally.listensToday,
      counted: this.#service.memory.today,
      events: this.shard.tally.events - before,
      eventLines: this.#eventLines.take(),
      truthLines: this.#truthLines.take(),
    };
  }

  endDay(day: number, listens: Uint32Array, counted: Uint32Array): void {
    this.shard.endDay(day, listens);
    this.#service.endDay(counted);
  }

  toCounts(): ShardCounts {
    const { listeners, weeks, cells, shownByTrack } = this.shard.tally;
    const days = (this.frame.until - this.frame.start) / DAY_MS;
    return { listeners, weeks, days, cells, shown: shownByTrack };
  }

  /** All that the next day depends on. */
  toState(): ShardState {
    return {
      lives: this.shard.lives.map(writeLife),
      cells: Array.from(this.shard.tally.cells),
      shown: Array.from(this.shard.tally.shownByTrack),
      events: this.shard.tally.events,
      fame: Array.from(this.frame.fame.listens),
      service: this.#service.memory.toState(),
    };
  }

  /** Takes up where `toState` was called after `day`. */
  restore(state: ShardState, day: number): void {
    for (const [n, life] of this.shard.lives.entries()) readLife(life, state.lives[n]!);
    this.shard.tally.cells.set(state.cells);
    this.shard.tally.shownByTrack.set(state.shown);
    this.shard.tally.events = state.events;
    this.frame.fame.restore(state.fame);
    this.#service.restore(state.service);
    this.shard.restorePools(day);
  }
}

/** Counts of a shard’s listeners, and how often it showed each track. */
export interface ShardCounts extends RunCounts {
  readonly shown: Uint32Array;
}

export interface ShardState {
  readonly lives: readonly ReturnType<typeof writeLife>[];
  readonly cells: readonly number[];
  readonly shown: readonly number[];
  readonly events: number;
  readonly fame: readonly number[];
  readonly service: readonly (readonly [number, number])[];
}
