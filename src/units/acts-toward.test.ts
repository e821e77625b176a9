import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type ListenerEvent, parseEvent } from '#domain';
import { actsToward } from './acts-toward.ts';

const T = Date.parse('2026-05-01T10:00:00Z');
let id = 0;
const event = (fields: Record<string, unknown>): ListenerEvent => {
  const parsed = parseEvent({ event_id: `e${++id}`, user_id: 'u', ...fields }, T + 30 * DAY_MS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};
const play = (at: number, item_id = 'track:a', ms_played = 60_000) => event({ type: 'play', item_id, at, ms_played });
const act = (at: number, action: string, item_id = 'track:a') => event({ type: 'action', action, item_id, at });
const kin = (item: string) => (item.startsWith('track') ? { artistId: 'artist:x', albumId: 'album:y' } : {});
const item = 'track:a';

it('counts what was done with the item, its artist and its album, shown or not', () => {
  const { after } = actsToward(
    [
      play(T - HOUR_MS),
      play(T + HOUR_MS),
      play(T + 2 * HOUR_MS, 'track:b'),
      act(T + 2 * HOUR_MS, 'save'),
      act(T + 2 * HOUR_MS, 'follow', 'artist:x'),
      play(T + 3 * DAY_MS),
      event({ type: 'search', search_id: 'q', step: 'click', item_id: 'album:y', at: T + 6 * DAY_MS }),
    ],
    kin,
  );
  const found = Object.fromEntries(Object.entries(after(item, T) ?? {}).filter(([, count]) => count > 0));
  expect(found).toEqual({ listen: 1, album_play: 1, save: 1, follow: 1, repeat: 1, search: 1 });
});

it('tells nothing of what lies before, too late, or was cut short', () => {
  const { after } = actsToward(
    [play(T - 1), play(T + 8 * DAY_MS), play(T + HOUR_MS, 'track:a', 4000), act(T + DAY_MS + 1, 'share')],
    kin,
  );
  expect(after(item, T)).toBeUndefined();
});

it('takes nothing for a repeat that no listen on the first day came before', () => {
  expect(actsToward([play(T + 2 * DAY_MS)], kin).after(item, T)).toBeUndefined();
});
