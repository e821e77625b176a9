/**
 * Click models against their generative stories, told anew: every coin of a session (attraction, examination or going on,
 * satisfaction) is tossed in all ways, 512 for three slots, and the chances of those that give the clicks are added up.
 */

import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '#math';
import { CLICK_MODELS, type ClickModel, type ClickModelName, fitClickModel } from './click-model.ts';
import type { ClickSessions } from './click-sessions.ts';

const SLOTS = 3;
const ITEMS = 3;
const SESSIONS = 150;

/** Of one toss a slot. */
interface Coins {
  readonly attracted: boolean;
  /** Satisfied (dbn, sdbn), or relevant (ccm). */
  readonly pleased: boolean;
  /** Goes on below (chain models), or looks (pbm, ubm). */
  readonly moves: boolean;
}

/** Chance of the third coin, whatever else was tossed. */
const moveChance = (model: ClickModel, slot: number, last: number, clicked: boolean, pleased: boolean): number => {
  const { examination, chain } = model;
  switch (model.name) {
    case 'pbm':
      return examination!.examination[slot]!;
    case 'ubm':
      return examination!.examination[slot * (SLOTS + 1) + 1 + last]!;
    case 'cascade':
      return clicked ? 0 : 1;
    case 'dcm':
      return clicked ? chain!.goOnBySlot[slot]! : 1;
    case 'ccm':
      if (!clicked) return chain!.goOn;
      return pleased ? chain!.goOnRelevant : chain!.goOnIrrelevant;
    case 'dbn':
      return clicked && pleased ? 0 : chain!.goOn;
    case 'sdbn':
      return clicked && pleased ? 0 : 1;
  }
};

const pleasedChance = ({ name, attraction, chain }: ClickModel, item: number): number =>
  name === 'ccm' ? attraction[item]! : name === 'dbn' || name === 'sdbn' ? chain!.satisfaction[item]! : 1;

/** P(clicks): the sum over all tosses. */
const bruteForce = (model: ClickModel, items: ArrayLike<number>, clicks: ArrayLike<number>): number => {
  const isPlace = model.name === 'pbm' || model.name === 'ubm';
  let total = 0;
  for (let tosses = 0; tosses < 1 << (3 * SLOTS); tosses++) {
    let chance = 1;
    let examines = true;
    let last = -1;
    for (let slot = 0; slot < SLOTS && chance > 0; slot++) {
      const bits = tosses >> (3 * slot);
      const coins: Coins = { attracted: (bits & 1) === 1, pleased: (bits & 2) !== 0, moves: (bits & 4) !== 0 };
      const item = items[slot]!;
      const alpha = model.attraction[item]!;
      const looks = isPlace ? coins.moves : examines;
      const clicked = looks && coins.attracted;
      const pleased = pleasedChance(model, item);
      const moves = moveChance(model, slot, last, clicked, coins.pleased);
      chance *= coins.attracted ? alpha : 1 - alpha;
      chance *= coins.pleased ? pleased : 1 - pleased;
      chance *= coins.moves ? moves : 1 - moves;
      if (clicked !== (clicks[slot] === 1)) chance = 0;
      if (clicked) last = slot;
      examines &&= coins.moves;
    }
    total += chance;
  }
  return total;
};

const everySession = function* ({ size, items, clicks }: ClickSessions) {
  for (let n = 0; n < size; n++) {
    const [from, to] = [n * SLOTS, (n + 1) * SLOTS];
    yield { items: items.subarray(from, to), clicks: clicks.subarray(from, to) };
  }
};

const logLikelihood = (model: ClickModel, sessions: ClickSessions): number => {
  let sum = 0;
  for (const session of everySession(sessions)) sum += Math.log(bruteForce(model, session.items, session.clicks));
  return sum;
};

/** Clicks that no model made: one in two cards by chance, at most one a session where a model allows no more. */
const drawSessions = (name: ClickModelName, rng: Rng): ClickSessions => {
  const items: number[] = [];
  const clicks: number[] = [];
  for (let session = 0; session < SESSIONS; session++) {
    const left = [0, 1, 2];
    let clicked = false;
    for (let slot = 0; slot < SLOTS; slot++) {
      const item = left.splice(rng.int(left.length), 1)[0]!;
      const isClick: boolean = rng.next() < 0.25 + 0.2 * item - 0.1 * slot && !(name === 'cascade' && clicked);
      clicked ||= isClick;
      items.push(item);
      clicks.push(isClick ? 1 : 0);
    }
  }
  const arrays = { items: Uint32Array.from(items), clicks: Uint8Array.from(clicks) };
  return { size: SESSIONS, slots: SLOTS, itemCount: ITEMS, ...arrays };
};

/** All numbers of a model that may be moved: setters on copies. */
const withMoved = (model: ClickModel, move: (value: number, place: number) => number): ClickModel => {
  let place = 0;
  const moved = (values: Float64Array) => values.map((value) => move(value, place++));
  const one = (value: number) => move(value, place++);
  const attraction = moved(model.attraction);
  const { examination, chain } = model;
  return {
    ...model,
    attraction,
    examination: examination && { ...examination, examination: moved(examination.examination) },
    chain: chain && {
      attraction,
      satisfaction: moved(chain.satisfaction),
      goOnBySlot: moved(chain.goOnBySlot),
      goOn: one(chain.goOn),
      goOnIrrelevant: one(chain.goOnIrrelevant),
      goOnRelevant: one(chain.goOnRelevant),
    },
  };
};

const countOf = (model: ClickModel): number => {
  let count = 0;
  withMoved(model, (value) => {
    count++;
    return value;
  });
  return count;
};

describe.each(CLICK_MODELS)('%s against all tosses of its coins', (name) => {
  const sessions = drawSessions(name, createRng('oracle').derive(name));
  const model = fitClickModel(name, sessions, { mostSweeps: 20_000, tolerance: 1e-14 });

  it('predicts the chance of each session, click by click', () => {
    for (const { items, clicks } of everySession(sessions)) {
      const predicted = model.predict(items, clicks);
      const product = predicted.reduce((all, chance, slot) => all * (clicks[slot] === 1 ? chance : 1 - chance), 1);
      expect(product).toBeCloseTo(bruteForce(model, items, clicks), 10);
    }
  });

  it('reports the likelihood of its sessions', () => {
    expect(model.em.logLikelihood.at(-1)!).toBeCloseTo(logLikelihood(model, sessions), 3);
  });

  it('is where no parameter can be moved to a greater likelihood, nor any of 300 draws of all of them is greater', () => {
    const reached = logLikelihood(model, sessions);
    for (let place = 0; place < countOf(model); place++) {
      for (const step of [-0.02, 0.02]) {
        const near = withMoved(model, (value, at) => (at === place ? Math.min(1, Math.max(0, value + step)) : value));
        expect(logLikelihood(near, sessions)).toBeLessThan(reached + 1e-4);
      }
    }
    const rng = createRng('draws').derive(name);
    for (let draw = 0; draw < 300; draw++) {
      const other = withMoved(model, () => 0.02 + 0.96 * rng.next());
      expect(logLikelihood(other, sessions)).toBeLessThan(reached);
    }
  });
});
