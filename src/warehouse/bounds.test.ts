import { describe, expect, it } from 'vitest';
import { bounded, boundedStream } from './bounds.ts';

const SQL = 'SELECT user_id FROM play\n';
const settings = (statement: string): string[] => statement.split('SETTINGS ')[1]!.split(', ');

describe('the bounds of a query', () => {
  it('follow its text', () => {
    expect(bounded(SQL)).toMatch(/^SELECT user_id FROM play\nSETTINGS /);
    expect(settings(bounded(SQL))).toContain('max_execution_time = 60');
  });

  it('are those of a stream but for its time, which is that of its reader', () => {
    const ofStream = settings(boundedStream(SQL));
    expect(settings(bounded(SQL)).filter((setting) => !ofStream.includes(setting))).toEqual([
      'max_execution_time = 60',
    ]);
    expect(ofStream.filter((setting) => setting.includes('time'))).toEqual([]);
    expect(ofStream).toContain('max_rows_to_read = 2000000000');
    expect(settings(boundedStream(SQL, 7))).toEqual(['max_execution_time = 7', ...ofStream]);
  });
});
