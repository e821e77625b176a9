import { describe, expect, it } from 'vitest';
import { SESSION_GAP_MS, sessionAt } from './session.ts';

const ids = () => {
  let count = 0;
  return () => `s${++count}`;
};

describe('a session', () => {
  it('begins with the first event and goes on with the next', () => {
    const newId = ids();
    const first = sessionAt(null, 1000, newId);
    expect(first).toEqual({ id: 's1', lastAt: 1000 });
    expect(sessionAt(first, 1000 + SESSION_GAP_MS - 1, newId).id).toBe('s1');
  });

  it('ends after half an hour of nothing', () => {
    const newId = ids();
    const first = sessionAt(null, 1000, newId);
    expect(sessionAt(first, 1000 + SESSION_GAP_MS, newId).id).toBe('s2');
  });

  it('is not turned back by a clock that was', () => {
    expect(sessionAt({ id: 'a', lastAt: 5000 }, 4000, ids())).toEqual({ id: 'a', lastAt: 5000 });
  });
});
