/** Figures that a service sees of a listener against what the listener truly got. */

import type { Estimate } from '#domain';
import type { Rng } from '#math';
import { bootstrapEstimate, PairMoments } from '#stats';
import { isPlay, type Timeline } from '../../success/timeline.ts';
import type { ScoredRun } from './read-scored-run.ts';

export interface ScoredMetric {
  readonly name: string;
  readonly doc: string;
  /** Pearson correlation over listeners with their true utility a day, in [−1, 1]. */
  readonly correlation: Estimate;
}

interface Seen {
  readonly doc: string;
  /** Null where it is not defined. */
  readonly of: (timeline: Timeline, days: number) => number | null;
}

const share = (hits: number, all: number): number | null => (all === 0 ? null : hits / all);

const FIGURES: Readonly<Record<string, Seen>> = {
  sessions_a_day: { doc: 'sessions a day', of: ({ sessions }, days) => sessions.length / days },
  minutes_a_day: {
    doc: 'minutes listened a day',
    of: ({ events }, days) =>
      events.filter(isPlay).reduce((sum, { msPlayed = 0 }) => sum + msPlayed / 60_000, 0) / days,
  },
  plays_a_session: {
    doc: 'plays a session',
    of: ({ events, sessions }) => share(events.filter(isPlay).length, sessions.length),
  },
  skip_rate: {
    doc: 'share of plays that were skipped',
    of: ({ events }) => {
      const plays = events.filter(isPlay);
      return share(plays.filter(({ skipped }) => skipped === true).length, plays.length);
    },
  },
  actions_a_session: {
    doc: 'likes, saves and other actions a session',
    of: ({ events, sessions }) => share(events.filter(({ kind }) => kind === 'action').length, sessions.length),
  },
  clicks_a_page: {
    doc: 'pages from which something was played, of all pages',
    of: ({ events }) => {
      const pages = events.flatMap((event) =>
        event.kind === 'slate' && event.surface === 'home' ? event.slateId : [],
      );
      const played = new Set(events.flatMap((event) => (event.kind === 'play' ? (event.slateId ?? []) : [])));
      return share(pages.filter((page) => played.has(page)).length, pages.length);
    },
  },
};

const RESAMPLES = 1000;

export const scoreMetrics = ({ timelines, utility, days }: ScoredRun, rng: Rng): readonly ScoredMetric[] =>
  Object.entries(FIGURES).map(([name, { doc, of }]) => {
    const pairs = timelines.flatMap((timeline) => {
      const seen = of(timeline, days);
      return seen === null ? [] : [[seen, (utility.get(timeline.userId) ?? 0) / days] as const];
    });
    const correlation = (drawn: Uint32Array): number => {
      const moments = new PairMoments();
      for (const n of drawn) moments.add(...pairs[n]!);
      return moments.correlation;
    };
    return {
      name,
      doc,
      correlation: bootstrapEstimate(pairs.length, correlation, rng.derive(name), {
        resamples: RESAMPLES,
        interval: 'percentile',
      }),
    };
  });
