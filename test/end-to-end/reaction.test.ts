/** What a listener does, told over HTTP, changes the very next answer; and what was answered stands after a restart. */

import { rmSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Decision, ENDPOINTS, receiptsSchema, type Slate, type Status, type Why } from '#api';
import { startWholeServer, type WholeServer } from '../whole-server.ts';
import { playgroundFolder } from './playground-folder.ts';

let data: string;
let server: WholeServer;
let app: FastifyInstance;

const start = async (): Promise<void> => {
  server = await startWholeServer(data);
  ({ app } = server);
};
const stop = (): Promise<void> => server.stop();

beforeAll(async () => {
  data = await playgroundFolder();
  await start();
  expect(await get<Status>('/v1/studio/status')).toMatchObject({ playground: 'present', training: 'idle' });
});
afterAll(async () => {
  await stop();
  rmSync(data, { recursive: true });
});

/** The server checks good answers against their schemas before they go out. */
const get = async <Answer>(url: string): Promise<Answer> => {
  const response = await app.inject(url);
  expect({ url, status: response.statusCode }).toEqual({ url, status: 200 });
  return response.json<Answer>();
};
/** What a listener is served goes out unchecked: here it is seen to be what the contract says, and nothing beside it. */
const slateAt = async (url: string): Promise<Slate> => {
  const slate = await get<Slate>(url);
  expect(ENDPOINTS.home.response.parse(slate)).toEqual(slate);
  return slate;
};
const homeOf = (user: string) => slateAt(`/v1/users/${user}/home`);
const itemsOf = (slate: Slate) => slate.shelves.flatMap(({ cards }) => cards.map(({ item }) => item));
const idsOf = (slate: Slate) => itemsOf(slate).map((item) => item.item_id);
const newThings = (slate: Slate) =>
  slate.shelves.filter(({ character }) => character === 'discovery').flatMap(({ cards }) => cards);

let count = 0;
const tell = async (user: string, event: object): Promise<void> => {
  const payload = { event_id: `told-${count++}`, user_id: user, at: new Date().toISOString(), ...event };
  const response = await app.inject({ method: 'POST', url: '/v1/events', payload });
  expect(receiptsSchema.parse(response.json())).toMatchObject({ accepted: 1 });
};

const LISTENER = 'playground-001';

describe('an acknowledged event', () => {
  it('is what changes the page: without one it stands', async () => {
    const first = await homeOf(LISTENER);
    const second = await homeOf(LISTENER);
    expect(second).toMatchObject({ slate_id: first.slate_id, fresh: false });
    expect(idsOf(second)).toEqual(idsOf(first));
  });

  it('hide: the item is gone from the next page, radio and weekly list, and the account says so', async () => {
    const [card] = newThings(await homeOf(LISTENER));
    const week = await slateAt(`/v1/users/${LISTENER}/weekly`);
    const hidden = [card!.item.item_id, idsOf(week)[0]!];
    for (const item_id of hidden) await tell(LISTENER, { type: 'action', action: 'hide', item_id });
    const next = await homeOf(LISTENER);
    expect(next.fresh).toBe(true);
    const after = [next, await slateAt(`/v1/users/${LISTENER}/weekly`), await slateAt(`/v1/users/${LISTENER}/radio`)];
    for (const slate of after) for (const id of hidden) expect(idsOf(slate)).not.toContain(id);
    const [, weekly] = after;
    expect(weekly?.shelves[0]?.cards).toHaveLength(week.shelves[0]!.cards.length);
    const why = await get<Why>(`/v1/slates/${next.slate_id}/why/${idsOf(next)[0]}`);
    expect(why.filtered['hidden']).toBeGreaterThanOrEqual(1);
  });

  it('play: what was new is new no more', async () => {
    const [card] = newThings(await homeOf(LISTENER));
    const item_id = card!.item.item_id;
    await tell(LISTENER, { type: 'play', item_id, ms_played: 200_000, reason_end: 'trackdone' });
    const next = await homeOf(LISTENER);
    expect(next.fresh).toBe(true);
    expect(newThings(next).map(({ item }) => item.item_id)).not.toContain(item_id);
  });

  it('like: the first word of someone unknown turns the page from what is popular to what is alike', async () => {
    const unknown = await homeOf('newcomer');
    expect(unknown.fallback).toBe('cold_start');
    const [liked] = itemsOf(unknown);
    await tell('newcomer', { type: 'action', action: 'like', item_id: liked!.item_id });
    const next = await homeOf('newcomer');
    expect(next).toMatchObject({ fresh: true, basis: 'collaborative', fallback: null });
    expect(itemsOf(next).map((item) => item.item_id)).not.toEqual(idsOf(unknown));
  });

  it('skip: the next radio answer leaves the skipped artist, who would have come again', async () => {
    const seeds = itemsOf(await slateAt(`/v1/users/${LISTENER}/home`));
    const ofArtist = async (user: string, seed: (typeof seeds)[number], end: object) => {
      await tell(user, { type: 'play', item_id: seed.item_id, ...end });
      const radio = await slateAt(`/v1/users/${user}/radio?count=30`);
      return itemsOf(radio).filter((item) => item.artist_id === seed.artist_id).length;
    };
    // Not every artist has more that is close; of a page some have.
    let heard = 0;
    let seed = seeds[0]!;
    for (let n = 0; heard === 0 && n < seeds.length; n++) {
      seed = seeds[n]!;
      heard = await ofArtist(`hears-${n}`, seed, { ms_played: 200_000, reason_end: 'trackdone' });
    }
    const skipped = await ofArtist('skips', seed, { ms_played: 3000, skipped: true, reason_end: 'fwdbtn' });
    expect(heard).toBeGreaterThan(0);
    expect(skipped).toBeLessThan(heard);
  });
});

describe('what was answered', () => {
  it('stands after a restart: the same weekly list, the same account, and drawn again it is the same', async () => {
    const home = await homeOf(LISTENER);
    const weekly = await slateAt(`/v1/users/${LISTENER}/weekly`);
    const radio = await slateAt(`/v1/users/${LISTENER}/radio`);
    const whyOf = (slate: Slate) => get<Why>(`/v1/slates/${slate.slate_id}/why/${idsOf(slate)[0]}`);
    const accounts = await Promise.all([home, weekly, radio].map(whyOf));
    await stop();
    await start();
    expect(await slateAt(`/v1/users/${LISTENER}/weekly`)).toMatchObject({ slate_id: weekly.slate_id, fresh: false });
    for (const [n, slate] of [home, weekly, radio].entries()) {
      const decision = await get<Decision>(`/v1/studio/slates/${slate.slate_id}`);
      expect(decision.replays).toBe(true);
      expect(decision.slate.fallback).toBe(slate.fallback);
      expect(idsOf(decision.slate)).toEqual(idsOf(slate));
      expect((await whyOf(slate)).account).toEqual(accounts[n]!.account);
    }
  });
});
