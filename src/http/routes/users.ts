/** What a listener sees, knows of themselves, takes along, and erases. */

import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { EngineError, type ItemId, isTimeZone, type UserId } from '#domain';
import type { SlateAnswer } from '#wire';
import { addEndpoint, addRawEndpoint, addWrittenEndpoint, type Call } from '../endpoint.ts';
import { logFailure } from '../log.ts';
import { toProfile } from '../mappers/profile.ts';
import { toEngineError } from '../problem.ts';
import type { RouteContext } from './context.ts';

/** @throws {EngineError} invalid_request for a name that is no IANA time zone. */
const zoneOf = (name: string | undefined): { timeZone?: string } => {
  if (name === undefined) return {};
  if (isTimeZone(name)) return { timeZone: name };
  const reason = `"${name}" is not a time zone: expected an IANA name, e.g. Europe/Berlin`;
  throw new EngineError('invalid_request', reason, { fields: [{ field: 'time_zone', reason }] });
};

/** One JSON object a line, gathered to pieces of a size that a socket likes. */
async function* toPieces(first: IteratorResult<string>, rows: AsyncIterator<string>): AsyncGenerator<string> {
  let piece = '';
  for (let next = first; next.done !== true; next = await rows.next()) {
    piece += `${next.value}\n`;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

interface StreamEnds {
  readonly stalledMs: number;
  readonly onError: (thrown: unknown) => void;
}

/** The rows once the first has come, so that what fails before it can still be answered as a problem. */
const toStream = async (rows: AsyncIterable<string>, { stalledMs, onError }: StreamEnds): Promise<Readable> => {
  const iterator = rows[Symbol.asyncIterator]();
  const pieces = toPieces(await iterator.next(), iterator);
  const stalled = setTimeout(() => stream.destroy(), stalledMs);
  const next = (): Promise<IteratorResult<string>> => {
    stalled.refresh();
    return pieces.next();
  };
  const stream = Readable.from({ [Symbol.asyncIterator]: () => ({ next }) }, { objectMode: false });
  stream.on('error', onError);
  // Not in a `finally` of the pieces: a caller may go before the first is asked for, and then theirs never runs.
  stream.once('close', () => {
    clearTimeout(stalled);
    iterator.return?.().catch(onError);
  });
  return stream;
};

/** By which a unit of an experiment is found. */
const unitOf = ({ session_id, cluster, device }: Pick<Call<'home'>['query'], 'session_id' | 'cluster' | 'device'>) => ({
  ...(session_id !== undefined && { sessionId: session_id }),
  ...(cluster !== undefined && { cluster }),
  ...(device !== undefined && { device }),
});

const addSurfaces = (scope: FastifyInstance, { engine, metrics }: RouteContext): void => {
  const { serving } = engine;
  const told = async (answer: Promise<SlateAnswer>): Promise<Uint8Array> => {
    const { json, counts } = await answer;
    metrics.countSlate(counts);
    return json;
  };
  addWrittenEndpoint(scope, 'home', async ({ params, query }) => {
    const request = { refresh: query.refresh, ...zoneOf(query.time_zone), ...unitOf(query) };
    return told(serving.home(params.user_id as UserId, request));
  });
  addWrittenEndpoint(scope, 'weekly', async ({ params, query }) => {
    const request = { length: query.length, ...zoneOf(query.time_zone), ...unitOf(query) };
    return told(serving.weekly(params.user_id as UserId, request));
  });
  addWrittenEndpoint(scope, 'radio', async ({ params, query }) => {
    const { count, seed_item, time_zone } = query;
    const seed = seed_item === undefined ? {} : { seedItem: seed_item as ItemId };
    const request = { count, ...zoneOf(time_zone), ...seed, ...unitOf(query) };
    return told(serving.radio(params.user_id as UserId, request));
  });
};

const addRights = (scope: FastifyInstance, { engine, log, limits }: RouteContext): void => {
  addEndpoint(scope, 'profile', async ({ params }) =>
    toProfile(await engine.serving.profile(params.user_id as UserId)),
  );
  addRawEndpoint(scope, 'exportUser', async ({ params, request, reply }) => {
    // The answer is under way, so it can only be cut off; the log tells why.
    const onError = (thrown: unknown): void => logFailure(log, toEngineError(thrown), request);
    const stream = await toStream(engine.people.exportUser(params.user_id as UserId), {
      stalledMs: limits.stalledMs,
      onError,
    });
    return reply
      .type('application/x-ndjson; charset=utf-8')
      .header('content-disposition', 'attachment; filename="ritornello-export.ndjson"')
      .send(stream);
  });
  addEndpoint(scope, 'eraseUser', async ({ params }) => {
    const { userId, removed, left } = await engine.people.eraseUser(params.user_id as UserId);
    return { user_id: userId, removed: { ...removed }, left };
  });
};

export const userRoutes =
  (context: RouteContext) =>
  async (scope: FastifyInstance): Promise<void> => {
    addSurfaces(scope, context);
    addRights(scope, context);
  };
