/** Takes rows' outcomes to the intake in batches and counts what became of each. */

import type { FieldError } from '#domain';
import type { ImportIntake, ImportReceipt } from './import-intake.ts';
import type { ImportDeadLetters, ImportFormat, ImportTally } from './import-report.ts';
import { ItemLedger } from './item-ledger.ts';
import type { RowOutcome, WireEvent, WireItem } from './row-outcome.ts';

const BATCH_ROWS = 2000;

interface Place {
  readonly file: string;
  readonly row: number;
}

type Waiting<T> = Place & { readonly wire: T };

export interface TakerOptions {
  readonly format: ImportFormat;
  readonly intake: ImportIntake;
  readonly deadLetters: ImportDeadLetters | undefined;
  readonly tally: ImportTally;
}

export class RowTaker {
  readonly #options: TakerOptions;
  readonly #ledger = new ItemLedger();
  #events: Waiting<WireEvent>[] = [];
  #itemRows: Waiting<WireItem>[] = [];
  /** Items that rows of plays told of: no rows themselves. */
  #items: WireItem[] = [];
  #itemRowsTaken = 0;

  constructor(options: TakerOptions) {
    this.#options = options;
  }

  /** Distinct items told of. */
  get items(): number {
    return this.#ledger.size + this.#itemRowsTaken;
  }

  async take(outcome: RowOutcome, place: Place): Promise<void> {
    const { tally } = this.#options;
    tally.rows++;
    if (outcome.kind === 'dropped') tally.drop(outcome.reason);
    else if (outcome.kind === 'refused') await this.bury(place, outcome.fields);
    else this.#wait(outcome, place);
    if (this.#events.length + this.#itemRows.length >= BATCH_ROWS) await this.flush();
  }

  /** Sends what waits. */
  async flush(): Promise<void> {
    const { intake } = this.#options;
    const [events, items, itemRows] = [this.#events, this.#items, this.#itemRows];
    this.#events = [];
    this.#items = [];
    this.#itemRows = [];
    // Items go first, so that no reader meets a play of something nobody has told of.
    await this.#sendItems(items);
    if (itemRows.length > 0) {
      const receipts = await intake.acceptItems(itemRows.map(({ wire }) => wire));
      for (const [i, row] of itemRows.entries()) {
        if (await this.#settle(receipts[i]!, row)) this.#itemRowsTaken++;
      }
    }
    if (events.length === 0) return;
    const receipts = await intake.accept(events.map(({ wire }) => wire));
    for (const [i, event] of events.entries()) {
      if (await this.#settle(receipts[i]!, event)) this.#options.tally.event(event.wire.user_id, event.wire.at);
    }
  }

  /** Sends the rest, and the items that later rows knew more of. */
  async finish(): Promise<void> {
    await this.flush();
    const open = this.#ledger.settle();
    for (let from = 0; from < open.length; from += BATCH_ROWS)
      await this.#sendItems(open.slice(from, from + BATCH_ROWS));
  }

  /** A dead letter; the row has been counted. */
  async bury(place: Place, fields: readonly FieldError[], entry?: unknown): Promise<void> {
    const { format, tally, deadLetters } = this.#options;
    tally.letters++;
    const { file, row } = place;
    await deadLetters?.write({ format, file, row, fields, ...(entry !== undefined && { entry }) });
  }

  #wait(outcome: Exclude<RowOutcome, { readonly kind: 'dropped' | 'refused' }>, place: Place): void {
    if (outcome.kind === 'item') {
      this.#itemRows.push({ ...place, wire: outcome.wire });
      return;
    }
    for (const note of outcome.notes ?? []) this.#options.tally.note(note);
    if (outcome.item !== undefined) this.#items.push(...this.#ledger.see(outcome.item));
    this.#events.push({ ...place, wire: outcome.wire });
  }

  async #sendItems(items: readonly WireItem[]): Promise<void> {
    if (items.length === 0) return;
    const receipts = await this.#options.intake.acceptItems(items);
    this.#options.tally.note('items_refused', receipts.filter(({ outcome }) => outcome === 'refused').length);
  }

  /** True if the entry is in the journal now. */
  async #settle(receipt: ImportReceipt, waiting: Waiting<WireEvent | WireItem>): Promise<boolean> {
    const { tally } = this.#options;
    if (receipt.outcome === 'refused') {
      await this.bury(waiting, receipt.fields, waiting.wire);
      return false;
    }
    if (receipt.outcome === 'accepted') tally.taken++;
    else tally.repeated++;
    return true;
  }
}
