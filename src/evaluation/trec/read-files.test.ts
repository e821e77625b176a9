import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from './bytes.ts';
import { printFixed } from './numbers.ts';
import { orderDocuments } from './ordered-documents.ts';
import { readJudgments } from './read-judgments.ts';
import { createRunReader, readRun } from './read-run.ts';
import { selectMeasures } from './registry.ts';
import { rowsOf } from './topic-rows.ts';

const fileOf = (text: string) => ({ name: 'file', bytes: new TextEncoder().encode(text) });

/** Documents of the only topic in the order of their ranks. */
const order = (text: string, ties: 'later_name_first' | 'earlier_name_first' = 'later_name_first'): string[] => {
  const run = readRun(fileOf(text));
  const { rows } = orderDocuments(run, rowsOf(run.topics[0]!), Number.POSITIVE_INFINITY, ties);
  return Array.from(rows, (row) => textOf(run.names, run.starts[row]!, run.starts[row + 1]!));
};

describe('a run', () => {
  it('passes over comments, blank lines, carriage returns and what follows the name', () => {
    const run = readRun(fileOf('# head\n\n  # indented\n1 Q0 a 1 2.5 first\r\n \t\n\t2\tQ0 b 1 -3 last more words\n#'));
    expect(run.topics.map((topic) => [topic.name, [...rowsOf(topic)]])).toEqual([
      ['1', [0]],
      ['2', [1]],
    ]);
    expect([...run.values]).toEqual([2.5, -3]);
    expect(run.runId).toBe('last');
  });

  it('ranks by score, then by name, the later first; by bytes, not by letters', () => {
    expect(order('t Q0 a 1 1 r\nt Q0 c 1 1 r\nt Q0 b 1 2 r')).toEqual(['b', 'c', 'a']);
    expect(order('t Q0 a 1 1 r\nt Q0 c 1 1 r\nt Q0 b 1 2 r', 'earlier_name_first')).toEqual(['b', 'a', 'c']);
    // U+FF5E is EF BD 9E and U+1F3B5 F0 9F 8E B5: the other way round in UTF-16.
    expect(order('t Q0 \uff5e 1 1 r\nt Q0 \u{1f3b5} 1 1 r')).toEqual(['\u{1f3b5}', '\uff5e']);
  });

  it('reads every score as the number it is, and what is none as 0', () => {
    const scores = fc.oneof(
      fc.double({ noNaN: true }).map(String),
      fc.tuple(fc.integer(), fc.nat(9_999_999)).map(([whole, part]) => `${whole}.${part}`),
      fc.constantFrom('-.5', '5.', '+7', '1e-3', '-Infinity', '123456789012345678'),
    );
    fc.assert(
      fc.property(scores, (score) => {
        expect(readRun(fileOf(`t Q0 d 1 ${score} r`)).values[0]).toBe(Number(score));
      }),
      { seed: 34, numRuns: 500 },
    );
    expect(readRun(fileOf('t Q0 d 1 high r')).values[0]).toBe(0);
    expect(readRun(fileOf('t Q0 d 1 . r')).values[0]).toBe(0);
    expect(() => readRun(fileOf('t Q0 d 1 nan r'))).toThrow(/score of d .* nan/);
  });

  it('says which line is wrong, and refuses nothing and the same twice', () => {
    expect(() => readRun(fileOf('t Q0 a 1 1 r\nt Q0 b 1 1\n'))).toThrow('line 2 of file has 5 fields');
    expect(() => readRun(fileOf('# only talk\n'))).toThrow('no rows');
    expect(() => order('t Q0 a 1 1 r\nt Q0 a 2 2 r')).toThrow('document a twice');
  });
});

describe('a file in pieces', () => {
  it('is read as it is in one, wherever the pieces break off', () => {
    const lines = fc.array(
      fc.constantFrom(
        '# talk',
        '',
        '  ',
        '1 Q0 a 1 2.5 r',
        '2\tQ0\tb 2 1e1 s more',
        '1 Q0 c 3 -4 t\r',
        ' #x',
        '10 Q0 é 9 0 ü',
      ),
      { minLength: 1, maxLength: 12 },
    );
    const input = fc.tuple(lines, fc.boolean(), fc.array(fc.nat(40), { maxLength: 6 }));
    const told = (run: ReturnType<typeof readRun>) => [
      run.runId,
      [...run.values],
      textOf(run.names, 0, run.names.length),
      run.topics.map((topic) => [topic.name, ...rowsOf(topic)]),
    ];
    fc.assert(
      fc.property(input, ([some, newline, cuts]) => {
        const file = fileOf(`9 Q0 z 1 1 z\n${some.join('\n')}${newline ? '\n' : ''}`);
        const reader = createRunReader('file');
        const places = cuts.map((cut) => Math.min(cut, file.bytes.length)).sort((a, b) => a - b);
        let from = 0;
        for (const to of [...places, file.bytes.length]) {
          const piece = file.bytes.slice(from, to);
          reader.push(piece);
          // The room of a piece is used again.
          piece.fill(255);
          from = to;
        }
        expect(told(reader.end())).toEqual(told(readRun(file)));
      }),
      { seed: 41, numRuns: 500 },
    );
  });
});

describe('judgments', () => {
  it('begin with a whole number or count 0', () => {
    const judgments = readJudgments(fileOf('t 0 a 2.7\n# talk\nt 0 b -1 \nt 0 c x'), 'qrels');
    expect([...judgments.values]).toEqual([2, -1, 0]);
  });

  it('have as many fields as they must, on every line', () => {
    for (const text of ['t 0 a', 't 0 a 1 more', 't 0 a 1\n\nt 0 b 1']) {
      expect(() => readJudgments(fileOf(text), 'qrels')).toThrow(/has .* fields/);
    }
    expect(() => readJudgments(fileOf('t 0 a 1'), 'prefs')).toThrow('has 4 fields');
    expect(() => readJudgments(fileOf('t 0 a 99999999'), 'qrels')).toThrow('at most');
  });
});

describe('names of measures', () => {
  const columns = (...names: string[]) => selectMeasures(names).flatMap(({ bound }) => bound.columns);

  it('carry their parameters, in the order of trec_eval', () => {
    expect(columns('ndcg_cut.10,5', 'P.3', 'map')).toEqual(['map', 'P_3', 'ndcg_cut_5', 'ndcg_cut_10']);
    expect(columns('iprec_at_recall..125', 'utility.2,-1,0,0')).toEqual(['iprec_at_recall_0.12', 'utility_2,-1,0,0']);
    expect(columns('set', 'set_F.2')).toContain('set_F_2');
  });

  it('are refused when they are none, or their parameters are not theirs', () => {
    for (const name of [
      'nope',
      'toString',
      'P.',
      'P.0',
      'P.5,5',
      'P.x',
      'map.3',
      'official.5',
      'utility.1',
      'ndcg.p=1',
    ]) {
      expect(() => selectMeasures([name]), name).toThrow(/measure/);
    }
    expect(() => selectMeasures(['P.5', 'P.10'])).toThrow('once');
  });
});

describe('printFixed', () => {
  it('takes exact ties to the even digit, as printf does', () => {
    expect([0.03125, 0.09375, -0.03125, 0.5, 1 / 3, -412.66666].map((value) => printFixed(value, 4))).toEqual([
      '0.0312',
      '0.0938',
      '-0.0312',
      '0.5000',
      '0.3333',
      '-412.6667',
    ]);
    expect([0.125, 0.375, 2.5].map((value) => printFixed(value, 2))).toEqual(['0.12', '0.38', '2.50']);
  });
});
