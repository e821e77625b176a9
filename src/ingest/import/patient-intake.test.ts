import { describe, expect, it } from 'vitest';
import { EngineError, type ErrorCode } from '#domain';
import type { Receipt } from '../intake.ts';
import { patientIntake } from './patient-intake.ts';

/** Answers with this error as often as said, then accepts. */
const failing = (times: number, code: ErrorCode) => {
  let calls = 0;
  const accept = async (wire: readonly unknown[]): Promise<readonly Receipt[]> => {
    calls++;
    if (calls <= times) throw new EngineError(code, 'too much waits');
    return wire.map(() => ({ outcome: 'accepted' }));
  };
  return { accept, acceptItems: accept, calls: () => calls };
};

describe('the patient intake', () => {
  it('asks again while too much waits for the warehouse', async () => {
    const intake = failing(3, 'unavailable');
    const patient = patientIntake(intake, undefined, { pauseMs: 1, pauses: 5 });
    expect(await patient.accept([1, 2])).toHaveLength(2);
    expect(intake.calls()).toBe(4);
    expect(await patient.acceptItems([1])).toEqual([{ outcome: 'accepted' }]);
  });

  it('gives up in the end, at once on other errors, and when it is told to stop', async () => {
    const tired = failing(9, 'unavailable');
    await expect(patientIntake(tired, undefined, { pauseMs: 1, pauses: 2 }).accept([])).rejects.toThrow('too much');
    expect(tired.calls()).toBe(3);
    const full = failing(9, 'disk_full');
    await expect(patientIntake(full, undefined).accept([])).rejects.toMatchObject({ code: 'disk_full' });
    expect(full.calls()).toBe(1);
    const stop = AbortSignal.abort();
    await expect(patientIntake(failing(1, 'unavailable'), stop).accept([])).rejects.toThrow('aborted');
  });
});
