/**
 * Which arm a user is in, in process: microseconds a call, over 100 experiments and a million calls.
 *
 *   npx tsx --conditions=ritornello-source bench/assignment.ts [--json]
 */

import { experimentSchema } from '#domain';
import { assign } from '#experiments';

const CALLS = 1_000_000;
const BATCH = 1000;
const AT = Date.UTC(2026, 10, 24);

const documents = Array.from({ length: 100 }, (_, n) =>
  experimentSchema.parse({
    name: `experiment-${n}`,
    hypothesis: 'A bench.',
    layer: `layer-${n % 10}`,
    arms: [{ name: 'control' }, { name: 'change' }],
    eligible: { device: ['mobile', 'web'] },
    success: [{ metric: 'minutes' }],
    horizon_days: 28,
    planned_units: 1000,
  }),
);

const batches: number[] = [];
let assigned = 0;
for (let call = 0; call < CALLS; call += BATCH) {
  const started = performance.now();
  for (let i = call; i < call + BATCH; i++) {
    const answer = assign(documents[i % documents.length]!, { userId: `user-${i}`, device: 'web', at: AT });
    if (answer.ok) assigned++;
  }
  batches.push(((performance.now() - started) * 1000) / BATCH);
}
batches.sort((a, b) => a - b);
const at = (share: number): number => Number(batches[Math.floor(share * (batches.length - 1))]!.toFixed(3));
const result = { calls: CALLS, assigned, median_us: at(0.5), p99_us: at(0.99) };
process.stdout.write(
  process.argv.includes('--json') ? `${JSON.stringify(result)}\n` : `${JSON.stringify(result, null, 2)}\n`,
);
