/**
 * The world against published figures. The page docs/concepts/calibration.md is written from this run: with `-u` it is
 * written anew. Worlds are fixed by their seeds, so the figures are; a tolerance is what a change of the world may do to
 * them.
 */

import { describe, expect, it } from 'vitest';
import { daypartOf, type Intent } from '#domain';
import { createWorld } from '#simulation';
import {
  gini,
  hours,
  mean,
  playsByArtist,
  quantileOf,
  rankSlope,
  readLog,
  repeatShare,
  returnGaps,
  sessionLengths,
  share,
  skippedBefore,
  skipRateIn,
  skipRateOn,
  topArtistShare,
  type WorldLog,
} from './calibration-measures.ts';

const SEEDS = [1, 2, 3];
const UNTIL = Date.UTC(2026, 10, 24, 12);
const LONGEST_GAP_DAYS = 12;

const worlds = SEEDS.map((seed) => {
  const world = createWorld({ seed, listeners: 300, tracks: 3000, days: 60, until: UNTIL, keepTruth: true });
  const events = [...world.batches()].flat();
  return { log: readLog(world.items, events, world.oracle.plays), listeners: world.oracle.listeners };
});
const over = (of: (log: WorldLog) => number): number => mean(worlds.map(({ log }) => of(log)));

const gapsOf = (log: WorldLog): readonly number[] => returnGaps(log, LONGEST_GAP_DAYS);
const longOf = (log: WorldLog): readonly number[] => gapsOf(log).filter((gap) => gap > 1);
/** Listening beside something else. */
const BESIDE = new Set<Intent>(['background', 'focus']);

interface Target {
  readonly what: string;
  readonly target: number;
  readonly tolerance: number;
  readonly source: string;
  readonly found: number;
}

const LAMERE = 'Lamere 2014';
const LASTFM = 'Last.fm event sequences (403 sequences, 36,058 gaps over 30 minutes, none over 12 days)';
const HETREC = 'HetRec 2011 Last.fm (1,829 listeners with 50 artists)';

const TARGETS: readonly Target[] = [
  {
    what: 'plays skipped in the first 5 s',
    target: 0.2414,
    tolerance: 0.02,
    source: LAMERE,
    found: over((log) => skippedBefore(log, 5000)),
  },
  {
    what: 'plays skipped in the first 30 s',
    target: 0.3505,
    tolerance: 0.03,
    source: LAMERE,
    found: over((log) => skippedBefore(log, 30_000)),
  },
  {
    what: 'plays skipped before the end',
    target: 0.486,
    tolerance: 0.035,
    source: LAMERE,
    found: over((log) => skippedBefore(log, Number.POSITIVE_INFINITY)),
  },
  {
    what: 'gaps between sessions over one day',
    target: 0.232,
    tolerance: 0.06,
    source: LASTFM,
    found: over((log) => share(gapsOf(log), (gap) => gap > 1)),
  },
  {
    what: 'of those, over three days',
    target: 0.344,
    tolerance: 0.1,
    source: LASTFM,
    found: over((log) => share(longOf(log), (gap) => gap > 3)),
  },
  {
    what: 'of those over one day, over seven days',
    target: 0.076,
    tolerance: 0.025,
    source: LASTFM,
    found: over((log) => share(longOf(log), (gap) => gap > 7)),
  },
  {
    what: 'median gap in days',
    target: 0.21,
    tolerance: 0.06,
    source: LASTFM,
    found: over((log) => quantileOf(gapsOf(log), 0.5)),
  },
  {
    what: 'ninth decile of gaps in days',
    target: 2.6,
    tolerance: 1.1,
    source: LASTFM,
    found: over((log) => quantileOf(gapsOf(log), 0.9)),
  },
  {
    what: 'a listener’s plays that go to their first artist of fifty',
    target: 0.175,
    tolerance: 0.06,
    source: HETREC,
    found: over((log) => topArtistShare(log, 1)),
  },
  {
    what: 'a listener’s plays that go to their first ten artists of fifty',
    target: 0.547,
    tolerance: 0.1,
    source: HETREC,
    found: over((log) => topArtistShare(log, 10)),
  },
  {
    what: 'slope of log plays on log rank of artists, ranks 3–100',
    target: -0.84,
    tolerance: 0.2,
    source: 'HetRec 2011 Last.fm, four samples of 300 listeners (−0.78 to −0.88)',
    found: over((log) => rankSlope(playsByArtist(log), 3, 100)),
  },
];

interface Sign {
  readonly what: string;
  readonly sign: 'more' | 'less';
  readonly source: string;
  readonly found: (log: WorldLog) => readonly [number, number];
}

const SIGNS: readonly Sign[] = [
  {
    what: 'plays skipped at weekends, against weekdays',
    sign: 'more',
    source: LAMERE,
    found: (log) => [skipRateOn(log, true), skipRateOn(log, false)],
  },
  {
    what: 'plays skipped when listening beside something else (true intent background or focus), against the others',
    sign: 'less',
    source: LAMERE,
    found: (log) => [skipRateIn(log, BESIDE, true), skipRateIn(log, BESIDE, false)],
  },
];

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

const DAYPARTS = ['morning', 'afternoon', 'evening', 'night', 'late_night'] as const;
const daypartShares = (isWeekend: boolean): readonly number[] => {
  const all = worlds.map(({ log }) => hours(log, isWeekend));
  return DAYPARTS.map((part) =>
    mean(all.map((byHour) => byHour.reduce((sum, value, hour) => sum + (daypartOf(hour) === part ? value : 0), 0))),
  );
};

const page = (): string => {
  const gaps = worlds.flatMap(({ log }) => gapsOf(log));
  const lengths = worlds.flatMap(({ log }) => sessionLengths(log));
  const breadths = worlds.flatMap(({ listeners }) => listeners.map(({ breadth }) => breadth));
  const quantiles = (values: readonly number[], digits: number): string =>
    [0.1, 0.25, 0.5, 0.75, 0.9].map((p) => quantileOf(values, p).toFixed(digits)).join(' · ');
  return `# How the made-up world compares with the real one

Written by \`test/simulation/calibration.test.ts\` from three worlds of the playground's kind (seeds 1 to 3: 300 listeners,
3,000 tracks, 60 days, no service leading them). The test fails when a row leaves its tolerance.

## Held against published figures

| what | target | tolerance | here | source |
|---|---|---|---|---|
${TARGETS.map(({ what, target, tolerance, found, source }) => `| ${what} | ${target} | ± ${tolerance} | ${found.toFixed(3)} | ${source} |`).join('\n')}

Published without a size: the sign is held by the test, in each of the three worlds.

| what | published | here | source |
|---|---|---|---|
${SIGNS.map(({ what, sign, found, source }) => `| ${what} | ${sign} | ${percent(mean(worlds.map(({ log }) => found(log)[0])))} against ${percent(mean(worlds.map(({ log }) => found(log)[1])))} | ${source} |`).join('\n')}

The five parts of the day have their listening on weekdays and weekends [Heggli2021]; the shares are not published:

| | ${DAYPARTS.join(' | ')} |
|---|---|---|---|---|---|
| weekdays | ${daypartShares(false).map(percent).join(' | ')} |
| weekends | ${daypartShares(true).map(percent).join(' | ')} |

## Where it differs

- Gaps between sessions, quantiles 10 · 25 · 50 · 75 · 90 % in days: here ${quantiles(gaps, 2)}; Last.fm 0.03 · 0.05 · 0.21 · 0.95 · 2.60.
  Long absences are still somewhat rarer here.
- Popularity is flatter than on Last.fm: here everybody's history is two months long and the catalogue has some 330 artists;
  there it is years and 17,632. The Gini coefficient of plays by artist is ${over((log) => gini(playsByArtist(log))).toFixed(2)} here and 0.89 there. For the same reason
  a listener's first artist takes less, and their first ten take more.

## Where no public figure is known to us

| what | here |
|---|---|
| plays in a session (30 minutes of silence end one), quantiles 10 · 25 · 50 · 75 · 90 % | ${quantiles(lengths, 0)} |
| plays of tracks that the listener played before, in the second half of their history | ${percent(over(repeatShare))} |
| generalist–specialist score [Anderson2020] of the tastes, quantiles 10 · 25 · 50 · 75 · 90 % | ${quantiles(breadths, 2)} |

The score's definition is published; its distribution, session lengths and repetition by time are not, at least not with
numbers that we could check. They are as they came out of the mechanisms in [simulation](simulation.md).
`;
};

describe('the made-up world beside the real one', () => {
  it.each(TARGETS)('$what: $target ± $tolerance', ({ found, target, tolerance }) => {
    expect(Math.abs(found - target)).toBeLessThan(tolerance);
  });

  it.each(SIGNS)('$what: $sign', ({ sign, found }) => {
    for (const { log } of worlds) {
      const [one, other] = found(log);
      expect(sign === 'more' ? one - other : other - one).toBeGreaterThan(0);
    }
  });

  it('listens in each part of the day', () => {
    for (const value of [...daypartShares(false), ...daypartShares(true)]) expect(value).toBeGreaterThan(0.02);
  });

  it('is described in docs/concepts/calibration.md', async () => {
    await expect(page()).toMatchFileSnapshot('../../docs/concepts/calibration.md');
  });
});
