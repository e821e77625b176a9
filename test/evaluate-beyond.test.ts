/** `evaluate beyond` on files, as docs/concepts/beyond-accuracy.md shows it. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProgram, type Terminal } from '#cli';
import { read } from './source-files.ts';

const DOC = read('docs/concepts/beyond-accuracy.md');
const folder = mkdtempSync(join(tmpdir(), 'beyond-'));

const shown = (command: string): string => {
  const [, after = ''] = DOC.split(`$ ${command}\n`);
  return after.split(/^(?:\$ |```)/m)[0] ?? '';
};

const FILES = ['lists.txt', 'items.csv', 'plays.csv', 'liked.txt'] as const;
for (const file of FILES) writeFileSync(join(folder, file), shown(`cat ${file}`));
const file = (name: string): string => join(folder, name);

const evaluate = async (...options: string[]): Promise<string> => {
  const printed: string[] = [];
  const terminal: Terminal = {
    print: (text) => void printed.push(`${text}\n`),
    talk: () => undefined,
    outIsTty: false,
    errIsTty: false,
  };
  const given = ['--run', file('lists.txt'), '--items', file('items.csv'), '--plays', file('plays.csv')];
  await (await createProgram(terminal)).parseAsync(['evaluate', 'beyond', ...given, ...options], { from: 'user' });
  return printed.join('');
};

const ASKED = ['--qrels', file('liked.txt'), '-q', '--depth', '2'];

it('prints what the page shows', async () => {
  const command = [
    'ritornello evaluate beyond --run lists.txt --items items.csv --plays plays.csv',
    '--qrels liked.txt -q --depth 2',
  ].join(' ');
  expect(await evaluate(...ASKED)).toBe(shown(command));
});

it('as JSON and CSV gives full precision', async () => {
  const { measures, listeners } = JSON.parse(await evaluate(...ASKED, '--json'));
  // p = (.9, .1), the list is (½, ½), and is drawn 1 % towards p.
  const towards = (own: number) => 0.99 * 0.5 + 0.01 * own;
  const expected = 0.9 * Math.log(0.9 / towards(0.9)) + 0.1 * Math.log(0.1 / towards(0.1));
  expect(listeners[0].measures.calibration_error).toBeCloseTo(expected, 12);
  // Vectors (1, 0) and (√½, √½).
  expect(listeners[1].measures.intra_list_diversity).toBeCloseTo(1 - Math.SQRT1_2, 12);
  expect(measures.novelty).toMatchObject({ ok: true, value: 1.5, n: 2 });
  const lines = (await evaluate(...ASKED, '--format', 'csv')).trim().split('\n');
  expect(lines[0]).toBe('measure,listener,value,lower,upper,n');
  expect(lines).toHaveLength(1 + 2 * 6 + 8);
  expect(lines).toContain(`calibration_error,ada,${listeners[0].measures.calibration_error},,,`);
});

it('says what has no value, and why, without judgments', async () => {
  const text = await evaluate('--depth', '2');
  expect(text).toMatch(/^serendipity +– +no units +0$/m);
  expect(text).not.toContain('ada');
});

it('names the item that is not in the catalogue', async () => {
  writeFileSync(file('short.csv'), 'item_id,genre\nnaima,jazz\n');
  await expect(evaluate('--items', file('short.csv'))).rejects.toThrow(
    'aria, recommended to ada, is not in the catalogue',
  );
  writeFileSync(file('minus.csv'), 'user_id,item_id,plays\nada,naima,-1\n');
  await expect(evaluate('--plays', file('minus.csv'))).rejects.toThrow(/line 2 of .*minus.csv: -1 plays/);
  writeFileSync(file('zeros.csv'), 'item_id,x_1,x_2\nnaima,1,0\naria,0,0\nsonata,1,1\ntrain,1,1\n');
  await expect(evaluate('--items', file('zeros.csv'))).rejects.toThrow('the vector of aria is all zeros');
});
