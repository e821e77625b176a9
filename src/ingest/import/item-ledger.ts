/**
 * Items as the rows of one import tell of them, held until the import ends: then each is sent once, with all that its
 * rows knew (every URI of the recording, its length). Sent piece by piece, an item would have several states, and a
 * second import would go through all of them again. Held as text, about 450 bytes an item;
 * a full ledger is settled and begins anew.
 */

import type { WireItem } from './row-outcome.ts';

/** As many names as an item may have on the wire. */
const MAX_EXTERNAL_IDS = 1000;

/** Whether this sight of an item tells something new. Looks into the text: nearly always the answer is no. */
const tellsMore = (held: string, item: WireItem): boolean => {
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
  readonly #items = new Map<string, string>();
  #settled = 0;

  constructor(options: { readonly maxItems?: number } = {}) {
    this.#maxItems = options.maxItems ?? 400_000;
  }

  /** Distinct items met; after the ledger began anew an item may be counted again. */
  get size(): number {
    return this.#settled + this.#items.size;
  }

  get isFull(): boolean {
    return this.#items.size >= this.#maxItems;
  }

  see(item: WireItem): void {
    const held = this.#items.get(item.item_id);
    if (held === undefined) this.#items.set(item.item_id, JSON.stringify(item));
    else if (tellsMore(held, item)) this.#items.set(item.item_id, JSON.stringify(merge(JSON.parse(held), item)));
  }

  /** All items met since it began, in the order of their first sight; empties the ledger. */
  *settle(): Generator<WireItem> {
    for (const [id, held] of this.#items) {
      this.#items.delete(id);
      this.#settled++;
      yield JSON.parse(held) as WireItem;
    }
  }
}
