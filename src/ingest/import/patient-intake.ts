/** An import is faster than the warehouse: when too much waits for it, the import waits too. */

import { setTimeout as pause } from 'node:timers/promises';
import { EngineError } from '#domain';
import type { Intake } from '../intake.ts';

type ImportIntake = Pick<Intake, 'accept' | 'acceptItems'>;

export interface Patience {
  readonly pauseMs: number;
  /** Pauses without any progress after which the intake's error stands. */
  readonly pauses: number;
}

/** Ten minutes. */
const PATIENCE: Patience = { pauseMs: 1000, pauses: 600 };

/** The intake, asked again while it answers `unavailable`: nothing of such a batch was taken. */
export const patientIntake = (
  intake: ImportIntake,
  signal: AbortSignal | undefined,
  { pauseMs, pauses }: Patience = PATIENCE,
): ImportIntake => {
  const ask = async <T>(send: () => Promise<T>): Promise<T> => {
    for (let left = pauses; ; left--) {
      try {
        return await send();
      } catch (error) {
        if (!(error instanceof EngineError) || error.code !== 'unavailable' || left === 0) throw error;
        await pause(pauseMs, undefined, signal && { signal });
      }
    }
  };
  return {
    accept: (wire, options) => ask(() => intake.accept(wire, options)),
    acceptItems: (wire, options) => ask(() => intake.acceptItems(wire, options)),
  };
};
