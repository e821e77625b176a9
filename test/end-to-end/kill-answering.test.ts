/** kill -9 while homes are answered: each slate that somebody was shown is on record, once. */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createEngine } from '#app';
import type { SlateId, UserId } from '#domain';

const folder = mkdtempSync(join(tmpdir(), 'ritornello-kill-answering-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true }));

/** Lines of the child until it is killed, as it says the last of so many. */
const answeredBefore = (kill: number): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/run-source.mjs', 'test/end-to-end/kill-answering-child.ts', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.split('\n').length > kill) child.kill('SIGKILL');
    });
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(text.split('\n').slice(0, -1));
      else reject(new Error(`the child ended with ${code}`));
    });
  });

it('loses no slate and has none twice, whenever it comes', { timeout: 240_000 }, async () => {
  const answered: string[] = [];
  for (const kill of [1, 7, 60]) {
    answered.push(...(await answeredBefore(kill)));
    const engine = await createEngine({ data, autoTrain: false });
    const onRecord: string[] = [];
    for (const user of new Set(answered.map((line) => line.split(' ')[0]!))) {
      for await (const line of engine.people.exportUser(user as UserId)) {
        const { type, slate_id } = JSON.parse(line) as { type: string; slate_id: string };
        if (type === 'slate') onRecord.push(`${user} ${slate_id}`);
      }
    }
    expect(new Set(onRecord).size).toBe(onRecord.length);
    expect(answered.filter((line) => !onRecord.includes(line))).toEqual([]);
    const [, last] = answered.at(-1)!.split(' ');
    expect((await engine.studio.decision(last as SlateId)).replays).toBe(true);
    await engine.stop();
  }
  expect(answered.length).toBeGreaterThanOrEqual(68);
});
