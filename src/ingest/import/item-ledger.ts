/**
 * Items as the rows of one import tell of them, held until the import ends: then each is sent once, with all that its
 * rows knew (every URI of the recording, its length). Sent piece by piece, an item would have several states, and a
 * second import would go through all of them again. About 600 bytes an item; a full ledger is settled and begins anew.
 */

import type { WireItem } from './row-outcome.ts';

/** As many names as an item may have on the wire. */
const MAX_EXTERNAL_IDS = 1000;

/** The first word of each field stands, unknown fields are filled, names elsewhere are collected; null if nothing is new. */
const merge = (old: WireItem, next: WireItem): WireItem | null => {
  const names = new Set(old.external_ids ?? []);
  const before = names.size;
  for (const name of next.external_ids ?? []) if (names.size < MAX_EXTERNAL_IDS) names.add(name);
  const filled = Object.keys(next).some((field) => !(field in old));
  if (!filled && names.size === before) return null;
  return { ...next, ...old, ...(names.size > 0 && { external_ids: [...names] }) };
};

export class ItemLedger {
  readonly #maxItems: number;
  readonly #items = new Map<string, WireItem>();
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
    const known = this.#items.get(item.item_id);
    const next = known === undefined ? item : merge(known, item);
    if (next !== null) this.#items.set(item.item_id, next);
  }

  /** All items met since it began; empties the ledger. */
  settle(): readonly WireItem[] {
    const items = [...this.#items.values()];
    this.#settled += items.length;
    this.#items.clear();
    return items;
  }
}
