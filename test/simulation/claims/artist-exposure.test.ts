import { expect, it } from 'vitest';
import { gini } from '../calibration-measures.ts';
import { keepPage } from './claim-page.ts';
import { bars } from './claim-picture.ts';
import { bounds, type ClaimRun, live, overWorlds, rate, seeds } from './claim-runs.ts';

const SIZE = { world: 'small', listeners: 60, days: 42 };

/** Times each artist was shown; artists never shown count too. */
const exposure = ({ run, counts }: ClaimRun): readonly number[] => {
  const byArtist = new Array<number>(run.frame.catalogue.artists.length).fill(0);
  for (const [n, track] of run.frame.catalogue.tracks.entries()) byArtist[track.artist]! += counts.shown[n]!;
  return byArtist;
};

it('artist exposure can rise without loss of satisfaction', { timeout: 3_600_000 }, async () => {
  const runs = seeds(4).map((seed) => ({
    plain: live({ ...SIZE, seed, policy: 'oracle' }),
    fair: live({ ...SIZE, seed, policy: 'oracle_fair' }),
  }));
  const evenness = overWorlds(runs.map(({ plain, fair }) => gini(exposure(fair)) - gini(exposure(plain))));
  const loss = overWorlds(
    runs.map(({ plain, fair }) => rate(fair.counts, 'utility') / rate(plain.counts, 'utility') - 1),
  );
  await keepPage({
    name: 'artist-exposure',
    title: 'Artist exposure can rise without loss of satisfaction',
    question: 'Must listeners pay when cards are spread over more artists?',
    world:
      '`small`, 60 listeners, 42 days, four worlds. Both policies know the truth; the fair one takes, of tracks of nearly equal worth, those rarely shown.',
    result: 'Exposure is spread more evenly over artists, and true utility stays within five per cent.',
    rows: [
      { what: 'Gini coefficient of exposure by artist, fair − plain', estimate: evenness },
      { what: 'true utility, fair / plain − 1', estimate: loss },
    ],
    falsifies: 'Exposure not more even, or a loss of utility that may be five per cent.',
    errorRate:
      'Non-inferiority with a margin of 5 %: where the loss is 5 % the interval lies above it in 2.5 % of draws of worlds; where evenness is equal its interval lies below zero in 2.5 %.',
    picture: bars('Fair − plain', [
      { name: 'Gini of exposure', estimate: evenness },
      { name: 'utility', estimate: loss },
    ]),
  });
  expect(bounds(evenness).upper).toBeLessThan(0);
  expect(bounds(loss).lower).toBeGreaterThan(-0.05);
});
