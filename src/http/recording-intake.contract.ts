/** The intake of the recording engine: reads events and items as the real one does, and keeps their ids. */

import { parseEvent, parseItem } from '#domain';
import type { Receipt } from '#ingest';
import type { IntakeFace } from './engine.ts';
import { NOW } from './requests.contract.ts';

type Parsed = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly fields: readonly never[] };

const eventIdentity = (wire: unknown): Parsed => {
  const parsed = parseEvent(wire, NOW);
  return (parsed.ok ? { ok: true, id: `${parsed.event.userId}/${parsed.event.eventId}` } : parsed) as Parsed;
};

const itemIdentity = (wire: unknown): Parsed => {
  const parsed = parseItem(wire, NOW);
  return (parsed.ok ? { ok: true, id: JSON.stringify(wire) } : parsed) as Parsed;
};

const taker =
  (kept: Set<string>, identify: (wire: unknown) => Parsed) =>
  async (wire: readonly unknown[]): Promise<readonly Receipt[]> =>
    wire.map((entry) => {
      const parsed = identify(entry);
      if (!parsed.ok) return { outcome: 'refused', fields: parsed.fields };
      if (kept.has(parsed.id)) return { outcome: 'repeated' };
      kept.add(parsed.id);
      return { outcome: 'accepted' };
    });

/** Accepts what is new to `kept`, and puts its id there. */
export const createRecordingIntake = (kept: Set<string>): IntakeFace => ({
  accept: taker(kept, eventIdentity),
  acceptItems: taker(kept, itemIdentity),
});
