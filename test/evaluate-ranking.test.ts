/** `evaluate ranking` on files, as docs/reference/ranking-measures.md shows it. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProgram, type Terminal } from '#cli';
import { read } from './source-files.ts';

const DOC = read('docs/reference/ranking-measures.md');
const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
const qrels = join(folder, 'qrels.txt');
const run = join(folder, 'run.txt');

/** What a command of the page's example prints, up to the next command or the end of the block. */
const shown = (command: string): string => {
  const [, after = ''] = DOC.split(`$ ${command}\n`);
  return after.split(/^(?:\$ |```)/m)[0] ?? '';
};

const evaluate = async (...options: string[]) => {
  const printed: string[] = [];
  const talk: string[] = [];
  const terminal: Terminal = {
    print: (text) => void printed.push(`${text}\n`),
    talk: (text) => void talk.push(text),
    outIsTty: false,
    errIsTty: false,
  };
  const words = ['evaluate', 'ranking', '--qrels', qrels, '--run', run, ...options];
  await createProgram(terminal).parseAsync(words, { from: 'user' });
  return { out: printed.join(''), talk };
};

it('prints what the page shows', async () => {
  writeFileSync(qrels, shown('cat qrels.txt'));
  writeFileSync(run, shown('cat run.txt'));
  const options = '-m map -m ndcg_cut.3 -m unj.3';
  const { out, talk } = await evaluate(...options.split(' '));
  expect(out).toBe(shown(`ritornello evaluate ranking --qrels qrels.txt --run run.txt ${options}`));
  expect(talk).toEqual([]);
});

it('as JSON gives full precision, and names topics that the run lacks, with a warning', async () => {
  writeFileSync(qrels, `${shown('cat qrels.txt')}day 0 track:1 1\n`);
  writeFileSync(run, shown('cat run.txt'));
  const { out, talk } = await evaluate('-q', '-m', 'map', '-m', 'num_ret', '-m', 'runid', '--json');
  expect(JSON.parse(out)).toEqual({
    run_id: 'mine',
    z_scores: false,
    missing_topics: ['day'],
    measures: { num_ret: 3, map: 0.25 },
    topics: [{ topic: 'night', measures: { num_ret: 3, map: 0.25 } }],
  });
  expect(talk).toEqual(['warning: the run lacks 1 judged topic: day; left out, and with -c counted as empty']);
  expect((await evaluate('-c', '-m', 'map')).out).toBe(`map${' '.repeat(19)}\tall\t0.1250\n`);
});

it('says which file cannot be read', async () => {
  await expect(evaluate('--run', join(folder, 'none'))).rejects.toThrow(/none cannot be read/);
});
