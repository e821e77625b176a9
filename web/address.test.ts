import { describe, expect, it } from 'vitest';
import { askedWhy, askingWhy, notAsking, onlyOf } from './address.ts';

describe('the address', () => {
  it('gives back what was asked why, even of an item id with the mark in it', () => {
    const asked = askingWhy('slate-1', 'track:a~b')({ user: 'me' });
    expect(asked.user).toBe('me');
    expect(askedWhy(asked.why)).toEqual({ slateId: 'slate-1', itemId: 'track:a~b' });
    expect(askedWhy(notAsking(asked).why)).toBeNull();
    expect(askedWhy('broken')).toBeNull();
  });

  it('begins at the newest when the filter changes', () => {
    expect(onlyOf('me', undefined)({ user: 'u', before: '2024-01-01T00:00:00Z' })).toEqual({
      user: 'u',
      of: 'me',
      surface: undefined,
    });
  });
});
