/** The example of docs/concepts/focused-retrieval.md, run. */

import { expect, it } from 'vitest';
import { createJudgedPartsReader, createRetrievedPartsReader, evaluateParts } from '#evaluation';
import { read } from './source-files.ts';

const PAGE = read('docs/concepts/focused-retrieval.md');

const shown = (file: string): Uint8Array => {
  const [, after = ''] = PAGE.split(`$ cat ${file}\n`);
  return new TextEncoder().encode(after.split(/^(?:\$ |```)/m)[0]);
};

const judge = (run: Uint8Array): Readonly<Record<string, number | undefined>> => {
  const qrels = createJudgedPartsReader('one.qrel');
  qrels.push(shown('one.qrel'));
  const parts = createRetrievedPartsReader('run');
  parts.push(run);
  const options = { overlaps: 'removed', entrySeconds: 60, toleranceSeconds: 15, binSeconds: 300 } as const;
  return evaluateParts(parts.end(), qrels.end(), options).topics[0]!.focused;
};

it('the table says what the measures say', () => {
  for (const system of ['whole', 'part']) {
    const values = judge(shown(`${system}.txt`));
    // Beyond the end of a ranking P[r] is that of its last part.
    const cells = ['P[5]', 'R[5]', 'MAiP', 'MAgP(BEP)'].map((name) => values[name]?.toFixed(4));
    expect(PAGE).toContain(`| ${[system, ...cells].join(' | ')} |`);
  }
});

it('the exercise ends as it says', () => {
  const values = judge(new TextEncoder().encode('rain Q0 episode:1 59.30 60.00 1 1.0 late'));
  expect([values['P[5]'], values['R[5]']]).toEqual([1, 0.5]);
  expect(PAGE).toContain(`MAiP to ${values['MAiP']?.toFixed(4)}`);
});
