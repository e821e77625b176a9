import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import { successCredit } from './interleaver.ts';
import { INTERLEAVERS } from './interleavers.ts';
import { maximize } from './linear-program.ts';
import { interleavePages } from './pages.ts';
import { teamDraft } from './team-draft.ts';

const ranking = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6], { minLength: 3, maxLength: 7 });

it('team draft of abc and bca, two slots: ab by A and B, or ba by B and A, as often', () => {
  const seen = new Map<string, number>();
  const rng = createRng('team draft');
  for (let n = 0; n < 4000; n++) {
    const made = teamDraft.interleave(
      [
        [0, 1, 2],
        [1, 2, 0],
      ],
      2,
      rng,
    );
    const teams = [0, 1].map((slot) => made.credit([0, 1].map((at) => (at === slot ? 1 : 0))).indexOf(1));
    const key = `${made.items.join('')} ${teams.join('')}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  expect([...seen.keys()].toSorted()).toEqual(['01 01', '10 10']);
  // Binomial(4000, .5): 4.5 standard errors.
  expect(Math.abs(seen.get('01 01')! - 2000)).toBeLessThan(4.5 * Math.sqrt(1000));
});

describe.each(INTERLEAVERS)('$name', (interleaver) => {
  it('shows items of the rankings, none twice, as many as asked or there are', () => {
    fc.assert(
      fc.property(ranking, ranking, fc.integer({ min: 1, max: 9 }), fc.integer(), (first, second, length, seed) => {
        const { items } = interleaver.interleave([first, second], length, createRng(seed));
        const union = new Set([...first, ...second]);
        expect(new Set(items).size).toBe(items.length);
        expect(items.every((item) => union.has(item))).toBe(true);
        expect(items.length).toBe(Math.min(length, union.size));
      }),
      { seed: 31, numRuns: 80 },
    );
  });

  it('gives equal rankings equal credit, whatever is clicked', () => {
    fc.assert(
      fc.property(ranking, fc.integer(), (own, seed) => {
        const rng = createRng(seed);
        // Team draft alone credits by chance, so its credit is only equal on average.
        if (interleaver.name === 'team_draft') return;
        const made = interleaver.interleave([own, own], 5, rng);
        const [first, second] = made.credit(made.items.map(() => rng.int(2)));
        expect(first).toBeCloseTo(second!, 9);
      }),
      { seed: 31, numRuns: 60 },
    );
  });

  it('refuses one ranking, and items named twice', () => {
    expect(() => interleaver.interleave([[0, 1]], 2, createRng(1))).toThrow('of 1 rankings');
    expect(() => interleaver.interleave([[0, 0], [1]], 2, createRng(1))).toThrow('an item twice');
  });

  it('is unbiased under random clicks that fall with the slot, on lists and on pages', () => {
    const rng = createRng('random clicks').derive(interleaver.name);
    const clicks = (length: number, own: Rng) =>
      Array.from({ length }, (_, slot) => (own.next() < 0.6 / (slot + 1) ? 1 : 0));
    const lists = [
      [0, 1, 2, 3, 4, 5],
      [3, 0, 5, 1, 6, 2],
    ];
    const pages = [
      [
        { shelf: 0, items: [0, 1, 2, 3] },
        { shelf: 1, items: [4, 5, 6] },
        { shelf: 2, items: [7, 8, 9] },
      ],
      [
        { shelf: 2, items: [8, 9, 7] },
        { shelf: 0, items: [2, 0, 4, 1] },
        { shelf: 3, items: [1, 2, 3] },
      ],
    ];
    const differences: number[][] = [[], [], []];
    for (let n = 0; n < 4000; n++) {
      const made = interleaver.interleave(lists, 5, rng);
      const [first = 0, second = 0] = made.credit(clicks(made.items.length, rng));
      differences[0]!.push(first - second);
      const page = interleavePages(interleaver, pages, { shelves: 3, cards: 3 }, rng.derive(n));
      // How much a shelf is clicked falls with its row.
      const earned = page.shelves.map(({ items }, row) =>
        clicks(items.length, rng).map((click) => (row === 0 || rng.next() < 0.5 ? click : 0)),
      );
      const credit = page.credit(earned);
      differences[1]!.push(credit.shelves[0]! - credit.shelves[1]!);
      differences[2]!.push(credit.cards[0]! - credit.cards[1]!);
    }
    for (const own of differences) {
      const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
      const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (own.length - 1);
      // 4 standard errors: wrong once in 16,000 seeds each.
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / own.length));
    }
  });
});

describe('credit by success', () => {
  it('is the value of what was achieved; what is unknown earns nobody anything', () => {
    const credit = successCredit([
      { label: 'achieved', value: 0.8 },
      { label: 'failed', value: 0.4 },
      { label: 'unknown', value: 0.9 },
      undefined,
    ]);
    expect([...credit]).toEqual([0.8, 0, 0, 0]);
  });
});

describe('maximize', () => {
  it('finds the corner that is best', () => {
    // x + y + s = 4, x + 3y + t = 6, max 3x + 5y: corners (4,0) 12, (3,1) 14, (0,2) 10.
    const a = Float64Array.of(1, 1, 1, 0, 1, 3, 0, 1);
    const x = maximize(a, Float64Array.of(4, 6), Float64Array.of(3, 5, 0, 0));
    expect(x![0]).toBeCloseTo(3, 9);
    expect(x![1]).toBeCloseTo(1, 9);
  });

  it('says when nothing fits', () => {
    expect(maximize(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 2), Float64Array.of(1, 1))).toBeUndefined();
  });
});
