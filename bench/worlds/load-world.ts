/** A catalogue and the plays of half a year, sent to a server over HTTP. */

import { createRng } from '#math';
import { generateInteractions } from '#simulation';
import { ask, good } from './ask.ts';

const CATALOGUE_BODY = 2000;
const PAST_BODY = 1000;
const SENDERS = 4;
const TRACKS_OF_ARTIST = 8;
const DAY_MS = 86_400_000;

export const userName = (user: number): string => `user-${user}`;
const itemName = (item: number): string => `track:${item}`;
const itemLine = (item: number): string =>
  JSON.stringify({
    item_id: itemName(item),
    type: 'track',
    title: `Track ${item}`,
    artist: `Artist ${Math.floor(item / TRACKS_OF_ARTIST)}`,
    artist_id: `artist:${Math.floor(item / TRACKS_OF_ARTIST)}`,
    tags: [`tag ${item % 40}`, `mood ${item % 7}`],
  });
export const playLine = (id: string, user: number, item: number, at: number): string =>
  JSON.stringify({
    type: 'play',
    event_id: id,
    user_id: userName(user),
    at,
    item_id: itemName(item),
    ms_played: 200_000,
    time_zone: 'Europe/Berlin',
  });

/** Sends lines in bodies, some at once. */
const sendAll = async (url: string, method: string, path: string, lines: Iterator<string>, most: number) => {
  const nextBody = (): string => {
    const body: string[] = [];
    while (body.length < most) {
      const { value, done } = lines.next();
      if (done) break;
      body.push(value);
    }
    return body.join('\n');
  };
  const sender = async (): Promise<void> => {
    for (let body = nextBody(); body !== ''; body = nextBody()) {
      await good(ask(url, method, path, body, 'application/x-ndjson'));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
};

/** The catalogue and the plays of half a year. */
export const fill = async (url: string, items: number, listeners: number, began: number): Promise<void> => {
  const { counts } = generateInteractions({ users: listeners, items });
  const rng = createRng('load past');
  function* catalogue(): Generator<string> {
    for (let item = 0; item < items; item++) yield itemLine(item);
  }
  function* past(): Generator<string> {
    for (let user = 0; user < listeners; user++) {
      for (let n = counts.indptr[user]!; n < counts.indptr[user + 1]!; n++) {
        for (let play = 0; play < counts.values[n]!; play++) {
          yield playLine(`past-${n}-${play}`, user, counts.indices[n]!, began - Math.floor(rng.next() * 180 * DAY_MS));
        }
      }
    }
  }
  await sendAll(url, 'PUT', '/v1/items', catalogue(), CATALOGUE_BODY);
  await sendAll(url, 'POST', '/v1/events', past(), PAST_BODY);
};

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Training {
  readonly training: 'idle' | 'running' | 'failed';
}
const trainingState = async (url: string): Promise<Training['training']> =>
  (JSON.parse(await good(ask(url, 'GET', '/v1/studio/status'))) as Training).training;
/** Learns from all that was sent; how many seconds it took. */
export const train = async (url: string): Promise<number> => {
  const began = performance.now();
  await good(ask(url, 'POST', '/v1/studio/train'));
  while ((await trainingState(url)) === 'running') await pause(200);
  if ((await trainingState(url)) === 'failed') throw new Error('the training failed');
  return (performance.now() - began) / 1000;
};
