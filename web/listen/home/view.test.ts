import { describe, expect, it } from 'vitest';
import type { Card, Slate } from '#api';
import { greeting, viewHome } from './view.ts';

const card = (name: string, explored = false) => ({ item: { item_id: `track:${name}` }, explored }) as Card;
const slate = (basis: Slate['basis'], ...shelves: Card[][]) =>
  ({ basis, notices: ['n'], shelves: shelves.map((cards, at) => ({ shelf: `s${at}`, cards })) }) as unknown as Slate;
const feelings = (...hidden: string[]) => ({
  liked: new Set<string>(),
  disliked: new Set<string>(),
  hidden: new Set(hidden),
});

describe('the home page', () => {
  it('leaves out what was just hidden, and shelves that this empties', () => {
    const view = viewHome(slate('collaborative', [card('a'), card('b')], [card('c')]), feelings('track:b', 'track:c'));
    expect(view.shelves.map((shelf) => shelf.cards.map(({ item }) => item.item_id))).toEqual([['track:a']]);
    expect(view.cards).toBe(1);
  });

  it('counts what was explored', () => {
    expect(viewHome(slate('collaborative', [card('a', true), card('b')]), feelings()).explored).toBe(1);
  });

  it('says what it rests on only when that is less than listeners', () => {
    expect(viewHome(slate('collaborative', []), feelings()).basis).toBeNull();
    expect(viewHome(slate('content_only', []), feelings()).basis).toMatch(/what the music is/);
  });

  it('greets by the hour', () => {
    expect([3, 8, 13, 18, 23].map(greeting)).toEqual([
      'Still up?',
      'Good morning',
      'Good afternoon',
      'Good evening',
      'Late again',
    ]);
  });
});
