import { expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type ListenerEvent, parseEvent } from '#domain';
import { DOWNSTREAM_ACTS, downstreamActs, downstreamOf } from './downstream.ts';

const T = Date.parse('2026-05-01T10:00:00Z');
let id = 0;
const event = (fields: Record<string, unknown>): ListenerEvent => {
  const parsed = parseEvent(
    { event_id: `e${String(++id).padStart(4, '0')}`, user_id: 'u', ...fields },
    T + 30 * DAY_MS,
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};
const seen = (at: number, item_id = 'track:a', slot?: number) =>
  event({ type: 'impression', slate_id: 's', item_id, at, ...(slot !== undefined && { slot }) });
const play = (at: number, item_id = 'track:a', ms_played = 60_000) => event({ type: 'play', item_id, at, ms_played });
const act = (at: number, action: string, item_id = 'track:a') => event({ type: 'action', action, item_id, at });
const kin = (item: string) => (item.startsWith('track') ? { artistId: 'artist:x', albumId: 'album:y' } : {});

const vectors = (...events: ListenerEvent[]) =>
  downstreamOf(events, kin).map(({ downstream }) =>
    Object.fromEntries(DOWNSTREAM_ACTS.filter((name) => downstream[name] > 0).map((name) => [name, downstream[name]])),
  );

it('counts what follows an impression within a day, and repeats within a week', () => {
  const found = vectors(
    seen(T),
    play(T + HOUR_MS),
    act(T + 2 * HOUR_MS, 'save'),
    act(T + 2 * HOUR_MS, 'open_page', 'artist:x'),
    play(T + 3 * DAY_MS),
    play(T + 8 * DAY_MS),
    event({ type: 'search', search_id: 'q', step: 'click', item_id: 'artist:x', at: T + 6 * DAY_MS }),
  );
  expect(found).toEqual([{ listen: 1, save: 1, open_page: 1, repeat: 1, search: 1 }]);
});

it('credits the last impression alone', () => {
  expect(vectors(seen(T), seen(T + 1000), act(T + 2000, 'share'))).toEqual([{}, { share: 1 }]);
});

it('credits nothing to an impression a day ago, and nothing to a play that was cut short', () => {
  expect(vectors(seen(T), act(T + DAY_MS + 1, 'follow'))).toEqual([{}]);
  expect(vectors(seen(T), play(T + 1000, 'track:a', 5000))).toEqual([{}]);
});

it('tells a listen to another track of the album from one to the card', () => {
  expect(vectors(seen(T), play(T + 1000, 'track:b'))).toEqual([{ album_play: 1 }]);
});

it('shares an act by place among all impressions of it in time, the last of them marked', () => {
  const events = [seen(T, 'track:a', 0), seen(T + 1000, 'track:b', 2), act(T + 2000, 'follow', 'artist:x')];
  const credited = downstreamActs(events, kin);
  expect(credited.map(({ impression, act: done, isLastTouch }) => [impression.itemId, done, isLastTouch])).toEqual([
    ['track:a', 'follow', false],
    ['track:b', 'follow', true],
  ]);
  // 1 / log2(2) and 1 / log2(4): two thirds and one third.
  expect(credited.map(({ credit }) => credit)).toEqual([2 / 3, 1 / 3]);
});
