/**
 * What a process that starts needs until it answers from a million items: all four models from the files of one artifact, their
 * items in their places, the first home; the middle of several starts. Its own part is the catalogue, here made up on the
 * way in: how fast the warehouse gives it is not in it. The files have just been written, so the system has them in memory.
 *
 *     npx tsx --conditions=ritornello-source bench/ready.ts [--json] [--items 1000000] [--listeners 20000] [--starts 7]
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openFileArtifacts } from '#artifacts';
import { toParts } from '#jobs';
import { fitWorld, makeWorld, NOW, userName } from './worlds/serving-world.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '1000000' },
    listeners: { type: 'string', default: '20000' },
    starts: { type: 'string', default: '7' },
  },
});
const PROCESS = join(import.meta.dirname, 'worlds/starting-process.ts');

/** Models and a listener's past on disk. */
const store = async (folder: string, past: string) => {
  const world = makeWorld(Number(values.listeners), Number(values.items));
  const fitted = await fitWorld(world);
  const models = Object.values(fitted.models).map((model) => ({ name: model.name, bytes: model.toBytes() }));
  const artifacts = await openFileArtifacts({ path: folder });
  const lineage = { trainedAt: NOW, data: {}, options: {}, seed: 'ready' };
  const { parts } = await artifacts.save('models', toParts({ ...fitted, models }), lineage);
  const events = [];
  for await (const batch of world.log.past(userName(0))) events.push(...batch);
  writeFileSync(past, JSON.stringify(events));
  return Object.fromEntries(Object.entries(parts).map(([name, { bytes }]) => [name, Math.round(bytes / 2 ** 20)]));
};

const start = (folder: string, past: string) => {
  const { status, stdout } = spawnSync(process.execPath, [...process.execArgv, PROCESS, folder, values.items, past], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`the process ended with ${status}`);
  return JSON.parse(stdout) as { readonly ready: { readonly seconds: number } };
};

const folder = mkdtempSync(join(tmpdir(), 'ritornello-ready-'));
try {
  const past = join(folder, 'past.json');
  const mebibytes = await store(join(folder, 'artifacts'), past);
  const runs = Array.from({ length: Number(values.starts) }, () => start(join(folder, 'artifacts'), past));
  runs.sort((a, b) => a.ready.seconds - b.ready.seconds);
  const seconds = runs.map(({ ready }) => ready.seconds);
  const report = {
    items: Number(values.items),
    stored_mebibytes: mebibytes,
    seconds_of_each_start: seconds,
    ...runs[Math.floor(runs.length / 2)],
  };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
