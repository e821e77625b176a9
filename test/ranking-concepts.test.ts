/** The example of aspects in docs/concepts/ranking.md, run. */

import { expect, it } from 'vitest';
import { evaluateRun, readJudgments, readRun } from '#evaluation';
import { read } from './source-files.ts';

const PAGE = read('docs/concepts/ranking.md');

const shown = (name: string) => {
  const [, after = ''] = PAGE.split(`$ cat ${name}\n`);
  return { name, bytes: new TextEncoder().encode(after.split(/^(?:\$ |```)/m)[0]) };
};

it.each(['same', 'mixed'])('the table says what α-nDCG says of %s', (run) => {
  const { topics } = evaluateRun(readRun(shown(`${run}.txt`)), readJudgments(shown('meanings.qrels'), 'qrels_jg'), {
    measures: ['alpha_ndcg.2'],
    complete: false,
    level: 1,
    judgedOnly: false,
    maxRetrieved: 1000,
    collectionSize: 0,
    zScores: undefined,
  });
  expect(PAGE).toContain(`| ${run} | ${Number(topics[0]?.values[0]).toFixed(4)} |`);
});
