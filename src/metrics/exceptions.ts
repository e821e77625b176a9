/** Where metrics mean the opposite of what they usually mean: declared once, shared by the metrics it holds for. */

import type { PolarityException } from './metric.ts';

export const SKIPS_ARE_FREE: readonly PolarityException[] = [
  {
    intents: ['party', 'discover_now', 'discover_save', 'open_search'],
    polarity: 'free',
    because: 'who looks through tracks skips the ones that are not the one: no complaint',
  },
];

export const TOUCHING_DISTURBS: readonly PolarityException[] = [
  {
    intents: ['sleep', 'focus', 'background'],
    polarity: 'down',
    because: 'the music should need no hand: touching it means that it disturbed',
  },
  {
    intents: ['party', 'discover_now', 'discover_save', 'deep_explore'],
    polarity: 'up',
    because: 'choosing, queueing and saving is what the session is for',
  },
];

export const TIME_IS_EFFORT: readonly PolarityException[] = [
  {
    intents: ['known_item'],
    polarity: 'down',
    because: 'who looks for one thing wants to have it at once and be gone',
  },
];

export const TIME_IS_FREE: readonly PolarityException[] = [
  {
    intents: ['known_item', 'news'],
    polarity: 'free',
    because: 'one item was wanted; how long it is says nothing about how well it was found',
  },
];

export const KEEPING_IS_FREE: readonly PolarityException[] = [
  {
    intents: ['sleep', 'focus', 'background'],
    polarity: 'free',
    because: 'nobody is looking; nothing kept is no failure',
  },
];

export const SPOKEN_HAS_NO_CARDS: readonly PolarityException[] = [
  {
    devices: ['speaker', 'car'],
    polarity: 'free',
    because: 'nothing is shown there; the few impressions are of companions',
  },
];
