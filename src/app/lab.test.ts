import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineError } from '#domain';
import type { LabRequest, LabResult } from '#jobs';
import { Lab } from './lab.ts';
import { createLabFiles } from './lab-files.ts';
import { createLog } from './log.ts';

const REQUEST: LabRequest = {
  world: 'small',
  first: 'popular',
  second: 'random',
  listeners: 20,
  weeks: 2,
  worlds: 3,
  seed: 1,
};

const LIFE = JSON.stringify({ days: [{ returns: 0.5, came: true }], sessions: [] });
const RESULT: LabResult = {
  curves: [],
  events: 5,
  people: [{ listener: 0, kind: 'generalist', timeZone: 'Europe/Berlin', readiness: 0.5 }],
  lives: { first: [new TextEncoder().encode(LIFE)], second: [new TextEncoder().encode(LIFE)] },
};

const folder = mkdtempSync(join(tmpdir(), 'ritornello-lab-'));
afterAll(() => rmSync(folder, { recursive: true }));
let servers = 0;

/** As on a server with that folder; a new one unless given. */
const open = (data = join(folder, `${++servers}`)) => {
  const logged: string[] = [];
  const log = createLog({ level: 'warn', format: 'text', write: (line) => void logged.push(line) });
  const gate = { resolve: (_: LabResult): void => undefined, reject: (_: unknown): void => undefined };
  const answer = new Promise<LabResult>((resolve, reject) => Object.assign(gate, { resolve, reject }));
  let tell: (done: number, total: number) => void = () => undefined;
  const lab = new Lab({
    run: (_, onDay, signal) => {
      tell = onDay;
      signal.addEventListener('abort', () => gate.reject(signal.reason));
      return answer;
    },
    files: createLabFiles(data),
    log,
  });
  return { lab, logged, data, gate, tell: (done: number, total: number) => tell(done, total) };
};

describe('the Lab', () => {
  it('has one run at a time, tells how far it is, and keeps what came of it', async () => {
    const { lab, gate, tell } = open();
    expect(lab.start(REQUEST).run).toMatchObject({ state: 'running', progress: { done: 0, total: null } });
    expect(() => lab.start(REQUEST)).toThrow(expect.objectContaining({ code: 'conflict' }));
    tell(3, 96);
    expect(lab.state().run?.progress).toEqual({ done: 3, total: 96, unit: 'days' });
    expect(() => lab.life(0, 0)).toThrow('no finished run');
    gate.resolve(RESULT);
    await expect.poll(() => lab.state().run?.state).toBe('done');
    expect(lab.life(0, 1)).toMatchObject({ week: 1, person: { kind: 'generalist' } });
    expect(() => lab.life(1, 0)).toThrow('expected 0 to 0');
    expect(() => lab.life(0, 2)).toThrow('expected 0 to 1');
  });

  it('forgets a run that was cancelled, and takes the next one', async () => {
    const { lab, logged } = open();
    expect(() => lab.cancel()).toThrow(expect.objectContaining({ code: 'conflict' }));
    lab.start(REQUEST);
    expect(lab.cancel().run).toMatchObject({ state: 'cancelled', result: null });
    expect(lab.start(REQUEST).run?.state).toBe('running');
    await lab.stop();
    expect(logged).toEqual([]);
    expect(() => lab.start(REQUEST)).toThrow('stopping');
  });

  it('says why a run failed, in its state and in the log', async () => {
    const { lab, logged, gate } = open();
    lab.start(REQUEST);
    gate.reject(new Error('no memory'));
    await expect.poll(() => lab.state().run).toMatchObject({ state: 'failed', error: 'no memory' });
    expect(logged).toEqual(['error: the run of the Lab failed: no memory\n']);
  });

  it('refuses what it cannot do, naming the field and what is allowed', () => {
    const refusal = (part: Partial<LabRequest>): string => {
      const { lab } = open();
      try {
        lab.start({ ...REQUEST, ...part });
      } catch (error) {
        return (error as EngineError).fields.map(({ field, reason }) => `${field}: ${reason}`).join();
      }
      return 'taken';
    };
    expect(refusal({ world: 'mars' })).toMatch(/^world: "mars": expected one of playground, small/);
    expect(refusal({ second: 'best' })).toMatch(/^second: "best": expected one of engine, random/);
    expect(refusal({ second: 'popular' })).toMatch(/^second: the same as first/);
    expect(refusal({ listeners: 2000, weeks: 26, worlds: 10 })).toMatch(/7280000 listener-days: at most 300000 in/);
    expect(refusal({ first: 'engine', listeners: 100, weeks: 20 })).toMatch(/84000 listener-days: at most 70000 with/);
    expect(refusal({ first: 'random', second: 'popular', listeners: 100, weeks: 20 })).toBe('taken');
  });

  it('shows the last run after the server has started anew, and says when it ended in the middle of one', async () => {
    const { lab, gate, data } = open();
    lab.start(REQUEST);
    gate.resolve(RESULT);
    await expect.poll(() => lab.state().run?.state).toBe('done');
    await lab.stop();
    const next = open(data).lab;
    const { lives, ...rest } = RESULT;
    expect(next.state().run).toMatchObject({ request: REQUEST, state: 'done', result: rest, error: null });
    expect(next.life(0, 1)).toEqual(lab.life(0, 1));
    next.start({ ...REQUEST, seed: 2 });
    await next.stop();
    expect(open(data).lab.state().run).toMatchObject({
      request: { seed: 2 },
      state: 'interrupted',
      result: null,
      error: null,
    });
  });

  it('begins empty when what it kept cannot be read, and says so in the log', () => {
    const data = join(folder, 'broken');
    mkdirSync(data);
    writeFileSync(join(data, 'run.json'), '{"state":"done"}');
    writeFileSync(join(data, 'worlds.json'), JSON.stringify(['name: kept', 'effects: { novelty: 9 }']));
    const { lab, logged } = open(data);
    expect(lab.state().run).toBeNull();
    expect(
      lab
        .state()
        .choices.worlds.filter(({ own }) => own)
        .map(({ name }) => name),
    ).toEqual(['kept']);
    expect(logged).toEqual([
      expect.stringMatching(/cannot be read: .*; effects.novelty: 9: expected a number from 0 to 3/),
      expect.stringContaining('cannot be read'),
    ]);
  });
});

describe('worlds of one’s own', () => {
  const mine = 'name: quiet town\nabout: Few people.\nlisteners: { count: 40 }\n';
  const own = (lab: Lab) => lab.state().choices.worlds.filter((world) => world.own);
  const refusal = (act: () => unknown): EngineError => {
    try {
      act();
    } catch (error) {
      return error as EngineError;
    }
    throw new Error('it was taken');
  };

  it('are kept under their names, replaced, lived in, removed, and still there after a new start', () => {
    const { lab, data } = open();
    lab.keepWorld(mine);
    lab.keepWorld(`${mine}effects: { novelty: 2 }\n`);
    lab.keepWorld('name: other');
    expect(own(lab).map(({ name, about }) => [name, about])).toEqual([
      ['quiet town', 'Few people.'],
      ['other', ''],
    ]);
    lab.removeWorld('other');
    const next = open(data).lab;
    expect(own(next)).toEqual([
      { name: 'quiet town', about: 'Few people.', text: expect.stringMatching(/novelty: 2/), own: true },
    ]);
    expect(next.start({ ...REQUEST, world: 'quiet town' }).run?.state).toBe('running');
    expect(refusal(() => next.removeWorld('other'))).toMatchObject({
      code: 'not_found',
      message: /there is quiet town$/,
    });
  });

  it('are refused with the field, its place and what is allowed', () => {
    const { lab } = open();
    const said = (text: string) =>
      refusal(() => lab.keepWorld(text)).fields.map(({ field, reason }) => `${field}: ${reason}`);
    expect(said('name: x\ncatalogue:\n  tracks: 50000\n')).toEqual([
      'catalogue.tracks: 50000: expected a whole number from 60 to 20000 (line 3, column 3)',
    ]);
    expect(said('about: x')).toEqual([expect.stringMatching(/^name: missing: expected a name/)]);
    expect(said('name: small')).toEqual(['name: "small" comes with the program: expected another name']);
    expect(said(`name: ${'x'.repeat(61)}`)).toEqual(['name: 61 characters: expected at most 60']);
    for (let n = 0; n < 50; n++) lab.keepWorld(`name: w${n}`);
    expect(refusal(() => lab.keepWorld('name: one more')).code).toBe('conflict');
  });
});
