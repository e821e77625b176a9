/**
 * The one way in for events and items: check each entry, make the good ones durable together, tell those who listen,
 * answer with a receipt for each. A bad entry never holds up the good ones beside it.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Clock,
  type FieldError,
  type Item,
  type ListenerEvent,
  parseEvent,
  parseItem,
  toItemRow,
  toRow,
} from '#domain';
import { type Appended, assertRoom, type Journal, type JournalEntry } from '#journal';
import type { DeadLetter, DeadLetters } from './dead-letters.ts';
import { createUserAgentReader } from './user-agents/with-user-agent.ts';

export type Receipt =
  | { readonly outcome: 'accepted' | 'repeated' }
  | { readonly outcome: 'refused'; readonly fields: readonly FieldError[] };

export interface IntakeSubscriber {
  /** What has just become durable, in the order of the journal; repeats are not passed on. */
  events?(events: readonly ListenerEvent[]): void;
  items?(items: readonly Item[]): void;
}

export interface AcceptOptions {
  /** False when the caller keeps what is refused itself, and knows where it came from. */
  readonly keepRefused?: boolean;
}

export interface Intake {
  /**
   * Takes wire events; one receipt each, in order. Resolves when the accepted ones are on disk and subscribers know.
   * @throws {EngineError} disk_full, unavailable (too much waits for the warehouse): nothing was taken.
   */
  accept(wire: readonly unknown[], options?: AcceptOptions): Promise<readonly Receipt[]>;
  /** As `accept`, for catalogue items. An item that says what the last one of its id said is a repeat. */
  acceptItems(wire: readonly unknown[], options?: AcceptOptions): Promise<readonly Receipt[]>;
  /** Takes the engine's own events, which need no check. */
  record(events: readonly ListenerEvent[]): Promise<void>;
  /** Called from now on, before the promise of the call resolves; what is returned ends that. */
  subscribe(subscriber: IntakeSubscriber): () => void;
}

export interface IntakeOptions {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly deadLetters?: DeadLetters;
  /** Intake pauses while the journal holds more than this that the warehouse does not have. */
  readonly maxJournalBytes?: number;
  /** Milliseconds that pass while entries are checked; the machine's unless given. */
  readonly stopwatch?: () => number;
  /** A subscriber or the dead letters failed; what was acknowledged stands. */
  readonly onError: (error: unknown) => void;
}

export const createIntake = (options: IntakeOptions): Intake => new JournalIntake(options);

/** What becomes of one entry of a call. */
type Checked<Value> = Good<Value> | { readonly ok: false; readonly fields: readonly FieldError[] };

interface Good<Value> {
  readonly ok: true;
  readonly value: Value;
  readonly entry: JournalEntry;
}

const good = <Value>(value: Value, toEntry: (value: Value) => JournalEntry): Good<Value> => ({
  ok: true,
  value,
  entry: toEntry(value),
});

class JournalIntake implements Intake {
  readonly #options: IntakeOptions;
  readonly #subscribers = new Set<IntakeSubscriber>();
  readonly #withUserAgent = createUserAgentReader();
  /** Ends when subscribers know all that became durable so far. */
  #told: Promise<void> = Promise.resolve();

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  async accept(wire: readonly unknown[], options?: AcceptOptions): Promise<readonly Receipt[]> {
    const receivedAt = this.#options.clock.now();
    const checked = await this.#inSlices(wire, (entry): Checked<ListenerEvent> => {
      const parsed = parseEvent(entry, receivedAt);
      return parsed.ok ? good(this.#withUserAgent(parsed.event), eventEntry) : parsed;
    });
    const receipts = await this.#take(checked, (subscriber, events) => subscriber.events?.(events));
    if (options?.keepRefused !== false) await this.#keepRefused('events', wire, checked);
    return receipts;
  }

  async acceptItems(wire: readonly unknown[], options?: AcceptOptions): Promise<readonly Receipt[]> {
    const updatedAt = this.#options.clock.now();
    const checked = await this.#inSlices(wire, (entry): Checked<Item> => {
      const parsed = parseItem(entry, updatedAt);
      return parsed.ok ? good(parsed.item, itemEntry) : parsed;
    });
    const receipts = await this.#take(checked, (subscriber, items) => subscriber.items?.(items));
    if (options?.keepRefused !== false) await this.#keepRefused('items', wire, checked);
    return receipts;
  }

  async record(events: readonly ListenerEvent[]): Promise<void> {
    const checked = await this.#inSlices(events, (event) => good(event, eventEntry));
    await this.#take(checked, (subscriber, taken) => subscriber.events?.(taken));
  }

  subscribe(subscriber: IntakeSubscriber): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** As `map`, with room for others after so many entries or so long. */
  async #inSlices<In, Out>(entries: readonly In[], check: (entry: In) => Out): Promise<readonly Out[]> {
    const { stopwatch = () => performance.now() } = this.#options;
    const checked: Out[] = [];
    let [began, inTurn] = [stopwatch(), 0];
    for (const entry of entries) {
      if (inTurn === CHECKED_A_TURN || stopwatch() - began > CHECKED_MS) {
        await nextTurn();
        [began, inTurn] = [stopwatch(), 0];
      }
      checked.push(check(entry));
      inTurn += 1;
    }
    return checked;
  }

  async #take<Value>(
    checked: readonly Checked<Value>[],
    tell: (subscriber: IntakeSubscriber, values: readonly Value[]) => void,
  ): Promise<readonly Receipt[]> {
    const usable = checked.filter((one) => one.ok);
    if (usable.length > 0) assertRoom(this.#options.journal.status(), this.#options.maxJournalBytes);
    const outcomes = usable.length === 0 ? [] : await this.#options.journal.append(usable.map(({ entry }) => entry));
    const taken = usable.filter((_, index) => outcomes[index]?.outcome === 'accepted').map(({ value }) => value);
    if (taken.length > 0) {
      this.#told = this.#told.then(() => inTurns(taken, TOLD_A_TURN, (some) => this.#tell(some, tell)));
      await this.#told;
    }
    return receiptsOf(checked, outcomes);
  }

  #tell<Value>(taken: readonly Value[], tell: (subscriber: IntakeSubscriber, values: readonly Value[]) => void): void {
    for (const subscriber of this.#subscribers) {
      try {
        tell(subscriber, taken);
      } catch (error) {
        this.#options.onError(error);
      }
    }
  }

  async #keepRefused<Value>(
    origin: 'events' | 'items',
    wire: readonly unknown[],
    checked: readonly Checked<Value>[],
  ): Promise<void> {
    const { deadLetters, onError } = this.#options;
    if (deadLetters === undefined) return;
    const letters = checked.flatMap((entry, index): DeadLetter[] =>
      entry.ok ? [] : [{ origin, fields: entry.fields, entry: wire[index] }],
    );
    try {
      await deadLetters.writeAll(letters);
    } catch (error) {
      onError(error);
    }
  }
}

/** Entries that are checked and made rows in one turn of the event loop, and those that are told: some milliseconds. */
const CHECKED_A_TURN = 200;
const TOLD_A_TURN = 500;
/** A turn of checks ends after so long, too: a user agent that is new takes as long as fifty entries. */
const CHECKED_MS = 5;

/** A small batch at once; a large one in slices, with room for others between them. */
const inTurns = async <In>(values: readonly In[], most: number, use: (some: readonly In[]) => void): Promise<void> => {
  if (values.length <= most) return use(values);
  for (let from = 0; from < values.length; from += most) {
    if (from > 0) await nextTurn();
    use(values.slice(from, from + most));
  }
};

const receiptsOf = (checked: readonly Checked<unknown>[], outcomes: readonly Appended[]): Receipt[] => {
  let next = 0;
  return checked.map((entry) => {
    if (!entry.ok) return { outcome: 'refused', fields: entry.fields };
    const { outcome } = outcomes[next++]!;
    return { outcome };
  });
};

const eventEntry = (event: ListenerEvent): JournalEntry => ({
  kind: event.kind,
  userId: event.userId,
  eventId: event.eventId,
  row: toRow(event),
});

/** The state of an item is its row without the time of the change. */
const itemEntry = (item: Item): JournalEntry => ({
  kind: 'item',
  userId: '',
  eventId: item.itemId,
  version: toItemRow({ ...item, updatedAt: 0 }),
  row: toItemRow(item),
});
