/** `collection` from an empty folder to a report, and the two that come with the package. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgram, type Terminal } from '#cli';

const folder = mkdtempSync(join(tmpdir(), 'collection-'));

const collection = async (...words: string[]) => run(words, {});

/** At a terminal, where somebody types these lines and then goes away. */
const typed = async (lines: readonly string[], ...words: string[]) =>
  run(words, { outIsTty: true, input: Readable.from(lines.map((line) => `${line}\n`)) });

const run = async (words: readonly string[], at: Partial<Terminal>) => {
  const printed: string[] = [];
  const talk: string[] = [];
  const terminal: Terminal = {
    print: (text) => void printed.push(text),
    talk: (text) => void talk.push(text),
    outIsTty: false,
    errIsTty: false,
    ...at,
  };
  await (await createProgram(terminal)).parseAsync(['collection', ...words], { from: 'user' });
  return { out: printed.join('\n'), talk };
};

describe('an assessor at a terminal', () => {
  it('judges documents one by one: skips, is asked again for what is no answer, stops', async () => {
    const night = join(folder, 'night');
    await collection('init', night, '--example', 'night-shelf');
    const { talk } = await typed(['2', 'good', '0', 's', '1', 'q'], 'assess', night, '--assessor', 'cleo');
    const lines = readFileSync(join(night, 'assessments', 'cleo.qrels'), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => line.replace(/track:\d+/, 'track'))).toEqual([
      'n01 0 track 2',
      'n01 0 track 0',
      'n01 0 track 1',
    ]);
    expect(talk[0]).toMatch(/calm, forest: Something calm for a forest/);
    expect(talk[1]).toMatch(/^ {2}track:\d+ {2}\w+/);
    expect(talk.filter((line) => line.includes('a level from 0 up'))).toHaveLength(6);
    const [left, pooled] = talk.at(-1)!.match(/\d+/g)!.map(Number);
    expect(left).toBe(pooled! - 3);
    // What was skipped comes first, and who goes away without a word loses nothing.
    const again = await typed(['3'], 'assess', night, '--assessor', 'cleo');
    expect(again.talk.at(-1)).toBe(`${left! - 1} of ${pooled} are left to cleo`);
  });

  it('marks parts of recordings, by recording', async () => {
    const spoken = join(folder, 'spoken');
    await collection('init', spoken, '--example', 'spoken-parts');
    const answers = ['0.50-4.52, 6.00-7.10', '5', '9.00-8.00', '1.75-2.00', '0', 'q'];
    const { talk } = await typed(answers, 'assess', spoken, '--assessor', 'cleo');
    // Runs looked at it from the beginning to the end: parts that touch are one span.
    expect(talk[1]).toMatch(/^ {2}episode:\d+ {2}0\.00-30\.00 {2}Episode/);
    const lines = readFileSync(join(spoken, 'assessments', 'cleo.qrels'), 'utf8')
      .trim()
      .split('\n');
    const first = talk[1]!.match(/episode:\d+/)![0];
    expect(lines.slice(0, 2)).toEqual([`s1 Q0 ${first} 0.50 4.52 1`, `s1 Q0 ${first} 6.00 7.10 1`]);
    expect(lines[2]).toMatch(/^s1 Q0 episode:\d+ \d+\.\d\d \d+\.\d\d 0$/);
    expect(lines).toHaveLength(3);
    // Read back: the three agree in pairs.
    const { agreements } = JSON.parse((await collection('report', spoken, '--json')).out);
    expect(agreements.map(({ assessors }: { assessors: string[] }) => assessors.join(' '))).toContain('anna cleo');
  });

  it('takes parts from a file, and names the line that is none', async () => {
    const spoken = join(folder, 'spoken');
    const judgments = join(folder, 'parts.txt');
    writeFileSync(judgments, 's1 episode:01 0.10 0.50 1\ns1 Q0 episode:01 1.00 2.00 1\ns2 episode:03 0.00 30.00 0\n');
    const { out } = await collection('assess', spoken, '--assessor', 'dan', '--judgments', judgments);
    expect(readFileSync(join(spoken, 'assessments', 'dan.qrels'), 'utf8')).toBe(
      's1 Q0 episode:01 0.10 0.50 1\ns1 Q0 episode:01 1.00 2.00 1\ns2 Q0 episode:03 0.00 30.00 0\n',
    );
    expect(out.split('\n')).not.toContain('s1\tepisode:01');
    writeFileSync(judgments, '# parts\ns1 episode:01 4.00 0.50 1\n');
    await expect(collection('assess', spoken, '--assessor', 'dan', '--judgments', judgments)).rejects.toThrow(
      /line 2 of .*expected topic, recording, start, end/,
    );
  });
});

describe('a collection of one’s own', () => {
  const mine = join(folder, 'mine');
  const line = (topic: string, document: string, score: number) => `${topic} Q0 ${document} 0 ${score} r\n`;

  it('goes from an empty folder to a leaderboard', async () => {
    await collection('init', mine, '--name', 'mine');
    await expect(collection('init', mine)).rejects.toThrow(/not empty/);
    await expect(collection('score', mine)).rejects.toThrow(/no runs/);
    writeFileSync(join(mine, 'topics.tsv'), 't1\tone\tfirst\nt2\ttwo\tsecond\n');
    for (const [team, first] of [
      ['x', 'good'],
      ['y', 'bad'],
    ] as const) {
      mkdirSync(join(mine, 'runs', team), { recursive: true });
      const run = ['t1', 't2'].map((topic) => line(topic, first, 3) + line(topic, 'plain', 2) + line(topic, 'deep', 1));
      writeFileSync(join(mine, 'runs', team, `${team}.txt`), run.join(''));
    }
    expect((await collection('pool', mine, '--depth', '2')).out).toContain('6 to judge in 2 topics');
    expect(readFileSync(join(mine, 'pool.tsv'), 'utf8')).toBe(
      't1\tbad\nt1\tgood\nt1\tplain\nt2\tbad\nt2\tgood\nt2\tplain\n',
    );
    await expect(collection('score', mine)).rejects.toThrow(/no topic has a relevant judgment/);

    const judgments = join(folder, 'judgments.txt');
    writeFileSync(judgments, 't1 good 1\nt1 bad 0\n# both forms\nt2 0 good 2\n');
    const { out, talk } = await collection('assess', mine, '--assessor', 'anna', '--judgments', judgments);
    expect(out).toBe('t1\tplain\nt2\tbad\nt2\tplain');
    expect(talk).toEqual(['3 of 6 are left to anna']);
    writeFileSync(judgments, 't1 bad none\n');
    await expect(collection('assess', mine, '--assessor', 'bo', '--judgments', judgments)).rejects.toThrow(/line 1 of/);
    writeFileSync(judgments, 't1 good 1\nt1 bad 1\nt2 good 0\n');
    await collection('assess', mine, '--assessor', 'bo', '--judgments', judgments);

    const report = JSON.parse((await collection('report', mine, '--json')).out);
    expect(report.agreements[0]).toMatchObject({ assessors: ['anna', 'bo'], both: 3, same: 1 });
    // Merged: good 1 in t1; of two middle levels the lower, so t2 has nothing relevant.
    expect(report.judged_topics).toEqual(['t1']);
    expect(report.leaderboards[0]).toMatchObject({
      measure: 'ndcg_cut_10',
      rows: [
        { rank: 1, team: 'x', groups: 'a' },
        { rank: 2, team: 'y', groups: 'a' },
      ],
    });
    // Nobody but x found it: without x it would not have been judged.
    expect(report.reusability).toMatchObject({ unique: 1, relevant: 1, largest_loss: 1 });
    expect(report.reusability.runs[0]).toMatchObject({ team: 'x', in_pool: 1, as_stranger: 0 });
  });

  it('says which file is wrong', async () => {
    const broken = join(folder, 'broken');
    await expect(collection('score', broken)).rejects.toThrow(/no test collection is here/);
    mkdirSync(broken);
    writeFileSync(join(broken, 'collection.json'), '{"name":"x","kind":"other"}');
    await expect(collection('score', broken)).rejects.toThrow(/"kind" must be graded or interval/);
  });
});

describe('the collections that come with the package', () => {
  it.each([
    ['night-shelf', 'ndcg_cut_10', 'attentive', 'documents'],
    ['spoken-parts', 'MAiP', 'close', 'seconds'],
  ])('%s is pooled, scored and reported', async (example, measure, best, unit) => {
    const copy = join(folder, example);
    await collection('init', copy, '--example', example);
    await collection('pool', copy);
    const report = JSON.parse((await collection('report', copy, '--json', '--permutations', '2000')).out);
    expect(report.leaderboards[0].measure).toBe(measure);
    expect(report.leaderboards[0].rows[0]).toMatchObject({ rank: 1, run: best });
    expect(report.leaderboards[0].pairs_told_apart).toBeGreaterThan(0);
    expect(report.unit).toBe(unit);
    expect(report.agreements[0].kappa.value).toBeGreaterThan(0.6);
    expect(report.reusability.unique).toBeGreaterThan(0);
    expect(report.reusability.unique).toBeLessThan(report.reusability.relevant);
    const text = (await collection('score', copy, '--test', 't')).out;
    expect(text).toContain(`${measure}: `);
  });

  it('are what their script makes', () => {
    const made = join(folder, 'made');
    execFileSync(process.execPath, ['scripts/make-collections.mjs', made]);
    const files = (root: string) =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(root.length), readFileSync(path, 'utf8')])
        .sort();
    expect(files(made)).toEqual(files('collections'));
  });
});
