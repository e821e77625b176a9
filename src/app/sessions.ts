/** Sessions kept up to date: what came in since the last question is derived before it is answered. */

import type { Clock } from '#domain';
import type { WarehouseWriter } from '#ingest';
import { deriveSessions } from '#jobs';
import type { Journal } from '#journal';
import type { IntentModel } from '#units';
import type { Warehouse } from '#warehouse';

export interface SessionsDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'status'>;
  /** Carries what is acknowledged to the warehouse, and stands still while a part is derived; so does erasing. */
  readonly writer: Pick<WarehouseWriter, 'flush' | 'exclusive'>;
  /** What is learned of intents now; with a new model all sessions are derived anew. */
  readonly intents: () => IntentModel | null;
}

export interface Sessions {
  /** Resolves when all that was acknowledged before the call is in the sessions. */
  catchUp(): Promise<void>;
}

export const createSessions = ({ warehouse, journal, writer, clock, intents }: SessionsDeps): Sessions => {
  const deps = {
    warehouse,
    clock,
    exclusive: <Result>(part: () => Promise<Result>) => writer.exclusive(part),
    carried: () => journal.status().first - 1,
  };
  return {
    catchUp: oneAtATime(async () => {
      await writer.flush();
      await deriveSessions(deps, { intents: intents() });
    }),
  };
};

/** Calls one after the other; who comes while one waits its turn shares it. */
const oneAtATime = (run: () => Promise<void>): (() => Promise<void>) => {
  let running: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | null = null;
  return () => {
    waiting ??= running
      .catch(() => undefined)
      .then(() => {
        waiting = null;
        running = run();
        return running;
      });
    return waiting;
  };
};
