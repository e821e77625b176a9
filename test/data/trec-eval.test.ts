/** The test suite of trec_eval 10: its commands, its outputs, byte for byte. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram, type Terminal } from '#cli';
import { dataFolder } from './data-folder.ts';

const found = dataFolder('trec_eval');
const folder = join(found ?? '', 'test');

/** Output of `ritornello evaluate ranking`, as standard output would have it. */
const evaluate = async (qrels: string, run: string, options: string): Promise<{ out: string; talk: string[] }> => {
  const printed: string[] = [];
  const talk: string[] = [];
  const terminal: Terminal = {
    print: (text) => void printed.push(`${text}\n`),
    talk: (text) => void talk.push(text),
    outIsTty: false,
    errIsTty: false,
  };
  const files = ['--qrels', join(folder, qrels), '--run', join(folder, run)];
  const words = options.split(' ').filter((word) => word !== '');
  await (await createProgram(terminal)).parseAsync(['evaluate', 'ranking', ...files, ...words], { from: 'user' });
  return { out: printed.join(''), talk };
};

const MEASURES_WITH_PARAMETERS = [
  '-q -miprec_at_recall..10,.20,.25,.75,.50 -m P.5,7,3 -m recall.20,2000 -m Rprec_mult.5.0,0.2,0.35',
  '-mutility.2,-1,0,0 -m 11pt_avg..25,.5,.75 -mndcg.1=3,2=9,4=4.5 -mndcg_cut.10,20,23.4 -msuccess.2,5,20',
].join(' ');

/** The rows of the target quicktest of trec_eval's Makefile: output, judgments, run, options. */
const COMMANDS = [
  ['out.test', 'qrels.test', 'results.test', ''],
  ['out.test', 'qrels.test.with-comments', 'results.test', ''],
  ['out.comment.test', 'qrels.comment.test', 'results.comment.test', ''],
  ['out.test.a', 'qrels.test', 'results.test', '-m all_trec'],
  ['out.test.aq', 'qrels.test', 'results.test', '-m all_trec -q'],
  ['out.test.aqc', 'qrels.test', 'results.trunc', '-m all_trec -q -c'],
  ['out.test.aqcM', 'qrels.test', 'results.trunc', '-m all_trec -q -c -M100'],
  ['out.test.aql', 'qrels.rel_level', 'results.test', '-m all_trec -mrelstring.20 -q -l2'],
  ['out.test.prefs', 'prefs.test', 'prefs.results.test', '-m all_prefs -q -R prefs'],
  ['out.test.prefs', 'prefs.comment.test', 'prefs.results.test', '-m all_prefs -q -R prefs'],
  ['out.test.qrels_prefs', 'qrels.test', 'results.test', '-m all_prefs -q -R qrels_prefs'],
  ['out.test.qrels_jg', 'qrels.123', 'results.test', '-m qrels_jg -q -R qrels_jg'],
  ['out.test.qrels_jg', 'qrels.comments.123', 'results.test', '-m qrels_jg -q -R qrels_jg'],
  ['out.test.meas_params', 'qrels.test', 'results.test', MEASURES_WITH_PARAMETERS],
  ['out.test.aqZ', 'qrels.test', 'results.test', `-q -m all_trec -Z ${join(folder, 'zscores_file')}`],
] as const;

describe.skipIf(found === undefined)('trec_eval 10', () => {
  it.each(COMMANDS)('%s from %s and %s, %s', async (expected, qrels, run, options) => {
    const { out } = await evaluate(qrels, run, options);
    expect(out).toBe(readFileSync(join(folder, expected), 'utf8'));
  });

  it('without -c leaves out a judged topic that the run lacks, and says so', async () => {
    const { out, talk } = await evaluate('qrels.test', 'results.trunc', '-q -m num_ret -m num_q');
    expect(out.split('\n').map((line) => line.replace(/ +/, ''))).toEqual([
      'num_ret\t301\t500',
      'num_ret\t303\t84',
      'num_q\tall\t2',
      'num_ret\tall\t584',
      '',
    ]);
    expect(talk.join('\n')).toContain('302');
  });
});
