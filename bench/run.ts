/**
 * Runs benches one after the other, each in a process of its own, and keeps what they print in bench/results, with the
 * machine it was measured on.
 *
 *   npm run bench                    all of them
 *   npm run bench -- cold-start      one
 *   npm run bench -- nearest --peers=/tmp/peers    options, with =, go to the bench
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { basename, join } from 'node:path';

const FOLDER = import.meta.dirname;
const RESULTS = join(FOLDER, 'results');

const all = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ts') && name !== basename(import.meta.filename))
  .map((name) => name.replace(/\.ts$/, ''))
  .sort();

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memory_gib: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()}`,
  node: process.version,
};

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));

const measure = (name: string): unknown => {
  const args = ['--conditions=ritornello-source', '--import', 'tsx', join(FOLDER, `${name}.ts`), '--json', ...options];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 2 ** 20,
  });
  if (status !== 0) throw new Error(`bench ${name} ended with ${status}`);
  return JSON.parse(stdout);
};

const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`unknown bench ${unknown.join(', ')}: expected ${all.join(', ')}`);

mkdirSync(RESULTS, { recursive: true });
for (const name of asked.length > 0 ? asked : all) {
  process.stderr.write(`${name} …\n`);
  // Above the number of cores the machine had other work, and the figures are worse than it can do.
  const load = Number((loadavg()[0] ?? 0).toFixed(1));
  const result = measure(name);
  const record = {
    bench: name,
    measured_on: new Date().toISOString().slice(0, 10),
    machine: { ...machine, load },
    ...(options.length > 0 && { options }),
    result,
  };
  writeFileSync(join(RESULTS, `${name}.json`), `${JSON.stringify(record, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify({ bench: name, result })}\n`);
}
