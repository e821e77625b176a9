/** MediaEval 2014's search task: the outputs of the campaign's tool, byte for byte. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '#cli';
import { dataFolder } from './data-folder.ts';

const found = dataFolder('mediaeval-segment-search');
const folder = found ?? '';

const evaluate = async (run: string, ...options: string[]): Promise<string> => {
  const printed: string[] = [];
  const terminal = {
    print: (text: string) => void printed.push(`${text}\n`),
    talk: () => undefined,
    outIsTty: false,
    errIsTty: false,
  };
  const files = ['--qrels', join(folder, 'me14sh_search_testSet.qrel'), '--run', join(folder, run)];
  await (await createProgram(terminal)).parseAsync(['evaluate', 'focused', ...files, ...options], { from: 'user' });
  return printed.join('');
};

describe.skipIf(found === undefined)('MediaEval 2014', () => {
  it.each([
    ['180-60-noover.txt', 'search.180-60-noover.out'],
    ['180-60-over.txt', 'search.180-60-over.out'],
    ['me14sh_UT-HMI2014_S_1_Sh_U_N.txt.gz', 'search.me14sh_UT-HMI2014_S_1_Sh_U_N.out'],
  ])('%s', async (run, expected) => {
    expect(await evaluate(run, '--format', 'sh_eval')).toBe(readFileSync(join(folder, 'expected', expected), 'utf8'));
  });

  it('shows why overlaps matter: MAP passes 1, the measures in seconds do not', async () => {
    const over = JSON.parse(await evaluate('180-60-over.txt', '--json'));
    const values = over.topics.map((topic: { media_eval: { map: number } }) => topic.media_eval.map);
    expect(values.reduce((sum: number, value: number) => sum + value, 0) / values.length).toBeGreaterThan(1);
    for (const { measures } of over.topics) {
      for (const value of Object.values(measures) as number[]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });
});
