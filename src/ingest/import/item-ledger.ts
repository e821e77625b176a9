/**
 * Items as the rows of one import tell of them: each is sent when it is first met, and once more at the end if later
 * rows knew more (another URI of the same recording, its length). About 400 bytes an item; at `maxItems` what is open
 * is settled and the ledger starts afresh.
 */

import type { WireItem } from './row-outcome.ts';

interface Entry {
  item: WireItem;
  changed: boolean;
}

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
  readonly #entries = new Map<string, Entry>();
  #settled = 0;

  constructor(options: { readonly maxItems?: number } = {}) {
    this.#maxItems = options.maxItems ?? 400_000;
  }

  /** Distinct items met; after the ledger started afresh an item may be counted again. */
  get size(): number {
    return this.#settled + this.#entries.size;
  }

  /** What has to be sent now because of this sight: the item itself when it is new, merged ones when the ledger is full. */
  see(item: WireItem): readonly WireItem[] {
    const entry = this.#entries.get(item.item_id);
    if (entry !== undefined) {
      const merged = merge(entry.item, item);
      if (merged !== null) {
        entry.item = merged;
        entry.changed = true;
      }
      return [];
    }
    const open = this.#entries.size >= this.#maxItems ? this.settle() : [];
    this.#entries.set(item.item_id, { item, changed: false });
    return [...open, item];
  }

  /** The items that later rows knew more of; empties the ledger. */
  settle(): readonly WireItem[] {
    const changed: WireItem[] = [];
    for (const entry of this.#entries.values()) if (entry.changed) changed.push(entry.item);
    this.#settled += this.#entries.size;
    this.#entries.clear();
    return changed;
  }
}
