import { describe, expect, it } from 'vitest';
import type { EngineError } from '#domain';
import type { LabRequest, LabResult } from '#jobs';
import { Lab } from './lab.ts';
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

const RESULT: LabResult = {
  curves: [],
  events: 5,
  people: [{ listener: 0, kind: 'generalist', timeZone: 'Europe/Berlin', readiness: 0.5 }],
  life: (_, listener) => (listener === 0 ? { days: [], sessions: [] } : null),
};

const open = () => {
  const logged: string[] = [];
  const log = createLog({ level: 'error', format: 'text', write: (line) => void logged.push(line) });
  const gate = { resolve: (_: LabResult): void => undefined, reject: (_: unknown): void => undefined };
  const answer = new Promise<LabResult>((resolve, reject) => Object.assign(gate, { resolve, reject }));
  let tell: (done: number, total: number) => void = () => undefined;
  const lab = new Lab({
    run: (_, onDay, signal) => {
      tell = onDay;
      signal.addEventListener('abort', () => gate.reject(signal.reason));
      return answer;
    },
    log,
  });
  return { lab, logged, gate, tell: (done: number, total: number) => tell(done, total) };
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
});
