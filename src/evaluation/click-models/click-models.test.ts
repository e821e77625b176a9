import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLICK_MODELS, clickPerplexity, fitClickModel } from './click-model.ts';
import type { ClickSessions } from './click-sessions.ts';
import { fitExamination } from './examination-em.ts';
import { countRows, gridCell } from './examination-rows.ts';
import { harvestInterventions } from './intervention-harvesting.ts';

const sessionsOf = (
  rows: readonly (readonly [items: readonly number[], clicks: readonly number[]])[],
): ClickSessions => ({
  size: rows.length,
  slots: rows[0]![0].length,
  items: Uint32Array.from(rows.flatMap(([items]) => items)),
  itemCount: 1 + Math.max(...rows.flatMap(([items]) => items)),
  clicks: Uint8Array.from(rows.flatMap(([, clicks]) => clicks)),
});

/** Four sessions of three items. */
const FOUR = sessionsOf([
  [
    [0, 1, 2],
    [1, 0, 0],
  ],
  [
    [0, 1, 2],
    [0, 1, 0],
  ],
  [
    [1, 0, 2],
    [1, 0, 1],
  ],
  [
    [2, 1, 0],
    [0, 0, 0],
  ],
]);

describe('by counting', () => {
  it('sdbn: attraction is clicks / shown down to the last click, satisfaction last clicks / clicks', () => {
    const { attraction, chain } = fitClickModel('sdbn', FOUR, { byCounting: true });
    // Item 0: shown in sessions 1 (clicked), 2, 3, 4: 1 of 4. Item 1: 2, 3, 4 (in 1 it is below the last click): 2 of 3.
    // Item 2: 3 (clicked), 4: 1 of 2.
    expect([...attraction]).toEqual([1 / 4, 2 / 3, 1 / 2]);
    // Last clicks: item 0 in session 1 of 1; item 1 in session 2, not in 3; item 2 in session 3.
    expect([...chain!.satisfaction]).toEqual([1, 1 / 2, 1]);
  });

  it('dcm: going on from a slot is 1 − last clicks there / clicks there', () => {
    const { chain } = fitClickModel('dcm', FOUR, { byCounting: true });
    // Slot 1: clicks in sessions 1 (last) and 3; slot 2: in 2 (last); slot 3: in 3 (last).
    expect([...chain!.goOnBySlot]).toEqual([1 / 2, 0, 0]);
  });

  it('cascade: only what stands down to the first click counts, and contradictions are told', () => {
    const { attraction, warnings } = fitClickModel('cascade', FOUR, { byCounting: true });
    // Item 0: sessions 1 (clicked), 2, 4: 1 of 3. Item 1: 2, 3 (clicked), 4: 2 of 3. Item 2: 4: 0 of 1.
    expect([...attraction]).toEqual([1 / 3, 2 / 3, 0]);
    expect(warnings).toEqual([
      '1 of 4 sessions have more than one click, which the cascade model holds to be impossible.',
    ]);
  });

  it('is refused where nothing can be counted', () => {
    expect(() => fitClickModel('dbn', FOUR, { byCounting: true })).toThrow('dbn by counting');
  });
});

const anySessions = fc
  .array(
    fc.record({
      items: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 3, maxLength: 3 }),
      clicks: fc.array(fc.constantFrom(0, 1), { minLength: 3, maxLength: 3 }),
    }),
    { minLength: 2, maxLength: 30 },
  )
  .map((rows) => ({ ...sessionsOf(rows.map(({ items, clicks }) => [items, clicks])), itemCount: 4 }));

describe('expectation maximization', () => {
  it.each(CLICK_MODELS.filter((name) => name !== 'cascade'))('%s never loses likelihood', (name) => {
    fc.assert(
      fc.property(anySessions, (sessions) => {
        const { logLikelihood } = fitClickModel(name, sessions, { mostSweeps: 25, tolerance: -1 }).em;
        for (let n = 1; n < logLikelihood.length; n++) {
          expect(logLikelihood[n]!).toBeGreaterThanOrEqual(logLikelihood[n - 1]! - 1e-3);
        }
      }),
      { seed: 30, numRuns: 60 },
    );
  });

  it.each(CLICK_MODELS)('%s: the likelihood is the product of its own predictions', (name) => {
    const sessions =
      name === 'cascade'
        ? sessionsOf([
            [
              [0, 1, 2],
              [0, 1, 0],
            ],
            [
              [1, 2, 0],
              [1, 0, 0],
            ],
            [
              [2, 0, 1],
              [0, 0, 0],
            ],
          ])
        : FOUR;
    const model = fitClickModel(name, sessions, { mostSweeps: 400, tolerance: 1e-13 });
    const { bySlot } = clickPerplexity(model, sessions);
    // Σ log P over slots = −n Σ ln(perplexity); at convergence the likelihood before and after a sweep are the same.
    const told = -sessions.size * bySlot.reduce((sum, value) => sum + Math.log(value), 0);
    expect(told).toBeCloseTo(model.em.logLikelihood.at(-1)!, 2);
  });
});

describe('examination', () => {
  it('one sweep by hand', () => {
    // One cell, one item, one click and one skip: θ = α = .5. Skip: examined .5·.5/.75 = 1/3. θ = (1 + 1/3) / 2 = 2/3.
    const rows = countRows(
      sessionsOf([
        [[0], [1]],
        [[0], [0]],
      ]),
      1,
      () => 0,
    );
    const { attraction } = fitExamination(rows, { mostSweeps: 1 });
    // Relative to the one cell: α · θ = 2/3 · 2/3.
    expect(attraction[0]).toBeCloseTo(4 / 9, 12);
  });

  it('is not guessed where a viewport saw', () => {
    const sessions: ClickSessions = {
      ...sessionsOf([
        [
          [0, 1],
          [1, 0],
        ],
        [
          [0, 1],
          [0, 1],
        ],
        [
          [0, 1],
          [0, 0],
        ],
        [
          [0, 1],
          [0, 0],
        ],
      ]),
      seen: Uint8Array.of(1, 0, 1, 1, 1, 0, 1, 1),
    };
    const { examination, attraction, identifiability } = fitExamination(countRows(sessions, 2, (_, slot) => slot));
    // Slot 1 was always in view, slot 2 twice of four. Item 0: 1 click of 4 in view; item 1: 1 of 2.
    expect([...examination]).toEqual([1, 0.5]);
    expect([...attraction]).toEqual([0.25, 0.5]);
    expect(identifiability.sentence).toBe('Examination was observed, so it is told from attraction.');
  });

  it('says in words when items never move', () => {
    const fixed = fitClickModel(
      'pbm',
      sessionsOf([
        [
          [0, 1],
          [1, 0],
        ],
        [
          [0, 1],
          [0, 1],
        ],
      ]),
    );
    expect(fixed.examination!.identifiability.ok).toBe(false);
    expect(fixed.warnings[0]).toContain('cannot be told from attraction across 2 groups of places (0 | 1)');
    const moving = fitClickModel(
      'pbm',
      sessionsOf([
        [
          [0, 1],
          [1, 0],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ]),
    );
    expect(moving.warnings).toEqual([]);
  });

  it('numbers the cells of a grid by row, column and device', () => {
    const shape = { columns: 3, devices: 2 };
    const cells = [0, 1].flatMap((row) =>
      [0, 1, 2].flatMap((column) => [0, 1].map((device) => gridCell(shape, { row, column, device }))),
    );
    expect(cells).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('takes attraction from a regression when given one', () => {
    const rows = countRows(
      sessionsOf([
        [
          [0, 1],
          [1, 0],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ]),
      2,
      (_, slot) => slot,
    );
    const { attraction } = fitExamination(rows, { learnAttraction: (expected) => expected.map(() => 0.3) });
    expect(attraction[0]).toBe(attraction[1]);
  });
});

describe('harvested interventions', () => {
  it('compare the same items at two slots', () => {
    // Item 0 at slot 1: 4 of 5 clicked; at slot 2: 2 of 5. Item 1 the other way about: 4 of 5 and 2 of 5.
    const rows = Array.from({ length: 10 }, (_, n): [number[], number[]] => {
      const swapped = n >= 5;
      return [swapped ? [1, 0] : [0, 1], [n % 5 < 4 ? 1 : 0, n % 5 < 2 ? 1 : 0]];
    });
    const { examination, identifiability } = harvestInterventions(sessionsOf(rows));
    expect(examination[0]).toBe(1);
    expect(examination[1]).toBeCloseTo(0.5, 4);
    expect(identifiability.ok).toBe(true);
  });
});

it('sessions that do not hold together are refused', () => {
  expect(() => fitClickModel('pbm', { ...FOUR, clicks: new Uint8Array(3) })).toThrow('3 clicks');
  expect(() => fitClickModel('pbm', { ...FOUR, itemCount: 2 })).toThrow('item 2');
  expect(() => fitClickModel('pbm', { ...FOUR, seen: new Uint8Array(12) })).toThrow('never in view');
});
