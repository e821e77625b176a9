import { describe, expect, it } from 'vitest';
import type { ItemSummary, Profile } from '#api';
import { feelingsOf, withReaction } from './feelings.ts';

const item = (name: string) => ({ item_id: `track:${name}` }) as ItemSummary;
const profile = (liked: string[], disliked: string[], hidden: string[]) =>
  ({ liked: liked.map(item), disliked: disliked.map(item), hidden: hidden.map(item) }) as unknown as Profile;

const reacted = (reaction: Parameters<typeof withReaction>[1], name: string) => {
  const { liked, disliked, hidden } = feelingsOf(withReaction(profile(['a'], ['b'], ['c']), reaction, item(name)));
  return [[...liked], [...disliked], [...hidden]];
};

describe('a reaction', () => {
  it('likes what was disliked', () => {
    expect(reacted('like', 'b')).toEqual([['track:b', 'track:a'], [], ['track:c']]);
  });

  it('counts once', () => {
    expect(reacted('like', 'a')).toEqual([['track:a'], ['track:b'], ['track:c']]);
  });

  it('hides what was liked, and takes it back', () => {
    expect(reacted('hide', 'a')).toEqual([[], ['track:b'], ['track:a', 'track:c']]);
    expect(reacted('unhide', 'c')).toEqual([['track:a'], ['track:b'], []]);
  });

  it('of someone unknown is nothing yet', () => {
    expect(feelingsOf(undefined).liked.size).toBe(0);
  });
});
