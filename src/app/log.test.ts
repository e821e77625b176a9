import { describe, expect, it } from 'vitest';
import { reasonOf } from '#domain';
import { createLog, hashedId, type LogOptions } from './log.ts';

const recorded = (options: Partial<LogOptions> = {}) => {
  const lines: string[] = [];
  const log = createLog({ level: 'info', format: 'json', write: (line) => lines.push(line), ...options });
  return { lines, log };
};

describe('the log', () => {
  it('writes one JSON line an event with time, level and module', () => {
    const { lines, log } = recorded();
    log('http.listening', { address: 'http://127.0.0.1:1' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]*\n$/);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      level: 'info',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      module: 'http',
      event: 'http.listening',
      address: 'http://127.0.0.1:1',
    });
  });

  it('keeps what is below its level to itself', () => {
    const { lines, log } = recorded({ level: 'warn' });
    log('playground.removed', {});
    log('training.failed', { error: 'why' });
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['training.failed']);
  });

  it('speaks in sentences at a terminal', () => {
    const { lines, log } = recorded({ format: 'text' });
    log('http.port_taken', { port: 8787, used: 8788 });
    expect(lines).toEqual(['warning: port 8787 is taken, using 8788\n']);
  });
});

it('hashes people', () => {
  expect(hashedId('ada')).toMatch(/^[0-9a-f]{12}$/);
  expect(hashedId('ada')).toBe(hashedId('ada'));
  expect(hashedId('ada')).not.toBe(hashedId('bob'));
});

it('tells the causes of an error in its reason', () => {
  expect(reasonOf(new Error('outer', { cause: new Error('inner') }))).toBe('outer: inner');
  expect(reasonOf('text')).toBe('text');
});
