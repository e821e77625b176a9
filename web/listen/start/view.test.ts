import { describe, expect, it } from 'vitest';
import type { ImportReportWire } from '#api';
import { viewProgress, viewReport } from './view.ts';

const report = (part: Partial<ImportReportWire> = {}): ImportReportWire => ({
  format: 'spotify',
  files: 2,
  rows: 100,
  taken: 80,
  repeated: 0,
  dropped: {},
  noted: {},
  dead_letters: { count: 0, path: null },
  first_at: null,
  last_at: null,
  users: 1,
  items: 40,
  seconds: 1.23,
  ...part,
});

describe('the report of an import', () => {
  it('tells each reason in plain words, most first, and none that did not occur', () => {
    const view = viewReport(report({ dropped: { incognito: 2, duplicate: 7, odd_one: 3, unnamed: 0 } }));
    expect(view.dropped).toEqual([
      { rows: 7, words: 'the same play twice in the export' },
      { rows: 3, words: 'odd one' },
      { rows: 2, words: 'played in a private session' },
    ]);
  });

  it('says when all of it was here already', () => {
    const view = viewReport(report({ taken: 0, repeated: 80 }));
    expect(view.headline).toBe('Everything in it was here already');
    expect(view.repeated).toBe('80 rows were here already; none counts twice.');
  });

  it('names the file of what could not be read', () => {
    expect(viewReport(report()).refused).toBeNull();
    expect(viewReport(report({ dead_letters: { count: 2, path: 'data/dead.ndjson' } })).refused).toBe(
      '2 rows could not be read; each is kept with its reason in data/dead.ndjson.',
    );
  });
});

describe('progress', () => {
  it('is a ratio only when the end is known', () => {
    expect(viewProgress('Reading', { done: 50, total: 200, unit: 'rows' })).toEqual({
      words: 'Reading… 50 of 200 rows',
      ratio: 0.25,
    });
    expect(viewProgress('Reading', { done: 2_500_000, total: null, unit: 'bytes' })).toEqual({
      words: 'Reading… 2.5 MB',
      ratio: null,
    });
    expect(viewProgress('Learning', null)).toEqual({ words: 'Learning…', ratio: null });
  });
});
