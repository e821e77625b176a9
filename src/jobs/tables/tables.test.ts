import { describe, expect, it } from 'vitest';
import { flagColumn, labelColumn, momentOf, numberColumn, optionalNumberColumn, textColumn } from './columns.ts';
import { parseTable } from './read-table.ts';

describe('a table', () => {
  it('is read with any delimiter, quotes, a byte order mark and Windows line ends', () => {
    for (const text of ['a,b\n1,"x, y"\n', '\ufeffa;b\r\n1;x, y\r\n', 'a\tb\n1\tx, y\n']) {
      const table = parseTable(text, 'f');
      expect(table.columns).toEqual(['a', 'b']);
      expect(table.rows).toEqual([['1', 'x, y']]);
    }
  });

  it('is read where blanks line columns up, without a header too', () => {
    const table = parseTable(' 00004 0001 19970101  2   29.33\n 00004 0001 19970118  2   29.73\n', 'f', {
      header: false,
    });
    expect(table.columns).toEqual(['1', '2', '3', '4', '5']);
    expect(table.rows[1]).toEqual(['00004', '0001', '19970118', '2', '29.73']);
  });

  it('is read from JSON lines, what a line lacks being empty', () => {
    const table = parseTable('{"a":1,"b":"x"}\n\n{"a":null,"c":true}\n', 'f');
    expect(table.columns).toEqual(['a', 'b', 'c']);
    expect(table.rows).toEqual([
      ['1', 'x', ''],
      ['', '', 'true'],
    ]);
  });

  it('is refused with the line that is wrong', () => {
    expect(() => parseTable('a,b\n1,2\n3\n', 'f.csv')).toThrow('line 3 of f.csv: expected 2 columns, got 1');
    expect(() => parseTable('a,a\n1,2\n', 'f.csv')).toThrow('two columns "a"');
    expect(() => parseTable('{"a":1}\n[1]\n', 'f')).toThrow('line 2 of f: expected a JSON object');
    expect(() => parseTable(' \n', 'f')).toThrow('f is empty');
  });
});

describe('columns', () => {
  const table = parseTable('n,flag,label\n1.5,yes,b\n-2,0,a\n,TRUE,b\n', 'f');

  it('are what they should be', () => {
    expect([...flagColumn(table, 'flag')]).toEqual([1, 0, 1]);
    expect(labelColumn(table, 'label')).toEqual({ names: ['b', 'a'], of: Uint32Array.of(0, 1, 0) });
    expect([...optionalNumberColumn(table, 'n')]).toEqual([1.5, -2, Number.NaN]);
  });

  it('tell the cell that is not', () => {
    expect(() => numberColumn(table, 'n')).toThrow('line 4 of f, column "n" is "": expected a number');
    expect(() => flagColumn(table, 'label')).toThrow('line 2 of f, column "label" is "b"');
    expect(() => textColumn(table, 'x')).toThrow('no column "x": it has n, flag, label');
  });

  it('know moments in their usual spellings, without a zone UTC', () => {
    const noon = Date.UTC(1997, 8, 30, 12);
    for (const text of [
      '1997-09-30T12:00:00Z',
      '1997-09-30 12:00',
      '1997-09-30T14:00:00+02:00',
      String(noon),
      String(noon / 1000),
    ]) {
      expect(momentOf(text)).toBe(noon);
    }
    expect(momentOf('19970930')).toBe(Date.UTC(1997, 8, 30));
    expect(momentOf('30.9.1997')).toBeUndefined();
    expect(momentOf('1997-13-30')).toBeUndefined();
  });
});
