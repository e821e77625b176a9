/**
 * Items as the rows of one import tell of them, held until the import ends: then each is sent once, with all that its
 * rows knew (every URI of the recording, its length). Sent piece by piece, an item would have several states, and a
 * second import would go through all of them again. About 450 bytes an item; a full ledger is settled and begins anew.
 */

import type { WireItem } from './row-outcome.ts';
import { TextStore } from './text-store.ts';

/** Names elsewhere kept of one item; more would be one recording in a hundred releases. */
const MAX_EXTERNAL_IDS = 100;
const MAX_TEXT = 64 * 1024;
const MAX_BYTES = 192 * 2 ** 20;

/** Whether this sight of an item tells something new. Looks into the text: nearly always the answer is no. */
const tellsMore = (held: Buffer, item: WireItem): boolean => {
  for (const field in item) if (!held.includes(`"${field}":`)) return true;
  return (item.external_ids ?? []).some((name) => !held.includes(JSON.stringify(name)));
};

/** The first word of each field stands, unknown fields are filled, names elsewhere are collected. */
const merge = (old: WireItem, next: WireItem): WireItem => {
  const names = [...new Set([...(old.external_ids ?? []), ...(next.external_ids ?? [])])].slice(0, MAX_EXTERNAL_IDS);
  return { ...next, ...old, ...(names.length > 0 && { external_ids: names }) };
};

export class ItemLedger {
  readonly #maxItems: number;
  /** Item id → its text. */
  readonly #items = new Map<string, number>();
  readonly #texts = new TextStore();
  #settled = 0;

  constructor(options: { readonly maxItems?: number } = {}) {
    this.#maxItems = options.maxItems ?? 400_000;
  }

  /** Distinct items met; after the ledger began anew an item may be counted again. */
  get size(): number {
    return this.#settled + this.#items.size;
  }

  get isFull(): boolean {
    return this.#items.size >= this.#maxItems || this.#texts.size >= MAX_BYTES;
  }

  /** False if the item is too large to be one; the intake would refuse it. */
  see(item: WireItem): boolean {
    const name = this.#items.get(item.item_id);
    const held = name === undefined ? null : this.#texts.bytes(name);
    if (held !== null && !tellsMore(held, item)) return true;
    const told = JSON.stringify(held === null ? item : merge(JSON.parse(held.toString('utf8')), item));
    if (told.length > MAX_TEXT) return false;
    if (held?.equals(Buffer.from(told)) !== true) this.#items.set(item.item_id, this.#texts.add(told));
    return true;
  }

  /** All items met since it began, in the order of their first sight; empties the ledger. */
  *settle(): Generator<WireItem> {
    for (const name of this.#items.values()) yield JSON.parse(this.#texts.bytes(name).toString('utf8')) as WireItem;
    this.#settled += this.#items.size;
    this.#items.clear();
    this.#texts.clear();
  }
}
