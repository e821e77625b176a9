import { expect, it } from 'vitest';
import type { EventOf, ListenerEvent } from '#domain';
import { type PolicyName, trueLiking } from '#simulation';
import { PairMoments } from '#stats';
import { keepPage } from './claim-page.ts';
import { bars } from './claim-picture.ts';
import { bounds, live, meanOf, overWorlds, seeds } from './claim-runs.ts';

const SIZE = { world: 'small', listeners: 160, days: 35 };
/** Every so many listeners is asked what they truly like. */
const JUDGES_APART = 4;

/**
 * The next model learns from the log of a policy how often each track is heard to the end, by track, from plays that the
 * policy brought. It is judged by truth: how well what it thinks of every track agrees with what listeners think of it.
 */
const nextModel = (policy: PolicyName, seed: number) => {
  const plays: EventOf<'play'>[] = [];
  const onEvent = (event: ListenerEvent): void => {
    if (event.kind === 'play' && event.slateId !== undefined) plays.push(event);
  };
  const { run } = live({ ...SIZE, policy, seed, onEvent });
  const { tracks } = run.frame.catalogue;
  const place = new Map(tracks.map((track) => [track.id as string, track.index]));
  const started = new Float64Array(tracks.length);
  const finished = new Float64Array(tracks.length);
  for (const play of plays) {
    const track = place.get(play.itemId) ?? -1;
    started[track]!++;
    if (!play.skipped) finished[track]!++;
  }
  const worth = (track: number): number => (finished[track]! + 4 * 0.35) / (started[track]! + 4);
  const judges = run.shard.lives.filter(({ n }) => n % JUDGES_APART === 0).map(({ n }) => n);
  const agreement = new PairMoments();
  for (const { index } of tracks) {
    agreement.add(worth(index), meanOf(judges.map((n) => trueLiking(run.frame, n, index))));
  }
  let known = 0;
  for (const count of started) if (count >= 3) known++;
  return { agreement: agreement.correlation, known: known / tracks.length };
};

it('10 % exploration improves the next model', { timeout: 3_600_000 }, async () => {
  const runs = seeds(10, 1).map((seed) => ({
    none: nextModel('click_only', seed),
    tenth: nextModel('click_explore', seed),
  }));
  const agreement = overWorlds(runs.map(({ none, tenth }) => tenth.agreement - none.agreement));
  const known = overWorlds(runs.map(({ none, tenth }) => tenth.known - none.known));
  await keepPage({
    name: 'exploration-improves-the-next-model',
    title: '10 % exploration improves the next model',
    question: 'Is a log in which a tenth of the slots explored a better teacher?',
    world:
      '`small`, 160 listeners, 35 days, ten worlds. The same click-greedy policy keeps the log with and without exploring a tenth of its slots; the same model of completion learns from both, and is judged by how well it agrees with what listeners truly like, over the whole catalogue.',
    result:
      'The model that learned from the exploring log agrees better with the truth, and knows more of the catalogue.',
    rows: [
      { what: 'correlation of the next model with true liking over all tracks, 10 % − none', estimate: agreement },
      { what: 'share of the catalogue with three plays or more, 10 % − none', estimate: known },
    ],
    falsifies: 'A next model that is no better.',
    errorRate: 'Where exploration gives nothing the interval lies above zero in 2.5 % of draws of worlds.',
    picture: bars('10 % exploration − none', [
      { name: 'agreement with truth', estimate: agreement },
      { name: 'catalogue known', estimate: known },
    ]),
  });
  expect(bounds(agreement).lower).toBeGreaterThan(0);
  expect(bounds(known).lower).toBeGreaterThan(0);
});
