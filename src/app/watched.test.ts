import { expect, it } from 'vitest';
import { Watched } from './watched.ts';

it('tells how far a question is while it lasts', async () => {
  const watched = new Watched();
  const answer = watched.during('a', async (onProgress) => {
    expect(watched.of('a')).toEqual({ done: 0, total: null, unit: 'listeners' });
    onProgress({ done: 3, total: 4, unit: 'listeners' });
    expect(watched.of('a')).toEqual({ done: 3, total: 4, unit: 'listeners' });
    expect(watched.of('b')).toBeNull();
    return 'answered';
  });
  expect(await answer).toBe('answered');
  expect(watched.of('a')).toBeNull();
});

it('tells nothing more of a question that failed', async () => {
  const watched = new Watched();
  await expect(watched.during('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(watched.of('a')).toBeNull();
});
