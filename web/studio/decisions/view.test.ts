import { describe, expect, it } from 'vitest';
import type { Card, Decision } from '#api';
import { outcomeWords, viewDecision } from './view.ts';

const outcome = (part: Partial<Decision['outcomes'][number]> = {}) => ({
  item_id: 'track:a',
  impressions: 0,
  plays: 0,
  ms_played: null,
  actions: [],
  ...part,
});

describe('what became of a card', () => {
  it('is told in the order in which it happens', () => {
    expect(outcomeWords(outcome({ impressions: 2, plays: 1, ms_played: 31_000, actions: ['like', 'like'] }))).toBe(
      'seen, played, 31 s, liked',
    );
    expect(outcomeWords(outcome({ plays: 3 }))).toBe('played 3 times');
    expect(outcomeWords(outcome())).toBe('not seen');
    expect(outcomeWords(undefined)).toBe('not seen');
  });

  it('stands with its card', () => {
    const card = (name: string) => ({ item: { item_id: `track:${name}` } }) as Card;
    const slate = { shelves: [{ shelf: 's', title: 'S', need: 'n', cards: [card('a'), card('b')] }] };
    const [shelf] = viewDecision({ slate, outcomes: [outcome({ actions: ['hide'] })] } as unknown as Decision);
    expect(shelf?.lines.map(({ outcome, reaction }) => [outcome, reaction])).toEqual([
      ['hidden', 'refused'],
      ['not seen', 'none'],
    ]);
  });
});
