import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY_MS, type ExperimentDocument, HOUR_MS, type ListenerEvent, type UserId } from '#domain';
import { standardDefinitions } from '#success';
import type { Analyses } from './analyses/analyses.ts';
import { loadConfig } from './config.ts';
import { createExperiments } from './experiments.ts';
import { SILENT } from './log.ts';

const document = (more: object = {}) =>
  JSON.stringify({
    name: 'bolder',
    hypothesis: 'More to explore brings people back.',
    arms: [{ name: 'control' }, { name: 'bold', policy: { exploration: 0.4 } }],
    success: [{ metric: 'return_rate[7d]' }],
    horizon_days: 7,
    planned_units: 100,
    ...more,
  });

const open = (data = mkdtempSync(join(tmpdir(), 'ritornello-experiments-'))) => {
  const { config } = loadConfig({ env: {}, standardFile: false, flags: { data } });
  const recorded: ListenerEvent[] = [];
  const acting: (readonly ExperimentDocument[])[] = [];
  const hand = { now: 100 * DAY_MS };
  const make = () =>
    createExperiments({
      config,
      clock: { now: () => hand.now },
      // Nothing here is analysed.
      analyses: {} as Analyses,
      intake: { record: async (events) => void recorded.push(...events) },
      arms: { use: (documents) => void acting.push(documents), learn: async () => undefined },
      definitions: standardDefinitions,
      log: SILENT,
      intents: () => null,
      sessions: { catchUp: async () => undefined },
    });
  return { config, hand, recorded, acting: () => acting.at(-1)!.map(({ name }) => name), make };
};
const stateOf = (experiments: ReturnType<typeof createExperiments>, name: string) => experiments.get(name).state;

describe('experiments of a data folder', () => {
  it('are planned, run and stop, each once, and what acts is told', async () => {
    const { make, acting } = open();
    const experiments = make();
    expect(await experiments.put('bolder', document())).toMatchObject({ state: 'planned', startedAt: null });
    expect(acting()).toEqual([]);
    await experiments.start('bolder');
    expect(acting()).toEqual(['bolder']);
    await expect(experiments.start('bolder')).rejects.toThrow('experiment bolder is running already');
    await experiments.stop('bolder');
    expect(acting()).toEqual([]);
    await expect(experiments.stop('bolder')).rejects.toThrow('experiment bolder is stopped already');
    await expect(experiments.start('bolder')).rejects.toThrow('stopped, for good: plan another under a new name');
    await experiments.put('next', document({ name: 'next' }));
    await expect(experiments.stop('next')).rejects.toThrow('planned and has not begun: there is nothing to stop');
    expect(() => experiments.get('other')).toThrow('there is no experiment "other": there is bolder');
  });

  it('stop at their horizon, on the minute, also when nobody was there', async () => {
    const { config, make, hand, acting } = open();
    const experiments = make();
    const began = hand.now;
    await experiments.put('bolder', document());
    await experiments.start('bolder');
    hand.now = began + 7 * DAY_MS - 1;
    await experiments.tick();
    expect(stateOf(experiments, 'bolder')).toBe('running');
    // The engine is down over the horizon; the next start finds it in the file.
    hand.now = began + 9 * DAY_MS;
    const again = make();
    expect(again.get('bolder')).toMatchObject({ state: 'stopped', stoppedAt: began + 7 * DAY_MS });
    expect(acting()).toEqual([]);
    expect(JSON.parse(readFileSync(join(config.data, 'experiments.json'), 'utf8'))).toMatchObject([
      { state: 'stopped', stoppedAt: began + 7 * DAY_MS },
    ]);
  });

  it('hand out no arm past the horizon, even between two ticks', async () => {
    const { make, hand } = open();
    const experiments = make();
    await experiments.put('bolder', document());
    await experiments.start('bolder');
    const users = Array.from({ length: 20 }, (_, n) => `user-${n}` as UserId);
    expect(users.some((user) => experiments.arm(user, 'bolder', {}).assignment.ok)).toBe(true);
    hand.now += 8 * DAY_MS;
    for (const user of users) {
      expect(experiments.arm(user, 'bolder', {}).assignment).toEqual({ ok: false, reason: 'not_running' });
    }
  });

  it('survive a restart: what ran runs on with the same arms', async () => {
    const { make, hand, acting } = open();
    const before = make();
    await before.put('bolder', document());
    await before.start('bolder');
    hand.now += HOUR_MS;
    const after = make();
    expect(acting()).toEqual(['bolder']);
    for (let n = 0; n < 50; n++) {
      const user = `user-${n}` as UserId;
      expect(after.arm(user, 'bolder', {})).toEqual(before.arm(user, 'bolder', {}));
    }
  });

  it('cannot change while they run: the message names what would, weights among it', async () => {
    const { make } = open();
    const experiments = make();
    await experiments.put('bolder', document());
    await experiments.put('bolder', document({ horizon_days: 9 }));
    expect(experiments.get('bolder').document.horizon_days).toBe(9);
    await experiments.start('bolder');
    const heavier = document({ horizon_days: 9, arms: [{ name: 'control', weight: 3 }, { name: 'bold' }] });
    await expect(experiments.put('bolder', heavier)).rejects.toThrow(
      'experiment bolder is running: arms would change under units that have an arm; what runs or ran cannot be changed',
    );
    expect(experiments.get('bolder').document.arms[0]!.weight).toBe(1);
  });

  it('do not meet: parts of a layer must be apart, and two layers must not set the same of serving', async () => {
    const { make } = open();
    const experiments = make();
    const start = async (name: string, more: object) => {
      await experiments.put(name, document({ name, ...more }));
      return experiments.start(name);
    };
    await start('first', { part: [0, 0.5] });
    await expect(start('second', { part: [0.4, 1] })).rejects.toThrow(
      'experiment first has the part from 0 to 0.5 of layer main: take another part or another layer',
    );
    await start('third', { part: [0.5, 1] });
    const greedy = [{ name: 'a' }, { name: 'b', policy: { name: 'greedy' } }];
    await expect(start('fourth', { layer: 'other', arms: greedy })).rejects.toThrow(
      /experiment first of layer main sets exploration of serving too/,
    );
    const sparse = [{ name: 'a' }, { name: 'b', policy: { per_artist: 1 } }];
    expect(await start('fifth', { layer: 'other', arms: sparse })).toMatchObject({ state: 'running' });
  });

  it('log an exposure once a unit, by its name', async () => {
    const { make, recorded } = open();
    const experiments = make();
    await experiments.put('bolder', document());
    await experiments.start('bolder');
    const user = Array.from({ length: 20 }, (_, n) => `user-${n}` as UserId).find(
      (id) => experiments.arm(id, 'bolder', {}).assignment.ok,
    )!;
    await experiments.expose(user, 'bolder', { device: 'car' });
    await experiments.expose(user, 'bolder', {});
    expect(recorded.map(({ eventId }) => eventId)).toEqual(Array(2).fill(`exposure:bolder:${user}`));
    expect(recorded[0]).toMatchObject({ device: 'car', exposed: true, extra: { unit: user } });
  });
});

describe('the document of an experiment', () => {
  const refusal = async (more: object): Promise<string> => {
    const experiments = open().make();
    const put = experiments.put('bolder', document(more));
    return put.then(
      () => 'taken',
      (error: Error) => error.message,
    );
  };
  const arms = (policy: object) => ({ arms: [{ name: 'a' }, { name: 'b', policy }] });

  it('names the field that is wrong and what is allowed', async () => {
    expect(await refusal(arms({ reward: 'home_shelf' }))).toBe('taken');
    expect(await refusal(arms({ reward: 'home_shelff' }))).toMatch(
      /arms.1.policy.reward: home_shelff is no definition of success: expected one of .*home_shelf/,
    );
    expect(await refusal(arms({ reward: 'sleep_playlist' }))).toMatch(
      /arms.1.policy.reward: sleep_playlist judges a session, not what a shelf shows/,
    );
    expect(await refusal(arms({}))).toMatch(/arms.1.policy: expected at least one of name, exploration, band/);
    expect(await refusal(arms({ name: 'greedy', exploration: 0.2 }))).toMatch(/arms.1.policy.exploration: name sets/);
    expect(await refusal(arms({ name: 'greedyy' }))).toMatch(/arms.1.policy.name: .*"greedy"/);
    expect(await refusal(arms({ band: 4 }))).toBe('taken');
    expect(await refusal(arms({ band: 4.5 }))).toMatch(/arms.1.policy.band: expected 1 to 4, got 4.5/);
    expect(await refusal(arms({ exploration: 2 }))).toMatch(/arms.1.policy.exploration: .*<=1/);
    expect(await refusal({ name: 'other' })).toMatch(/name: is other, and the address says bolder/);
  });
});
