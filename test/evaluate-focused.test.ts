/** `evaluate focused` on files, as docs/reference/focused-measures.md shows it. */

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '#cli';
import { read } from './source-files.ts';

const DOC = read('docs/reference/focused-measures.md');
const folder = mkdtempSync(join(tmpdir(), 'focused-'));
const qrels = join(folder, 'segments.qrel');
const run = join(folder, 'segments.txt');

/** What a command of the page's example prints, up to the next command or the end of the block. */
const shown = (command: string): string => {
  const [, after = ''] = DOC.split(`$ ${command}\n`);
  return after.split(/^(?:\$ |```)/m)[0] ?? '';
};

const evaluate = async (...options: string[]) => {
  const printed: string[] = [];
  const talk: string[] = [];
  const terminal = {
    print: (text: string) => void printed.push(`${text}\n`),
    talk: (text: string) => void talk.push(text),
    outIsTty: false,
    errIsTty: false,
  };
  const words = ['evaluate', 'focused', '--qrels', qrels, '--run', run, ...options];
  await (await createProgram(terminal)).parseAsync(words, { from: 'user' });
  return { out: printed.join(''), talk };
};

const writeExample = (): void => {
  writeFileSync(qrels, shown('cat segments.qrel'));
  writeFileSync(run, shown('cat segments.txt'));
};

describe('evaluate focused', () => {
  it('prints what the page shows', async () => {
    writeExample();
    const { out } = await evaluate();
    const wanted = shown(
      "ritornello evaluate focused --qrels segments.qrel --run segments.txt | grep -E 'iP|MAiP|MAgP'",
    );
    expect(wanted).not.toBe('');
    expect(
      out
        .split('\n')
        .filter((line) => /iP|MAiP|MAgP/.test(line))
        .join('\n'),
    ).toBe(wanted.trimEnd());
  });

  it('tells topics apart in JSON and CSV, and what the run lacks', async () => {
    writeExample();
    writeFileSync(qrels, `${shown('cat segments.qrel')}calm Q0 episode:1 0.00 1.00 1\n`);
    const { out, talk } = await evaluate('--json');
    const report = JSON.parse(out);
    expect(report.missing_topics).toEqual(['calm']);
    expect(talk.join()).toContain('the run lacks 1 judged topic, left out: calm');
    expect(report.topics.map(({ topic }: { topic: string }) => topic)).toEqual(['birds', 'rain']);
    expect(report.topics[0].measures['iP[0.00]']).toBeCloseTo(0.5, 12);
    expect((await evaluate('--format', 'csv')).out).toContain('\niP[0.00],birds,0.5\n');
  });

  it('has no value, not 0, where a topic has nothing relevant', async () => {
    writeFileSync(qrels, 't Q0 a 0.00 1.00 0\n');
    writeFileSync(run, 't Q0 a 0.00 0.30 1 0.5 r\n');
    const report = JSON.parse((await evaluate('--json')).out);
    expect(report.topics[0].measures.MAiP).toBeNull();
    expect(report.measures.MAiP).toEqual({ ok: false, reason: 'no_units' });
  });

  it('refuses what is no time or rank, naming it', async () => {
    writeFileSync(qrels, 't Q0 a 0.00 1.00 1\n');
    for (const [line, fault] of [
      ['t Q0 a 0:00 1.00 1 0.5 r', /start "0:00" of a in .*: expected MINUTES.SECONDS/],
      ['t Q0 a 0.00 1.75 1 0.5 r', /end "1.75"/],
      ['t Q0 a 0.00 1.00 first 0.5 r', /rank "first"/],
      ['t Q0 a 0.00 1.00 1', /has 6 fields/],
    ] as const) {
      writeFileSync(run, `${line}\n`);
      await expect(evaluate()).rejects.toThrow(fault);
    }
  });
});
