/**
 * Downstream of cards in worlds where only one of five acts is led to by showing (METHODS of causal attribution: last touch
 * against what chance randomised): popular artists are acted upon anyway.
 */

import { expect, it } from 'vitest';
import { DAY_MS, type EventOf, type ItemId, type ListenerEvent, MINUTE_MS } from '#domain';
import { DownstreamTally } from '#jobs';
import { createRng, type Rng } from '#math';
import { type Candidate, chanceCards, composeSlate, type PolicyInput } from '#policy';
import { actsToward, type DownstreamAct, downstreamActs } from '#units';

const ACTIONS = {
  save: 'save',
  follow: 'follow',
  playlist_add: 'add_to_playlist',
  share: 'share',
  open_page: 'open_page',
};
type Act = keyof typeof ACTIONS & DownstreamAct;
const ACTS = Object.keys(ACTIONS) as Act[];

/** Showing a card leads to a save with this probability, and to nothing else. */
const LIFT = 0.06;
/** Of what is done anyway, by each act: with an item of a popular artist, and with another. */
const ANYWAY = { popular: 0.12, other: 0.01 };
const ITEMS = 60;
const isPopular = (itemId: string): boolean => Number(itemId.slice('track:'.length)) % 3 === 0;

const LISTENERS = 200;
const SLATES = 3;
const WORLDS = 80;
const T = Date.parse('2026-03-02T09:00:00Z');

const inputOf = (rng: Rng): PolicyInput => {
  const order = Array.from({ length: ITEMS }, (_, n) => [rng.next(), n] as const).sort((a, b) => a[0] - b[0]);
  return {
    shelves: [
      {
        shelf: 'made-for-you',
        title: '',
        need: '',
        character: 'mixed',
        asked: 6,
        candidates: order.slice(0, 18).map(
          ([, n], place): Candidate => ({
            itemId: `track:${n}` as ItemId,
            artistId: null,
            score: -place,
            source: 'similar_items',
            stage: 'als',
            claim: null,
          }),
        ),
        exploreFrom: 1,
        fewest: 1,
      },
    ],
    exploration: 0.3,
    bandFactor: 3,
    maxPerArtist: 6,
    artistGap: 0,
  };
};

const NO_KIN = () => ({});

/** One world: the tally of all cards, and that of cards of popular artists alone. */
const liveOnce = (seed: string) => {
  const rng = createRng(seed);
  const tallies = { all: new DownstreamTally(), popular: new DownstreamTally() };
  for (let listener = 0; listener < LISTENERS; listener++) {
    const userId = `u${listener}`;
    // People differ in how much they do at all.
    const zeal = 2 * rng.next();
    const events: ListenerEvent[] = [];
    const put = (fields: object): void =>
      void events.push({ eventId: `${userId} ${events.length}`, userId, ...fields } as ListenerEvent);
    const slates = Array.from({ length: SLATES }, (_, n) => {
      const at = T + 8 * n * DAY_MS;
      const slateId = `${userId} s${n}`;
      const input = inputOf(rng);
      const cards = composeSlate(input, `${seed} ${slateId}`).shelves.flatMap((shelf) =>
        shelf.cards.map(({ slot, candidate: { itemId } }) => ({ shelf: shelf.input.shelf, itemId, slot })),
      );
      for (const { itemId, slot } of cards)
        put({ kind: 'impression', at: at + 1, slateId, itemId, slot, visibleMs: 5000 });
      const shown = new Set(cards.map(({ itemId }) => itemId));
      const doIt = (act: Act, itemId: string): void =>
        put({
          kind: 'action',
          at: at + MINUTE_MS + Math.floor(20 * 60 * MINUTE_MS * rng.next()),
          action: ACTIONS[act],
          itemId,
        });
      for (const { itemId } of input.shelves[0]!.candidates) {
        const anyway = zeal * (isPopular(itemId) ? ANYWAY.popular : ANYWAY.other);
        for (const act of ACTS) if (rng.next() < anyway) doIt(act, itemId);
        if (shown.has(itemId) && rng.next() < LIFT) doIt('save', itemId);
      }
      return { slateId, at, cards, chance: chanceCards(input, cards)! };
    });
    const impressions = events.filter(
      (event): event is Extract<ListenerEvent, EventOf<'impression'>> => event.kind === 'impression',
    );
    const toward = actsToward(events, NO_KIN);
    const credited = downstreamActs(events, NO_KIN);
    tallies.all.add(userId, slates, toward, credited, impressions);
    const ofPopular = slates.map(({ chance, ...slate }) => ({
      ...slate,
      chance: {
        placed: chance.placed.filter((place) => isPopular(slate.cards[place]!.itemId)),
        passedOver: new Map([...chance.passedOver].filter(([itemId]) => isPopular(itemId))),
      },
    }));
    tallies.popular.add(userId, ofPopular, toward, credited, impressions);
  }
  return { all: tallies.all.figures(), popular: tallies.popular.figures() };
};

it('of five acts only the one that showing leads to is found to be so, where the last touch credits all of them', () => {
  const worlds = Array.from({ length: WORLDS }, (_, n) => liveOnce(`downstream ${n}`));
  let covered = 0;
  let judged = 0;
  for (const group of ['all', 'popular'] as const) {
    for (const act of ACTS) {
      const truth = act === 'save' ? LIFT : 0;
      const figures = worlds.map((world) => world[group].acts.find((each) => each.act === act)!);
      const errors = figures.map(({ incremental }) => {
        if (!incremental.ok) throw new Error(incremental.reason);
        judged++;
        if (incremental.interval.lower <= truth && truth <= incremental.interval.upper) covered++;
        return incremental.value - truth;
      });
      const { mean, error } = summed(errors);
      // ± 4 standard errors over the worlds: a wrong alarm in 16,000 for each of the ten, were the seeds others.
      expect(Math.abs(mean), `${group} ${act}`).toBeLessThan(4 * error);
      const credited = summed(figures.map(({ lastTouch }) => (lastTouch.ok ? lastTouch.value - truth : Number.NaN)));
      expect(credited.mean, `${group} ${act} by last touch`).toBeGreaterThan(4 * credited.error);
      if (group === 'popular') expect(credited.mean).toBeGreaterThan(0.08);
    }
  }
  // Acts of one world are told of the same cards, so fewer than all are independent: taken as the worlds alone.
  const off = 4 * Math.sqrt((0.95 * 0.05) / WORLDS);
  expect(covered / judged).toBeGreaterThan(0.95 - off);
  expect(covered / judged).toBeLessThan(Math.min(1, 0.95 + off) + 1e-9);
});

const summed = (values: readonly number[]): { readonly mean: number; readonly error: number } => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
};

it('says that it cannot tell where chance placed too few cards, or too few did it', () => {
  const tally = new DownstreamTally();
  expect(tally.figures().acts[0]?.incremental).toEqual({ ok: false, reason: 'few_chance_cards' });
  const world = liveOnce('downstream few');
  const repeats = world.all.acts.find(({ act }) => act === 'repeat');
  expect(repeats?.incremental).toEqual({ ok: false, reason: 'few_acts' });
});
