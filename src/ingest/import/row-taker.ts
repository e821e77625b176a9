/** Takes rows' outcomes to the intake in batches and counts what became of each. */

import type { FieldError } from '#domain';
import type { DeadLetter, DeadLetters } from '../dead-letters.ts';
import type { Intake, Receipt } from '../intake.ts';
import type { ImportFormat, ImportTally } from './import-report.ts';
import { ItemLedger } from './item-ledger.ts';
import type { RowOutcome, WireEvent, WireItem } from './row-outcome.ts';

/** Each row touches a page of the journal's index at random, and the pages of one batch are in memory together. */
const BATCH_ROWS = 1000;

/** Our letters say file and row; those of the intake could not. */
const OURS = { keepRefused: false } as const;

interface Place {
  readonly file: string;
  readonly row: number;
}

type Waiting<T> = Place & { readonly wire: T };

export interface TakerOptions {
  readonly format: ImportFormat;
  readonly intake: Pick<Intake, 'accept' | 'acceptItems'>;
  readonly deadLetters: Pick<DeadLetters, 'path' | 'writeAll'> | undefined;
  readonly tally: ImportTally;
  /** Whose import it is. */
  readonly userId: string;
}

export class RowTaker {
  readonly #options: TakerOptions;
  readonly #ledger = new ItemLedger();
  #events: Waiting<WireEvent>[] = [];
  #itemRows: Waiting<WireItem>[] = [];
  #letters: DeadLetter[] = [];
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
    else if (outcome.kind === 'refused') this.#bury(place, outcome.fields);
    else if (outcome.kind === 'item') this.#itemRows.push({ ...place, wire: outcome.wire });
    else {
      for (const note of outcome.notes ?? []) tally.note(note);
      if (outcome.item !== undefined && !this.#ledger.see(outcome.item)) tally.note('items_refused');
      this.#events.push({ ...place, wire: outcome.wire });
    }
    if (this.#events.length + this.#itemRows.length + this.#letters.length >= BATCH_ROWS) await this.#flush();
    if (this.#ledger.isFull) await this.#settleItems();
  }

  /** Sends the rest of the rows, and the items they told of. */
  async finish(): Promise<void> {
    await this.#flush();
    await this.#settleItems();
  }

  async #flush(): Promise<void> {
    const { intake, tally, deadLetters } = this.#options;
    const [events, itemRows] = [this.#events, this.#itemRows];
    this.#events = [];
    this.#itemRows = [];
    const itemReceipts =
      itemRows.length === 0
        ? []
        : await intake.acceptItems(
            itemRows.map(({ wire }) => wire),
            OURS,
          );
    for (const [i, row] of itemRows.entries()) {
      if (this.#settle(itemReceipts[i]!, row)) this.#itemRowsTaken++;
    }
    const receipts =
      events.length === 0
        ? []
        : await intake.accept(
            events.map(({ wire }) => wire),
            OURS,
          );
    for (const [i, event] of events.entries()) {
      if (this.#settle(receipts[i]!, event)) tally.event(event.wire.user_id, event.wire.at);
    }
    const letters = this.#letters;
    this.#letters = [];
    if (letters.length > 0) await deadLetters?.writeAll(letters);
  }

  /** True if the entry is in the journal now. */
  #settle(receipt: Receipt, waiting: Waiting<WireEvent | WireItem>): boolean {
    const { tally } = this.#options;
    if (receipt.outcome === 'refused') {
      this.#bury(waiting, receipt.fields, waiting.wire);
      return false;
    }
    if (receipt.outcome === 'accepted') tally.taken++;
    else tally.repeated++;
    return true;
  }

  /** A dead letter holds the entry as it was going to be sent, never the row: exports are full of personal data. */
  #bury({ file, row }: Place, fields: readonly FieldError[], entry?: unknown): void {
    const { format, tally, userId } = this.#options;
    tally.letters++;
    this.#letters.push({ format, file, row, fields, ...(entry === undefined ? { userId } : { entry }) });
  }

  async #settleItems(): Promise<void> {
    const { intake, tally } = this.#options;
    const send = async (items: readonly WireItem[]): Promise<void> => {
      const receipts = await intake.acceptItems(items, OURS);
      tally.note('items_refused', receipts.filter(({ outcome }) => outcome === 'refused').length);
    };
    let batch: WireItem[] = [];
    for (const item of this.#ledger.settle()) {
      batch.push(item);
      if (batch.length < BATCH_ROWS) continue;
      await send(batch);
      batch = [];
    }
    if (batch.length > 0) await send(batch);
  }
}
