/**
 * Ingests under load until it is killed: journal, intake, writer and warehouse on the folder given. Says `ready` with
 * the milliseconds it took to open, then each acknowledged batch as one line of event ids.
 */

import { createIntake, createWarehouseWriter, openDeadLetters } from '#ingest';
import { openLmdbJournalBeside } from '#journal';
import { openChdbWarehouse } from '#warehouse';

const [folder, run] = process.argv.slice(2) as [string, string];
const BATCH = 100;
const IN_FLIGHT = 4;

const say = (line: string): Promise<void> =>
  new Promise((resolve, reject) => process.stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve())));

const started = performance.now();
const clock = { now: () => Date.now() };
const journal = await openLmdbJournalBeside({ path: `${folder}/journal` });
const warehouse = await openChdbWarehouse({ path: `${folder}/warehouse` });
const deadLetters = await openDeadLetters({ path: `${folder}/dead-letters`, clock });
const onError = (error: unknown): void => {
  process.stderr.write(`${String(error)}\n`);
};
const intake = createIntake({ journal, clock, deadLetters, onError });
// Small batches at short intervals, so that a kill often meets a batch between its tables or before its trim.
const writer = createWarehouseWriter({
  journal,
  warehouse,
  deadLetters,
  clock,
  intervalMs: 5,
  batchRows: 400,
  onRetry: onError,
});
writer.start();
await say(`ready ${Math.round(performance.now() - started)}`);

const eventOf = (eventId: string, index: number): object => {
  const common = { event_id: eventId, user_id: `u${index % 7}`, at: Date.now(), item_id: `track:${index}` };
  if (index % 5 === 0) return { type: 'action', action: 'like', ...common };
  if (index % 5 === 1) return { type: 'impression', slate_id: 's', ...common };
  return { type: 'play', ms_played: 40_000, ...common };
};

const load = async (lane: number): Promise<never> => {
  let previous: object[] = [];
  for (let batch = 0; ; batch++) {
    const ids = Array.from({ length: BATCH }, (_, index) => `${run}-${lane}-${batch}-${index}`);
    const events = ids.map(eventOf);
    // As a client does that is not sure of its last batch: send some of it again.
    const receipts = await intake.accept([...previous.slice(0, 10), ...events]);
    const taken = receipts.slice(-BATCH);
    if (taken.some(({ outcome }) => outcome !== 'accepted')) throw new Error(`not accepted: ${JSON.stringify(taken)}`);
    await say(ids.join(' '));
    previous = events;
  }
};

await Promise.all(Array.from({ length: IN_FLIGHT }, (_, lane) => load(lane)));
