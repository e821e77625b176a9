/** The HTTP face over a real journal, with an intake as small as can be: what is fuzzed is everything in front of it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { EngineError, parseEvent, parseItem, toItemRow, toRow } from '#domain';
import { createKeyRing, createServer, type Engine, type Receipt } from '#http';
import { type JournalEntry, openLmdbJournal } from '#journal';

export interface FuzzServer {
  readonly app: FastifyInstance;
  stop(): Promise<void>;
}

export const startFuzzServer = async (): Promise<FuzzServer> => {
  const path = mkdtempSync(join(tmpdir(), 'ritornello-fuzz-'));
  const journal = await openLmdbJournal({ path: join(path, 'journal') });
  const take =
    (read: (wire: unknown) => JournalEntry | Receipt) =>
    async (wire: readonly unknown[]): Promise<readonly Receipt[]> => {
      const all = wire.map(read);
      const appended = await journal.append(all.filter((each): each is JournalEntry => 'row' in each));
      let next = 0;
      return all.map((each) => ('row' in each ? { outcome: appended[next++]!.outcome } : each));
    };
  const nothing = (code: 'unknown_user' | 'unknown_item' | 'unknown_slate') => async (): Promise<never> => {
    throw new EngineError(code, 'not here');
  };
  const engine = {
    intake: {
      accept: take((wire) => {
        const parsed = parseEvent(wire, Date.now());
        if (!parsed.ok) return { outcome: 'refused', fields: parsed.fields };
        const { kind, userId, eventId } = parsed.event;
        return { kind, userId, eventId, row: toRow(parsed.event) };
      }),
      acceptItems: take((wire) => {
        const parsed = parseItem(wire, Date.now());
        if (!parsed.ok) return { outcome: 'refused', fields: parsed.fields };
        return { kind: 'item', userId: '', eventId: JSON.stringify(wire).slice(0, 300), row: toItemRow(parsed.item) };
      }),
    },
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
