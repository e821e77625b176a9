/** Arms of an experiment act on what is served over HTTP, and their exposures are logged at that moment, once a unit. */

import { rmSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Arm, ExperimentAnalysis, Slate, Status } from '#api';
import { startWholeServer, type WholeServer } from '../whole-server.ts';
import { playgroundFolder } from './playground-folder.ts';

let data: string;
let server: WholeServer;
let app: FastifyInstance;

beforeAll(async () => {
  data = await playgroundFolder();
  server = await startWholeServer(data);
  ({ app } = server);
  expect(await get<Status>('/v1/studio/status')).toMatchObject({ playground: 'present', training: 'idle' });
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true });
});

const get = async <Answer>(url: string): Promise<Answer> => {
  const response = await app.inject(url);
  expect({ url, status: response.statusCode }).toEqual({ url, status: 200 });
  return response.json<Answer>();
};
const put = (name: string, payload: object) =>
  app.inject({ method: 'PUT', url: `/v1/studio/experiments/${name}`, payload });
const post = (path: string) => app.inject({ method: 'POST', url: `/v1/studio/experiments/${path}` });
const plan = async (name: string, more: object): Promise<void> => {
  const planned = await put(name, {
    name,
    hypothesis: 'More to explore brings people back.',
    success: [{ metric: 'return_rate[14d]' }],
    horizon_days: 14,
    planned_units: 1000,
    ...more,
  });
  expect(planned.statusCode).toBe(200);
  expect((await post(`${name}/start`)).statusCode).toBe(200);
};
const USERS = 60;
/** The analysis carries what was acknowledged to the tables before it answers. */
const analysisOf = (name: string) => get<ExperimentAnalysis>(`/v1/studio/experiments/${name}/analysis`);

/** Cards of everyone's home came into view a day and a half ago; those of one kind of shelf were heard. */
const lookedAt = async (users: readonly string[], heard: string): Promise<void> => {
  for (const user_id of users) {
    const { slate_id, shelves } = await get<Slate>(`/v1/users/${user_id}/home?refresh=true`);
    const seen = shelves.flatMap(({ shelf, cards }) => cards.map(({ item: { item_id } }) => ({ shelf, item_id })));
    const events = seen.flatMap(({ shelf, item_id }, n) => {
      const at = Date.now() - 36 * 3_600_000 + n * 300_000;
      const base = { user_id, slate_id, shelf, item_id };
      const impression = {
        ...base,
        type: 'impression',
        event_id: `i${n}`,
        at,
        visible_ms: 3000,
        max_visible_fraction: 1,
      };
      const play = { ...base, type: 'play', event_id: `p${n}`, at: at + 4000, ms_played: 200_000 };
      return shelf === heard ? [impression, play] : [impression];
    });
    const sent = await app.inject({ method: 'POST', url: '/v1/events', payload: events });
    expect(sent.statusCode).toBe(200);
  }
};

describe('an experiment whose arms are policies', () => {
  it('serves two explorations, exposes each unit once, and leaves the rest as they are', async () => {
    const users = (await get<{ users: { user_id: string }[] }>(`/v1/studio/users?limit=${USERS}`)).users.map(
      ({ user_id }) => user_id,
    );
    expect(users.length).toBe(USERS);
    const home = (user: string, query = '') => get<Slate>(`/v1/users/${user}/home?refresh=true${query}`);
    const usual = new Map<string, Slate>();
    for (const user of users) usual.set(user, await home(user));
    await plan('exploring', {
      arms: [
        { name: 'none', policy: { name: 'greedy' } },
        { name: 'half', policy: { exploration: 0.5 } },
      ],
      eligible: { surface: ['home'], device: ['mobile', 'desktop'] },
    });
    const byArm = new Map<string, string[]>();
    for (const user of users) {
      const { arm, reason } = await get<Arm>(`/v1/users/${user}/arms/exploring?surface=home&device=mobile`);
      // Twice: an exposure is of the unit, not of the page.
      await home(user, '&device=mobile');
      const slate = await home(user, '&device=mobile');
      const explored = slate.shelves.flatMap(({ cards }) => cards).filter((card) => card.explored).length;
      if (arm === null) {
        expect(reason).toBe('held_out');
        expect(slate.experiments).toEqual([]);
        expect(slate.exploration).toBe(usual.get(user)!.exploration);
        continue;
      }
      expect(slate.experiments).toEqual([{ experiment: 'exploring', arm }]);
      expect(slate.exploration).toBe(arm === 'none' ? 0 : 0.5);
      if (arm === 'none') expect(explored).toBe(0);
      byArm.set(arm, [...(byArm.get(arm) ?? []), user]);
    }
    // Another device is not eligible: as it was before, and no exposure.
    for (const user of users.slice(0, 10)) {
      const slate = await home(user, '&device=car');
      expect(slate.experiments).toEqual([]);
      expect(slate.exploration).toBe(usual.get(user)!.exploration);
    }
    const { arms, checks } = await analysisOf('exploring');
    expect(arms.map(({ arm, exposed }) => [arm, exposed])).toEqual(
      ['none', 'half'].map((arm) => [arm, byArm.get(arm)!.length]),
    );
    expect(checks.find(({ check }) => check === 'several_arms')).toMatchObject({ state: 'passed' });
    expect((await post('exploring/stop')).statusCode).toBe(200);
    const after = await home(users[0]!, '&device=mobile');
    expect(after.experiments).toEqual([]);
    expect(after.exploration).toBe(usual.get(users[0]!)!.exploration);
  });

  it('takes success definitions as arms: each orders the shelves by what it calls success', async () => {
    const users = (await get<{ users: { user_id: string }[] }>('/v1/studio/users?limit=20')).users.map(
      ({ user_id }) => user_id,
    );
    await lookedAt(users, 'picked');
    await plan('rewards', {
      arms: [{ name: 'usual' }, { name: 'by_success', policy: { reward: 'home_shelf' } }],
      eligible: { surface: ['home'] },
    });
    const pages = await Promise.all(users.map((user) => get<Slate>(`/v1/users/${user}/home?refresh=true`)));
    const orders = (arm: string) =>
      pages
        .filter(({ experiments }) => experiments.some((one) => one.arm === arm))
        .map(({ shelves }) => shelves.map(({ shelf }) => shelf.split(':')[0]));
    expect(orders('usual').length).toBeGreaterThan(0);
    expect(orders('by_success').length).toBeGreaterThan(0);
    for (const order of orders('usual')) expect(order[0]).toBe('jump_back_in');
    for (const order of orders('by_success').filter((shelves) => shelves.includes('picked'))) {
      expect(order[0]).toBe('picked');
    }
    expect(orders('by_success').some((order) => order.includes('picked'))).toBe(true);
  });

  it('refuses what cannot be served, naming the field', async () => {
    const wrong = await put('wrong', {
      name: 'wrong',
      hypothesis: 'x',
      success: [{ metric: 'return_rate[14d]' }],
      horizon_days: 14,
      planned_units: 10,
      arms: [{ name: 'a' }, { name: 'b', policy: { exploration: 3 } }],
    });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.json()).toMatchObject({ code: 'invalid_request', errors: [{ field: 'arms.1.policy.exploration' }] });
  });
});
