import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemId } from '#domain';
import { createRng } from '#math';
import { composeSlate, type Draw, drawSlate } from './compose.ts';
import type { Candidate, ComposedSlate, PolicyInput, ShelfInput } from './slate.ts';
import { slotDistribution } from './slot.ts';

const track = (name: number | string) => itemId('track', String(name));

const candidate = (name: number, artist: number | null, score: number): Candidate => ({
  itemId: track(name),
  artistId: artist === null ? null : itemId('artist', String(artist)),
  score,
  source: 'similar_items',
  stage: 'test',
  claim: null,
});

const shelfOf = (candidates: readonly Candidate[], over: Partial<ShelfInput> = {}): ShelfInput => ({
  shelf: 'a',
  title: 'A',
  need: 'n',
  character: 'mixed',
  asked: 3,
  candidates,
  exploreFrom: 0,
  fewest: 1,
  ...over,
});

const inputOf = (shelves: readonly ShelfInput[], over: Partial<PolicyInput> = {}): PolicyInput => ({
  shelves,
  exploration: 0.1,
  bandFactor: 2,
  maxPerArtist: 2,
  artistGap: 0,
  ...over,
});

const cardsOf = (slate: ComposedSlate) => slate.shelves.flatMap((shelf) => shelf.cards);

/** Pages of a few overlapping shelves, small enough to walk every slate. */
const shelves = (items: number, asked: number) =>
  fc.array(
    fc.record({
      items: fc.uniqueArray(fc.integer({ min: 0, max: items }), { minLength: 0, maxLength: items }),
      asked: fc.integer({ min: 1, max: asked }),
      exploreFrom: fc.integer({ min: 0, max: 2 }),
      fewest: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  );

const inputs = (items: number, asked: number) =>
  fc
    .record({
      shelves: shelves(items, asked),
      exploration: fc.constantFrom(0, 0.05, 0.1, 0.25, 1),
      bandFactor: fc.constantFrom(1, 1.5, 2, 3),
      maxPerArtist: fc.integer({ min: 1, max: 2 }),
      artistGap: fc.integer({ min: 0, max: 1 }),
    })
    .map(
      ({ shelves: rows, ...rules }): PolicyInput => ({
        ...rules,
        shelves: rows.map((row, index) => ({
          ...shelfOf(row.items.map((name, place) => candidate(name, name % 4 === 0 ? null : name % 3, -place))),
          shelf: `s${index}`,
          asked: row.asked,
          exploreFrom: row.exploreFrom,
          fewest: row.fewest,
        })),
      }),
    );

describe('slotDistribution', () => {
  it('is BaRT: ε = 0.1 over 5 valid items gives 0.92 to the best and 0.02 to each other', () => {
    const distribution = slotDistribution(5, 0.1);
    expect(distribution[0]).toBeCloseTo(0.92, 12);
    for (const other of distribution.slice(1)) expect(other).toBeCloseTo(0.02, 12);
  });

  it('sums to one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, epsilon) => {
        const distribution = slotDistribution(count, epsilon);
        expect(distribution.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      }),
      { seed: 1 },
    );
  });
});

/** Walks every slate that can be drawn: `visit` gets each with the choices that led to it. */
const everySlate = (input: PolicyInput, visit: (slate: ComposedSlate) => void): void => {
  const pending: number[][] = [[]];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const taken: number[] = [];
    const draw: Draw = (count, epsilon) => {
      const slot = taken.length;
      const choice = path[slot] ?? 0;
      if (slot >= path.length && epsilon > 0) {
        for (let other = 1; other < count; other++) pending.push([...taken, other]);
      }
      taken.push(choice);
      return { choice, explored: choice > 0 };
    };
    visit(drawSlate(input, draw));
  }
};

describe('composeSlate', () => {
  it('has propensities that sum to one over all slates that can be drawn', () => {
    fc.assert(
      fc.property(inputs(4, 2), (input) => {
        let total = 0;
        let slates = 0;
        everySlate(input, (slate) => {
          total += Math.exp(slate.logPropensity);
          slates++;
        });
        expect(slates).toBeGreaterThan(0);
        expect(total).toBeCloseTo(1, 9);
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it('puts no item twice on a page, keeps the artist limit, and logs the sum of the logarithms', () => {
    fc.assert(
      fc.property(inputs(12, 6), fc.string(), (input, seed) => {
        const slate = composeSlate(input, seed);
        const cards = cardsOf(slate);
        expect(new Set(cards.map((card) => card.candidate.itemId)).size).toBe(cards.length);
        const sum = cards.reduce((total, card) => total + Math.log(card.propensity), 0);
        expect(slate.logPropensity).toBeCloseTo(sum, 12);
        for (const shelf of slate.shelves) {
          const perArtist = new Map<string, number>();
          for (const { candidate: card } of shelf.cards) {
            if (card.artistId !== null) perArtist.set(card.artistId, (perArtist.get(card.artistId) ?? 0) + 1);
          }
          expect(Math.max(0, ...perArtist.values())).toBeLessThanOrEqual(input.maxPerArtist);
          expect(shelf.cards.length).toBeGreaterThanOrEqual(shelf.input.fewest);
          expect(shelf.shortBecause === null).toBe(shelf.cards.length === shelf.input.asked);
        }
      }),
      { seed: 3 },
    );
  });

  it('is maximal: a shelf shorter than asked has no valid candidate left', () => {
    fc.assert(
      fc.property(inputs(12, 6), fc.string(), (input, seed) => {
        const placed = new Set<string>();
        for (const shelf of composeSlate(input, seed).shelves) {
          for (const card of shelf.cards) placed.add(card.candidate.itemId);
          if (shelf.cards.length === shelf.input.asked) continue;
          const byArtist = (artist: string) => shelf.cards.filter((card) => card.candidate.artistId === artist).length;
          for (const { itemId: item, artistId } of shelf.input.candidates) {
            expect(placed.has(item) || (artistId !== null && byArtist(artistId) >= input.maxPerArtist)).toBe(true);
          }
        }
      }),
      { seed: 4 },
    );
  });

  it('gives the identical slate for the same input and seed', () => {
    fc.assert(
      fc.property(inputs(12, 6), fc.string(), (input, seed) => {
        expect(JSON.stringify(composeSlate(input, seed))).toBe(JSON.stringify(composeSlate(input, seed)));
      }),
      { seed: 5 },
    );
  });

  it('explores nothing where there is one choice', () => {
    const slate = composeSlate(inputOf([shelfOf([candidate(1, 1, 1)], { asked: 1 })], { exploration: 1 }), 's');
    expect(cardsOf(slate)).toMatchObject([{ explored: false, propensity: 1, choices: 1 }]);
  });

  it('never explores outside the band, nor before the slot from which it may', () => {
    const many = Array.from({ length: 40 }, (_, n) => candidate(n, null, -n));
    const input = inputOf([shelfOf(many, { asked: 10, exploreFrom: 4 })], { exploration: 0.5 });
    for (let seed = 0; seed < 200; seed++) {
      for (const { slot, candidate: card, explored } of cardsOf(composeSlate(input, String(seed)))) {
        expect(-card.score).toBeLessThan(20);
        if (slot < 4) expect([explored, -card.score]).toEqual([false, slot]);
      }
    }
  });

  it('leaves a shelf with too few cards out and frees its items for those below', () => {
    const few = shelfOf([candidate(1, null, 2), candidate(2, null, 1)], { shelf: 'few', fewest: 3 });
    const rest = shelfOf([candidate(1, null, 2)], { shelf: 'rest' });
    const slate = composeSlate(inputOf([few, rest]), 's');
    expect(slate.shelves.map((shelf) => [shelf.input.shelf, shelf.row])).toEqual([['rest', 0]]);
  });

  it('says why a shelf is short', () => {
    const first = shelfOf([candidate(1, 1, 3), candidate(2, 2, 2), candidate(3, 3, 1)], { asked: 3 });
    const taken = shelfOf([candidate(1, 1, 3), candidate(2, 2, 2), candidate(4, 1, 1)], { asked: 3 });
    const artist = shelfOf([candidate(5, 1, 3), candidate(6, 1, 2), candidate(7, 1, 1)], { asked: 3 });
    const scarce = shelfOf([candidate(8, 1, 3)], { asked: 3 });
    const slate = composeSlate(inputOf([first, taken, artist, scarce], { exploration: 0 }), 's');
    expect(slate.shelves.map((shelf) => shelf.shortBecause)).toEqual([
      null,
      '1 of 3: the rest already stands higher on the page',
      '2 of 3: the rest is by the same artists',
      '1 of 3: nothing else fits here',
    ]);
  });

  it('keeps cards of an artist apart while it can, and gives way where it cannot', () => {
    const mixed = shelfOf([candidate(1, 1, 4), candidate(2, 1, 3), candidate(3, 2, 2)], { asked: 3 });
    const slate = composeSlate(inputOf([mixed], { artistGap: 1, exploration: 0 }), 's');
    expect(cardsOf(slate).map((card) => card.candidate.itemId)).toEqual([track(1), track(3), track(2)]);
    const same = shelfOf([candidate(1, 1, 2), candidate(2, 1, 1)], { asked: 2 });
    expect(cardsOf(composeSlate(inputOf([same], { artistGap: 1 }), 's'))).toHaveLength(2);
  });
});

describe('exploration on the page', () => {
  const page = (exploration: number, seed: string): PolicyInput => {
    const rng = createRng(seed);
    const row = (name: string, count: number, over: Partial<ShelfInput>) =>
      shelfOf(
        Array.from({ length: count }, (_, n) => candidate(rng.int(500), rng.int(60), -n)).filter(
          (each, n, all) => all.findIndex((other) => other.itemId === each.itemId) === n,
        ),
        { shelf: name, asked: 10, ...over },
      );
    return inputOf(
      [
        row('familiar', 30, { exploreFrom: 2 }),
        row('because', 25, { exploreFrom: 1 }),
        row('few', 10 + rng.int(5), { exploreFrom: 2 }),
        row('long', 40, { exploreFrom: 5 }),
        row('fresh', 20, { exploreFrom: 0 }),
      ],
      { exploration, bandFactor: 3 },
    );
  };

  /**
   * 4,000 pages of ~48 cards: ~190,000 cards at 10 %, so the share has a standard error of 0.07 % and the band of
   * ±0.2 % is 2.9 of them: 1 seed in 270 would fail; this one is fixed.
   */
  it('is 10 % of the cards on average', () => {
    let cards = 0;
    let explored = 0;
    for (let n = 0; n < 4000; n++) {
      for (const card of cardsOf(composeSlate(page(0.1, `world ${n % 50}`), `page ${n}`))) {
        cards++;
        if (card.explored) explored++;
      }
    }
    expect(cards).toBeGreaterThan(150_000);
    expect(explored / cards).toBeGreaterThan(0.098);
    expect(explored / cards).toBeLessThan(0.102);
  });

  it('draws each item of a slot as often as its logged propensity says', () => {
    // Given the first slot's most likely item, the second slot's frequencies against its propensities, within 4 σ.
    const input = inputOf(
      [
        shelfOf(
          [1, 2, 3, 4, 5, 6].map((n) => candidate(n, n % 2, -n)),
          { asked: 3 },
        ),
      ],
      {
        exploration: 0.3,
      },
    );
    const counts = new Map<string, { drawn: number; propensity: number }>();
    let rounds = 0;
    for (let n = 0; n < 100_000; n++) {
      const cards = cardsOf(composeSlate(input, `mc ${n}`));
      if (cards[0]!.candidate.itemId !== track(1)) continue;
      rounds++;
      const { candidate: second, propensity } = cards[1]!;
      const seen = counts.get(second.itemId) ?? { drawn: 0, propensity };
      expect(propensity).toBe(seen.propensity);
      counts.set(second.itemId, { drawn: seen.drawn + 1, propensity });
    }
    expect(counts.size).toBe(5);
    let total = 0;
    for (const { drawn, propensity } of counts.values()) {
      total += propensity;
      const sigma = Math.sqrt((propensity * (1 - propensity)) / rounds);
      expect(Math.abs(drawn / rounds - propensity)).toBeLessThan(4 * sigma);
    }
    expect(total).toBeCloseTo(1, 12);
  });
});
