/** A play as a client sends it. */

import { NOW } from './test-clock.contract.ts';

export const play = (id: string, more: object = {}) => ({
  type: 'play',
  event_id: id,
  user_id: 'ada',
  at: NOW,
  item_id: 'track:one',
  ...more,
});
