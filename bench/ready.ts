/**
 * What a process that starts needs until it answers from a million items: all four models from the files of one artifact, their
 * items in their places, the first home. Its own part is the catalogue, here from memory: how fast the warehouse gives it is
 * not in it.
 *
 *     npx tsx --conditions=ritornello-source bench/ready.ts [--json] [--items 1000000] [--listeners 20000]
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFileArtifacts } from '#artifacts';
import type { SlateId } from '#domain';
import { latestModels, toParts } from '#jobs';
import { createServing } from '#serving';
import { fitWorld, makeWorld, NOW, userName } from './worlds/serving-world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '1000000' },
    listeners: { type: 'string', default: '20000' },
  },
});
const itemCount = Number(values.items);

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

const folder = mkdtempSync(join(tmpdir(), 'ritornello-ready-'));
try {
  const world = makeWorld(Number(values.listeners), itemCount);
  const artifacts = await openFileArtifacts({ path: folder });
  const fitted = await fitWorld(world);
  const models = Object.values(fitted.models).map((model) => ({ name: model.name, bytes: model.toBytes() }));
  const lineage = { trainedAt: NOW, data: {}, options: {}, seed: 'ready' };
  const { parts } = await artifacts.save('models', toParts({ ...fitted, models }), lineage);
  const mebibytes = Object.entries(parts).map(([name, { bytes }]) => [name, Math.round(bytes / 2 ** 20)] as const);

  const serving = createServing({
    clock: { now: () => NOW },
    newSlateId: () => 'ready' as SlateId,
    log: world.log,
    record: async () => undefined,
  });
  const catalogue = await timed(() => serving.start());
  const read = await timed(() => latestModels(artifacts));
  const placed = await timed(() => serving.useModels(read.result));
  const answered = await timed(() => serving.home(userName(0)));
  const cards = answered.result.shelves.reduce((sum, shelf) => sum + shelf.cards.length, 0);
  if (cards === 0) throw new Error('the first home is empty');
  const steps = [read.took, placed.took, answered.took];
  const sum = (of: 'seconds' | 'processor_seconds') =>
    Number(steps.reduce((all, step) => all + step[of], 0).toFixed(2));
  const report = {
    items: itemCount,
    stored_mebibytes: Object.fromEntries(mebibytes),
    ready: { seconds: sum('seconds'), processor_seconds: sum('processor_seconds') },
    models_read_and_opened: read.took,
    items_placed: placed.took,
    first_home: { ...answered.took, cards },
    catalogue_taken_in: catalogue.took,
  };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
