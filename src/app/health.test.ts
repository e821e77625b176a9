import { describe, expect, it } from 'vitest';
import { createHealth, type HealthDeps } from './health.ts';

const DELAY = { p99: 1, longest: 2 };
const never = <Value>(): Promise<Value> => new Promise(() => undefined);
const fails = async (): Promise<never> => {
  throw new Error('away');
};

const healthOf = (deps: {
  status?: () => object;
  ping?: () => Promise<void>;
  delay?: HealthDeps['answeringDelay'];
}) => {
  const { status = () => ({ first: 3, next: 10, bytes: 0 }), ping = async () => undefined } = deps;
  return createHealth({
    journal: { status } as HealthDeps['journal'],
    warehouse: { ping } as HealthDeps['warehouse'],
    hasModels: () => true,
    answeringDelay: deps.delay ?? (async () => DELAY),
  });
};

describe('health', () => {
  it('says what answers and what is behind', async () => {
    const health = healthOf({});
    expect(await health.readiness()).toEqual({ ready: true, journal: 'ok', warehouse: 'ok', models: 'ok' });
    expect(health.journalLag()).toBe(7);
    expect(await health.answeringDelay()).toBe(DELAY);
  });

  it('is ready without the warehouse, and not without the journal', async () => {
    expect(await healthOf({ ping: fails }).readiness()).toMatchObject({ ready: true, warehouse: 'away' });
    const failed = healthOf({
      status: () => {
        throw new Error('the disk is gone');
      },
    });
    expect(await failed.readiness()).toMatchObject({ ready: false, journal: 'failed', warehouse: 'ok' });
    expect(failed.journalLag()).toBeNaN();
  });

  it('knows no delay of a thread that has failed', async () => {
    expect(await healthOf({ delay: fails }).answeringDelay()).toBeNull();
  });

  it('waits two seconds for whoever does not answer', async () => {
    const health = healthOf({ ping: never, delay: never });
    const [readiness, delay] = await Promise.all([health.readiness(), health.answeringDelay()]);
    expect(readiness).toMatchObject({ ready: true, warehouse: 'away' });
    expect(delay).toBeNull();
  });
});
