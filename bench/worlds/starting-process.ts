/**
 * A process that starts, with models in a folder of artifacts, until its first home: writes how long each step took as JSON.
 * Started by `bench/ready.ts` with the folder, the number of items, and the file of a listener's past.
 */

import { readFileSync } from 'node:fs';
import { openFileArtifacts } from '#artifacts';
import { type ListenerEvent, type SlateId, toCatalogueLines } from '#domain';
import { latestModels } from '#jobs';
import { createServing } from '#serving';
import { itemOf, NOW, userName } from './serving-world.ts';

const ITEMS_A_BATCH = 5000;

const [folder, items, past] = process.argv.slice(2) as [string, string, string];
const events = JSON.parse(readFileSync(past, 'utf8')) as ListenerEvent[];

const timed = async <T>(work: () => Promise<T>) => {
  const [began, used] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(used);
  return {
    result,
    took: {
      seconds: Number(((performance.now() - began) / 1000).toFixed(2)),
      processor_seconds: Number(((user + system) / 1e6).toFixed(2)),
    },
  };
};

const serving = createServing({
  clock: { now: () => NOW },
  newSlateId: () => 'ready' as SlateId,
  log: {
    async *past() {
      yield events;
    },
    slate: async () => null,
    itemCounts: async () => ({ listeners: 0, plays: 0 }),
    async *catalogue() {
      for (let from = 0; from < Number(items); from += ITEMS_A_BATCH) {
        const count = Math.min(ITEMS_A_BATCH, Number(items) - from);
        const batch = Array.from({ length: count }, (_, n) => itemOf(from + n));
        yield toCatalogueLines(batch.map((item) => ({ item, addedAt: item.updatedAt })));
      }
    },
    pools: async () => [],
  },
  record: async () => undefined,
});
const catalogue = await timed(() => serving.start());
const artifacts = await openFileArtifacts({ path: folder });
const read = await timed(() => latestModels(artifacts));
const placed = await timed(() => serving.useModels(read.result));
const answered = await timed(() => serving.home(userName(0)));
const cards = answered.result.shelves.reduce((sum, shelf) => sum + shelf.cards.length, 0);
if (cards === 0) throw new Error('the first home is empty');

const steps = [read.took, placed.took, answered.took];
const sum = (of: 'seconds' | 'processor_seconds') => Number(steps.reduce((all, step) => all + step[of], 0).toFixed(2));
const report = {
  ready: { seconds: sum('seconds'), processor_seconds: sum('processor_seconds') },
  models_read_and_opened: read.took,
  items_placed: placed.took,
  first_home: { ...answered.took, cards },
  catalogue_taken_in: catalogue.took,
};
process.stdout.write(JSON.stringify(report));
