/** A server over HTTP: the world asks and posts as any client would. The server lives in its own time. */

import { setTimeout as pause } from 'node:timers/promises';
import { EngineError, type EpochMs, type ListenerEvent, type SlateId } from '#domain';
import { toWireEvent, toWireItem, type WorldFrame } from '#simulation';
import { toWorldSlate, trackPlaces } from './outside-slate.ts';
import type { OutsideService } from './served-run.ts';

export interface HttpServiceOptions {
  /** Where the server answers, e.g. http://127.0.0.1:8787. */
  readonly url: string;
  readonly key?: string | undefined;
  readonly learnsAfter?: (day: number) => boolean;
}

/** What of an answer a listener meets. */
interface WireSlate {
  readonly slate_id: SlateId;
  readonly shelves: readonly {
    readonly shelf: string;
    readonly cards: readonly {
      readonly row?: number;
      readonly slot: number;
      readonly item: { readonly item_id: string };
      readonly score: number;
      readonly propensity: number;
      readonly explored: boolean;
    }[];
  }[];
}

const BATCH = 500;
const CONFLICT = 409;
const POLL_MS = 200;
const usually = (day: number): boolean => day >= 0 && (day < 3 || day % 7 === 6);

/** @throws {EngineError} unavailable when the server does not answer, internal when it refuses what it is sent. */
export const createHttpService = (frame: WorldFrame, options: HttpServiceOptions): OutsideService => {
  const { url, key, learnsAfter = usually } = options;
  const placeOf = trackPlaces(frame);
  let waiting: ListenerEvent[] = [];
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers: Record<string, string> = {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(new URL(path, url), init).catch((cause: unknown) => {
      throw new EngineError('unavailable', `no server answers at ${url}`, { cause });
    });
    const text = await response.text();
    if (!response.ok) {
      const code = response.status === CONFLICT ? 'conflict' : 'internal';
      throw new EngineError(code, `${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    }
    return JSON.parse(text) as Answer;
  };
  const send = async (method: string, path: string, entries: readonly unknown[]): Promise<void> => {
    for (let from = 0; from < entries.length; from += BATCH) {
      const batch = entries.slice(from, from + BATCH);
      const answer = await ask<{ results: readonly { outcome: string }[] }>(method, path, batch);
      const refused = answer.results.findIndex((receipt) => receipt.outcome === 'refused');
      if (refused !== -1) {
        const what = JSON.stringify([batch[refused], answer.results[refused]]).slice(0, 300);
        throw new EngineError('internal', `the server refuses ${what}`);
      }
    }
  };
  const beginsToLearn = async (): Promise<boolean> => {
    try {
      await ask('POST', '/v1/studio/train');
      return true;
    } catch (error) {
      if (error instanceof EngineError && error.code === 'conflict') return false;
      throw error;
    }
  };
  /** What became of the training, once there is none under way. */
  const afterTraining = async (): Promise<string> => {
    for (;;) {
      const { training } = await ask<{ training: string }>('GET', '/v1/studio/status');
      if (training !== 'running') return training;
      await pause(POLL_MS);
    }
  };
  const post = async (): Promise<void> => {
    const events = waiting;
    waiting = [];
    await send('POST', '/v1/events', events.map(toWireEvent));
  };
  return {
    putItems: (items) => send('PUT', '/v1/items', items.map(toWireItem)),
    take: (event) => void waiting.push(event),
    answer: async ({ surface, life, device, seedItem, sessionId, count }) => {
      await post();
      const { userId, zone } = life.listener;
      const query = new URLSearchParams({ time_zone: zone.timeZone });
      if (surface === 'home') query.set('device', device);
      else query.set('session_id', sessionId);
      if (surface === 'radio') query.set('count', String(count));
      if (seedItem !== null) query.set('seed_item', seedItem);
      const slate = await ask<WireSlate>('GET', `/v1/users/${encodeURIComponent(userId)}/${surface}?${query}`);
      const cards = slate.shelves.flatMap(({ shelf, cards: own }, row) =>
        own.map((card) => ({ ...card, shelf, row: card.row ?? row, itemId: card.item.item_id })),
      );
      return toWorldSlate(slate.slate_id, cards, placeOf);
    },
    endDay: async (day: number, _now: EpochMs) => {
      await post();
      if (!learnsAfter(day)) return;
      // It may be learning by itself, from what came before the day was over: then it learns once more.
      while (!(await beginsToLearn())) await afterTraining();
      if ((await afterTraining()) === 'failed')
        throw new EngineError('internal', 'the server could not learn; its log says why');
    },
    close: post,
  };
};
