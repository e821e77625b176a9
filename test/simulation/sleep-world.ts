/** Listeners who fall asleep to a playlist, or do not: a service where it is known what an arm does to the nights. */

import {
  DAY_MS,
  type EpochMs,
  type ExperimentDocument,
  experimentSchema,
  MINUTE_MS,
  parseEvent,
  parseItem,
  toItemRow,
  toRow,
  type UserId,
} from '#domain';
import { assign } from '#experiments';
import { createRng, type Rng } from '#math';
import { type Warehouse, withSequence } from '#warehouse';

/** A Monday, eleven at night in UTC. */
export const NIGHT: EpochMs = Date.parse('2026-05-04T23:00:00Z');
/** The window of 14 nights, and the horizon of the last one, are over. */
export const AFTER: EpochMs = NIGHT + 20 * DAY_MS;
const NIGHTS_BEFORE = 4;
const NIGHTS_AFTER = 5;

export const sleepExperiment = (name: string, more: object = {}): ExperimentDocument =>
  experimentSchema.parse({
    name,
    hypothesis: 'A calmer order of the list lets people sleep.',
    arms: [{ name: 'as_it_was' }, { name: 'calmer' }],
    success: [{ metric: 'success_rate[sleep_playlist]' }],
    guardrails: [{ metric: 'minutes_per_user[14d]', margin: 0.2 }],
    horizon_days: 14,
    planned_units: 400,
    looks: 'fixed',
    ...more,
  });

export interface SleepPlan {
  readonly document: ExperimentDocument;
  readonly users: number;
  /** What the second arm adds to the probability of a night asleep; everyone's own lies in [0.3, 0.7]. */
  readonly effect: number;
}

/** Puts the listeners, their exposures and their nights into the warehouse. */
export const fillSleepWorld = async (
  warehouse: Warehouse,
  plans: readonly SleepPlan[],
  seed: number,
): Promise<void> => {
  const rows = new Map<string, string[]>();
  let sequence = 0;
  const put = (wire: Record<string, unknown>): void => {
    const parsed = parseEvent({ event_id: `e${++sequence}`, device: 'mobile', ...wire }, AFTER + DAY_MS);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    const held = rows.get(parsed.event.kind) ?? [];
    rows.set(parsed.event.kind, held);
    held.push(withSequence(toRow(parsed.event), sequence));
  };
  const items = Array.from({ length: 10 }, (_, n) => {
    const parsed = parseItem({ item_id: `track:sleep${n}`, title: `${n}`, tags: ['sleep'] }, NIGHT);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
    return withSequence(toItemRow(parsed.item), ++sequence);
  });
  await warehouse.insert('item', items);
  for (const { document, users, effect } of plans) {
    for (let n = 0; n < users; n++) {
      const user_id = `${document.name}-${n}`;
      const rng = createRng(seed).derive(user_id);
      const asleep = 0.3 + 0.4 * rng.next();
      for (let night = NIGHTS_BEFORE; night > 0; night--) live(put, user_id, NIGHT - 5 * night * DAY_MS, asleep, rng);
      const assignment = assign(document, { userId: user_id as UserId, at: NIGHT });
      if (!assignment.ok) continue;
      const { arm, unit } = assignment;
      const at = NIGHT - MINUTE_MS;
      put({ type: 'assignment', user_id, at, experiment: document.name, arm: arm.name, exposed: true, unit });
      const helped = asleep + (arm.name === 'calmer' ? effect : 0);
      for (let night = 0; night < NIGHTS_AFTER; night++) live(put, user_id, NIGHT + 2 * night * DAY_MS, helped, rng);
    }
  }
  for (const [kind, lines] of rows) await warehouse.insert(kind as 'play', lines);
};

type Put = (wire: Record<string, unknown>) => void;

/** A night: the timer, then half an hour without a touch, or twelve minutes that end in skipping. */
const live = (put: Put, user_id: string, at: EpochMs, asleep: number, rng: Rng): void => {
  put({ type: 'action', user_id, at, action: 'sleep_timer_set' });
  const isAsleep = rng.next() < asleep;
  const lengths = isAsleep ? Array(7).fill(4 * MINUTE_MS) : [...Array(3).fill(4 * MINUTE_MS), ...Array(5).fill(20_000)];
  let next = at + 1000;
  for (const [n, length] of lengths.entries()) {
    const last = n === lengths.length - 1;
    const skipped = length < MINUTE_MS;
    const base = { type: 'play', user_id, at: next, item_id: `track:sleep${n}`, source: 'editorial', skipped };
    put({ ...base, ms_played: length - 1000, ...(last && { reason_end: 'endplay' }) });
    next += length;
  }
};
