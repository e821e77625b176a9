/**
 * The player: what plays, what comes next, and what is told of it. An item with audio plays as sound; any other runs on a
 * simulated clock, and its play is marked as simulated. Outside of React: the page only shows its state.
 */

import type { ItemSummary } from '#api';
import type { Place, Played } from '../events/wire-event.ts';

/** Length the clock assumes for an item whose length is not known; never reported as its duration. */
export const ASSUMED_DURATION_MS = 210_000;
export const SPEEDS = [1, 10, 60] as const;
export type Speed = (typeof SPEEDS)[number];
/** With fewer tracks to come, more are asked for. */
const FEW_LEFT = 2;

export interface Track {
  readonly item: ItemSummary;
  readonly place: Place | null;
  readonly source: Played['source'];
  /** The sentence of its card; null where nothing true and useful could be said. */
  readonly because: string | null;
}

export interface Current extends Track {
  readonly startedAt: number;
  readonly positionMs: number;
  /** Null while not known. */
  readonly lengthMs: number | null;
  readonly heardMs: number;
  readonly seeks: number;
  readonly reasonStart: Played['reasonStart'];
}

export interface PlayerState {
  readonly current: Current | null;
  readonly queue: readonly Track[];
  readonly playing: boolean;
  readonly speed: Speed;
  /** Item the radio started from; null when nothing was started here yet. */
  readonly seed: string | null;
  readonly loading: boolean;
  /** Why the next tracks could not be had; null when they could. */
  readonly failure: unknown;
  /** What last changed the queue. */
  readonly changedBy: 'start' | 'skip' | 'reaction' | 'refill' | null;
}

export interface PlayerEffects {
  now(): number;
  /** Resolves when the engine has taken it: then the next answer knows of it. */
  report(played: Played): Promise<void>;
  next(seed: string | null): Promise<readonly Track[]>;
}

export interface Player {
  readonly state: () => PlayerState;
  subscribe(listener: () => void): () => void;
  /** Plays `track` now; the radio goes on from it. */
  play(track: Track): Promise<void>;
  /** Starts radio from an item, or from the running session. */
  startRadio(seed: string | null): Promise<void>;
  toggle(): void;
  skip(): Promise<void>;
  /** The listener reacted to what plays or comes next: asks for the next tracks again. */
  reconsider(): Promise<void>;
  seek(positionMs: number): void;
  setSpeed(speed: Speed): void;
  /** Sound or clock has moved on. A simulated play ends by itself at its length, sound by `finish`. */
  advance(deltaMs: number): void;
  /** The sound says how long it is. */
  learnLength(lengthMs: number): void;
  finish(): Promise<void>;
  /** The sound could not be played. */
  fail(): Promise<void>;
  /** The page is left or the player closed: what plays has ended. Resolves when the engine knows. */
  stop(): Promise<void>;
}

const IDLE: PlayerState = {
  current: null,
  queue: [],
  playing: false,
  speed: 1,
  seed: null,
  loading: false,
  failure: null,
  changedBy: null,
};

/** Length to draw and run by. */
export const lengthOf = (current: Pick<Current, 'lengthMs'>): number => current.lengthMs ?? ASSUMED_DURATION_MS;
export const isSimulated = (item: ItemSummary): boolean => item.audio_url === null;

const toPlayed = (current: Current, speed: Speed, reasonEnd: Played['reasonEnd']): Played => ({
  itemId: current.item.item_id,
  startedAt: current.startedAt,
  msPlayed: current.heardMs,
  durationMs: current.lengthMs,
  reasonStart: current.reasonStart,
  reasonEnd,
  skipped: reasonEnd === 'fwdbtn',
  source: current.source,
  place: current.place,
  seeks: current.seeks,
  simulated: isSimulated(current.item),
  speed,
});

export const createPlayer = ({ now, report, next }: PlayerEffects): Player => {
  let state = IDLE;
  /** Counts the questions for next tracks, so that a late answer does not undo a newer one. */
  let asked = 0;
  const listeners = new Set<() => void>();

  const change = (part: Partial<PlayerState>) => {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  };

  const begin = (track: Track | null, reasonStart: Played['reasonStart']) =>
    change({
      current: track && {
        ...track,
        startedAt: now(),
        positionMs: 0,
        lengthMs: track.item.duration_ms,
        heardMs: 0,
        seeks: 0,
        reasonStart,
      },
      playing: track !== null,
    });

  const end = async (reasonEnd: Played['reasonEnd']) => {
    const { current, speed } = state;
    if (current !== null) await report(toPlayed(current, speed, reasonEnd)).catch(() => undefined);
  };

  const refill = async (changedBy: PlayerState['changedBy']) => {
    const question = ++asked;
    change({ loading: true, failure: null });
    try {
      const tracks = await next(state.seed);
      if (question !== asked) return;
      const playing = state.current?.item.item_id;
      change({ queue: tracks.filter(({ item }) => item.item_id !== playing), loading: false, changedBy });
    } catch (failure) {
      if (question === asked) change({ loading: false, failure });
    }
  };

  const takeNext = (reasonStart: Played['reasonStart']) => {
    const [first = null, ...rest] = state.queue;
    change({ queue: rest });
    begin(first, reasonStart);
  };

  /** From one track to the next: at once on the page, while the engine is told. */
  const moveOn = async (reasonEnd: 'trackdone' | 'fwdbtn' | 'trackerror') => {
    const told = end(reasonEnd);
    const waited = state.queue.length === 0;
    takeNext(reasonEnd === 'fwdbtn' ? 'fwdbtn' : 'trackdone');
    await told;
    const skipped = reasonEnd === 'fwdbtn';
    if (skipped || state.queue.length <= FEW_LEFT) await refill(skipped ? 'skip' : 'refill');
    if (waited && state.current === null) takeNext('trackdone');
  };

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async play(track) {
      const told = end('clickrow');
      change({ seed: track.item.item_id, queue: [] });
      begin(track, 'clickrow');
      await told;
      await refill('start');
    },
    async startRadio(seed) {
      await end('clickrow');
      change({ seed, queue: [], current: null, playing: false });
      await refill('start');
      if (state.current === null) takeNext('clickrow');
    },
    toggle: () => change({ playing: state.current !== null && !state.playing }),
    skip: () => moveOn('fwdbtn'),
    reconsider: () => refill('reaction'),
    seek(positionMs) {
      const { current } = state;
      if (current === null) return;
      const bounded = Math.max(0, Math.min(lengthOf(current), positionMs));
      change({ current: { ...current, positionMs: bounded, seeks: current.seeks + 1 } });
    },
    setSpeed: (speed) => change({ speed }),
    advance(deltaMs) {
      const { current, playing } = state;
      if (current === null || !playing) return;
      const simulated = isSimulated(current.item);
      const left = simulated ? lengthOf(current) - current.positionMs : Number.POSITIVE_INFINITY;
      const step = Math.min(deltaMs, left);
      change({ current: { ...current, positionMs: current.positionMs + step, heardMs: current.heardMs + step } });
      if (step === left) void moveOn('trackdone');
    },
    learnLength(lengthMs) {
      if (state.current !== null) change({ current: { ...state.current, lengthMs } });
    },
    finish: () => moveOn('trackdone'),
    fail: () => moveOn('trackerror'),
    async stop() {
      const told = end('endplay');
      asked++;
      change({ ...IDLE, speed: state.speed });
      await told;
    },
  };
};
