/** What of a world's log is held against published figures: counted from raw events. */

import type { EventOf, Intent, Item, ListenerEvent } from '#domain';
import type { PlayTruth } from '#simulation';

type Play = EventOf<'play'>;

const SESSION_GAP_MS = 30 * 60_000;
const DAY = 86_400_000;

export interface WorldLog {
  readonly items: ReadonlyMap<string, Item>;
  /** Music plays of each listener, in order of time. */
  readonly music: readonly (readonly Play[])[];
  /** True intent of each play, by `user event`. */
  readonly intents: ReadonlyMap<string, Intent>;
}

export const readLog = (
  items: readonly Item[],
  events: Iterable<ListenerEvent>,
  truth: readonly PlayTruth[],
): WorldLog => {
  const byUser = new Map<string, Play[]>();
  for (const event of events) {
    if (event.kind !== 'play' || !event.itemId.startsWith('track:')) continue;
    const own = byUser.get(event.userId);
    if (own === undefined) byUser.set(event.userId, [event]);
    else own.push(event);
  }
  for (const plays of byUser.values()) plays.sort((a, b) => a.at - b.at);
  return {
    items: new Map(items.map((item) => [item.itemId as string, item])),
    music: [...byUser.values()],
    intents: new Map(truth.map(({ userId, eventId, intent }) => [`${userId} ${eventId}`, intent])),
  };
};

export const share = <T>(all: readonly T[], isOne: (each: T) => boolean): number =>
  all.filter(isOne).length / all.length;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const quantileOf = (values: readonly number[], p: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(p * (values.length - 1))] ?? Number.NaN;

export const skippedBefore = (log: WorldLog, ms: number): number =>
  share(log.music.flat(), (play) => play.skipped === true && (play.msPlayed ?? 0) < ms);

/** By the offset that the event carries; asking a calendar for each play would take minutes. ISO weekday. */
const localOf = ({ at, utcOffsetMin = 0 }: Play): { readonly hour: number; readonly weekday: number } => {
  const local = new Date(at + utcOffsetMin * 60_000);
  return { hour: local.getUTCHours(), weekday: local.getUTCDay() === 0 ? 7 : local.getUTCDay() };
};

export const skipRateOn = (log: WorldLog, isWeekend: boolean): number =>
  share(
    log.music.flat().filter((play) => localOf(play).weekday >= 6 === isWeekend),
    (play) => play.skipped === true,
  );

/** Share of music plays skipped, among those of that intent or of the others. */
export const skipRateIn = (log: WorldLog, intents: ReadonlySet<Intent>, isIn: boolean): number => {
  const plays = log.music.flat().filter((play) => {
    const intent = log.intents.get(`${play.userId} ${play.eventId}`);
    return intent !== undefined && intents.has(intent) === isIn;
  });
  return share(plays, (play) => play.skipped === true);
};

/** Days between the end of a session and the beginning of the next, up to the longest that the source kept. */
export const returnGaps = (log: WorldLog, longestDays: number): readonly number[] =>
  log.music.flatMap((plays) =>
    plays.slice(1).flatMap((play, n) => {
      const gap = play.at - (plays[n]?.at ?? 0);
      return gap > SESSION_GAP_MS && gap <= longestDays * DAY ? [gap / DAY] : [];
    }),
  );

/** Plays in a row without half an hour of silence. */
export const sessionLengths = (log: WorldLog): readonly number[] =>
  log.music.flatMap((plays) => {
    const lengths: number[] = [];
    let endedAt = Number.NEGATIVE_INFINITY;
    for (const play of plays) {
      if (play.at - endedAt > SESSION_GAP_MS) lengths.push(0);
      lengths[lengths.length - 1]!++;
      endedAt = play.at + (play.msPlayed ?? 0);
    }
    return lengths;
  });

/** Share of plays whose track the listener has played before, in the second half of their log. */
export const repeatShare = (log: WorldLog): number => {
  let again = 0;
  let all = 0;
  for (const plays of log.music) {
    const known = new Set<string>();
    for (const [n, play] of plays.entries()) {
      if (n >= plays.length / 2) {
        all++;
        if (known.has(play.itemId)) again++;
      }
      known.add(play.itemId);
    }
  }
  return again / all;
};

const artistCounts = (log: WorldLog, plays: readonly Play[]): readonly number[] => {
  const counts = new Map<string, number>();
  for (const play of plays) {
    const artist = log.items.get(play.itemId)?.artistId ?? '';
    counts.set(artist, (counts.get(artist) ?? 0) + 1);
  }
  return [...counts.values()].sort((a, b) => b - a);
};

/** Mean share of a listener's plays that go to their k most played artists, among their first fifty, as HetRec kept them. */
export const topArtistShare = (log: WorldLog, k: number): number =>
  mean(
    log.music.flatMap((plays) => {
      const counts = artistCounts(log, plays).slice(0, 50);
      const sum = (some: readonly number[]): number => some.reduce((total, count) => total + count, 0);
      return counts.length < 50 ? [] : [sum(counts.slice(0, k)) / sum(counts)];
    }),
  );

/** Gini coefficient of non-negative counts, in [0, 1). */
export const gini = (counts: readonly number[]): number => {
  const ascending = [...counts].sort((a, b) => a - b);
  let sum = 0;
  let weighted = 0;
  for (const [n, count] of ascending.entries()) {
    sum += count;
    weighted += (n + 1) * count;
  }
  return (2 * weighted) / (ascending.length * sum) - (ascending.length + 1) / ascending.length;
};

export const playsByArtist = (log: WorldLog): readonly number[] => artistCounts(log, log.music.flat());

/** Slope of log plays on log rank between two ranks: −1 is Zipf's law. */
export const rankSlope = (descending: readonly number[], from: number, to: number): number => {
  const points = descending.slice(from - 1, to).map((count, n) => [Math.log(from + n), Math.log(count)] as const);
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  let products = 0;
  let squares = 0;
  for (const [x, y] of points) {
    products += (x - meanX) * (y - meanY);
    squares += (x - meanX) ** 2;
  }
  return products / squares;
};

/** Share of plays by local hour, 24 values. */
export const hours = (log: WorldLog, isWeekend: boolean): readonly number[] => {
  const counts = new Array<number>(24).fill(0);
  for (const play of log.music.flat()) {
    const local = localOf(play);
    if (local.weekday >= 6 === isWeekend) counts[local.hour]!++;
  }
  const sum = counts.reduce((total, count) => total + count, 0);
  return counts.map((count) => count / sum);
};
