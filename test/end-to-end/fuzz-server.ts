/** The HTTP face over the real intake and journal; what listeners see is not there, so that only the way in is fuzzed. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Clock, EngineError } from '#domain';
import { createKeyRing, createServer, type Engine } from '#http';
import { createIntake, openDeadLetters } from '#ingest';
import { openLmdbJournal } from '#journal';

export interface FuzzServer {
  readonly app: FastifyInstance;
  stop(): Promise<void>;
}

const clock: Clock = { now: () => Date.now() };

export const startFuzzServer = async (): Promise<FuzzServer> => {
  const path = mkdtempSync(join(tmpdir(), 'ritornello-fuzz-'));
  const journal = await openLmdbJournal({ path: join(path, 'journal') });
  const deadLetters = await openDeadLetters({ path: join(path, 'dead-letters'), clock });
  const onError = (error: unknown): never => {
    throw error;
  };
  const intake = createIntake({ journal, clock, deadLetters, onError });
  const nothing = (code: 'unknown_user' | 'unknown_item' | 'unknown_slate') => async (): Promise<never> => {
    throw new EngineError(code, 'not here');
  };
  const engine = {
    intake,
    serving: {
      home: nothing('unknown_user'),
      weekly: nothing('unknown_user'),
      radio: nothing('unknown_item'),
      why: nothing('unknown_slate'),
      profile: nothing('unknown_user'),
      itemPage: nothing('unknown_item'),
    },
    people: {
      eraseUser: async (userId: string) => ({ userId, removed: {}, left: 0 }),
      async *exportUser(userId: string) {
        for (const record of journal.read(1, 1_000_000)) if (record.userId === userId) yield record.row;
      },
    },
    studio: {
      status: nothing('unknown_user'),
      overview: nothing('unknown_user'),
      users: async () => [],
      slates: async () => ({ slates: [], sql: '' }),
      decision: nothing('unknown_slate'),
    },
    work: {
      startImport: async (body: AsyncIterable<Uint8Array>) => {
        for await (const _ of body);
        throw new EngineError('unreadable_file', 'the file is none of ours');
      },
      imports: () => [],
    },
    health: {
      readiness: async () => ({ ready: true, journal: 'ok', warehouse: 'ok', models: 'none' }),
      journalLag: () => 0,
    },
  } as unknown as Engine;
  const app = await createServer({
    engine,
    keys: createKeyRing([]),
    log: () => undefined,
    version: '0',
    webRoot: null,
  });
  return {
    app,
    async stop() {
      await app.close();
      await journal.close();
      rmSync(path, { recursive: true });
    },
  };
};
