/** `evaluate ranking` on files, as docs/reference/ranking-measures.md shows it. */

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
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
  await (await createProgram(terminal)).parseAsync(words, { from: 'user' });
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

it('reads files that are compressed, and says when they are broken', async () => {
  writeFileSync(qrels, shown('cat qrels.txt'));
  writeFileSync(run, shown('cat run.txt'));
  const plain = (await evaluate('-q')).out;
  const packed = join(folder, 'run.txt.gz');
  writeFileSync(packed, gzipSync(readFileSync(run)));
  expect((await evaluate('-q', '--run', packed)).out).toBe(plain);
  writeFileSync(packed, gzipSync(readFileSync(run)).subarray(0, 40));
  await expect(evaluate('--run', packed)).rejects.toThrow(/run.txt.gz cannot be read/);
  writeFileSync(packed, gzipSync('night Q0 track:1'));
  await expect(evaluate('--run', packed)).rejects.toThrow(/line 1 of .* has 3 fields/);
});

it('as CSV gives a line a value', async () => {
  writeFileSync(qrels, shown('cat qrels.txt'));
  writeFileSync(run, shown('cat run.txt'));
  expect((await evaluate('-q', '-m', 'runid', '-m', 'map', '-m', 'relstring.3', '--format', 'csv')).out).toBe(
    'measure,topic,value\nmap,night,0.25\nrelstring_3,night,02-\nrunid,all,mine\nmap,all,0.25\n',
  );
});

describe('two runs', () => {
  const other = join(folder, 'other.txt');
  const topics = ['a', 'b', 'c', 'd', 'e', 'f'];
  const write = () => {
    writeFileSync(qrels, topics.map((topic) => `${topic} 0 good 1\n`).join(''));
    const line = (topic: string, document: string, score: number) => `${topic} Q0 ${document} 0 ${score} x\n`;
    // First in five topics of six; the other has it second throughout.
    const first = (topic: string) => (topic === 'f' ? -1 : 1);
    writeFileSync(run, topics.map((topic) => line(topic, 'good', first(topic)) + line(topic, 'bad', 0)).join(''));
    writeFileSync(other, topics.map((topic) => line(topic, 'good', 0) + line(topic, 'bad', 1)).join(''));
  };

  it('are compared by a test over topics, adjusted over measures', async () => {
    write();
    const options = ['--compare', other, '-m', 'recip_rank', '-m', 'P.1', '-m', 'success.1,2', '--json'];
    const { measures, unpaired_topics } = JSON.parse((await evaluate(...options)).out);
    expect(unpaired_topics).toEqual([]);
    // Five differences of 1/2, all one way: 2 of 2^5 assignments are as far out.
    expect(measures[0]).toMatchObject({ measure: 'recip_rank', run: 11 / 12, other: 0.5, p_holm: 3 / 16 });
    expect(measures[0].test).toMatchObject({ p_value: 2 / 32, method: 'randomization, all 32 assignments' });
    expect(measures[0].p_benjamini_hochberg).toBeCloseTo(1 / 16, 12);
    expect(measures[3]).toMatchObject({
      measure: 'success_2',
      test: { ok: false, reason: 'no_differences' },
      p_holm: null,
    });
    const text = (await evaluate(...options.slice(0, -1), '-q')).out.split('\n');
    expect(text[0]?.split('\t').slice(1).join(' ')).toBe('topic run other difference lower upper p p_holm p_bh test');
    expect(text[1]).toBe(`recip_rank${' '.repeat(12)}\ta\t1.0000\t0.5000\t0.5000${'\t-'.repeat(6)}`);
    expect(text.find((line) => line.startsWith('P_1 ') && line.includes('\tall\t'))).toContain('\t0.06250\t0.1875\t');
  });

  it('with every test, and with topics that only one of them has', async () => {
    write();
    writeFileSync(other, readFileSync(other, 'utf8').split('\n').slice(2).join('\n'));
    for (const test of ['t', 'wilcoxon', 'bootstrap', 'randomization']) {
      const { out, talk } = await evaluate('--compare', other, '--test', test, '-m', 'recip_rank', '--json');
      const { measures, unpaired_topics } = JSON.parse(out);
      expect(unpaired_topics).toEqual(['a']);
      expect(measures[0].test.ok).toBe(true);
      expect(measures[0].test.p_value).toBeGreaterThan(0);
      expect(talk.join()).toContain('the run compared with lacks 1 judged topic: a');
    }
    await expect(evaluate('--compare', other, '-m', 'num_ret')).rejects.toThrow(/nothing to compare/);
  });
});
