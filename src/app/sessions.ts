/** Sessions kept up to date: what came in since the last question is derived before it is answered. */

import type { WarehouseWriter } from '#ingest';
import type { IntentModel } from '#units';
import type { Analyses } from './analyses/analyses.ts';

export interface SessionsDeps {
  readonly analyses: Pick<Analyses, 'deriveSessions'>;
  /** Carries what is acknowledged to the warehouse. */
  readonly writer: Pick<WarehouseWriter, 'flush'>;
  /** What is learned of intents now; with a new model all sessions are derived anew. */
  readonly intents: () => IntentModel | null;
}

export interface Sessions {
  /** Resolves when all that was acknowledged before the call is in the sessions. */
  catchUp(): Promise<void>;
}

export const createSessions = ({ analyses, writer, intents }: SessionsDeps): Sessions => ({
  catchUp: oneAtATime(async () => {
    await writer.flush();
    await analyses.deriveSessions({ intents: intents() });
  }),
});

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
