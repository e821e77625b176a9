/** What tests of HTTP ask with and read: the time it is, a play as a client sends it, an answer that has to be a problem. */

import { expect } from 'vitest';
import { problemSchema } from '#api';

/** Tuesday 2026-11-24, 06:00 UTC. */
export const NOW = Date.UTC(2026, 10, 24, 6);

export const play = (id: string, more: object = {}) => ({
  type: 'play',
  event_id: id,
  user_id: 'ada',
  at: NOW,
  item_id: 'track:one',
  ...more,
});

export const problem = (answer: { headers: Record<string, unknown>; json: unknown }) => {
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  return problemSchema.parse(answer.json);
};
