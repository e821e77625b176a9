import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemId } from '#domain';
import { inThread, startKernelPool } from '#kernels';
import { cosine, createRng, csrFromTriples, type Rng, topK } from '#math';
import { modelContract } from '../model.contract.ts';
import { type AlsOptions, fitAls } from './als.ts';
import { loadAls } from './als-model.ts';
import { holdOut } from './held-out.ts';

modelContract('als', {
  fit: (data, rng) => fitAls(data, { factors: 8 }, rng),
  load: loadAls,
  expectedNdcg: { from: 0.28, to: 0.33 },
});

// So few items fit in fewer cells than are looked into, so the answers are those of the whole scan.
modelContract('als with its items in cells', {
  fit: (data, rng) => fitAls(data, { factors: 8, mostScanned: 0 }, rng),
  load: loadAls,
  expectedNdcg: { from: 0.28, to: 0.33 },
});

modelContract('als with one λ for all', {
  fit: (data, rng) =>
    fitAls(data, { factors: 6, regularization: 3, frequencyExponent: 0, weight: 'binary', alpha: 5 }, rng),
  load: loadAls,
  expectedNdcg: { from: 0.28, to: 0.33 },
});

const randomData = (users: number, items: number, plays: number, seed: number) => {
  const rng = createRng(seed);
  const draw = (below: number) => Array.from({ length: plays }, () => rng.int(below));
  return {
    users: Array.from({ length: users }, (_, u) => String(u)),
    items: Array.from({ length: items }, (_, i) => itemId('track', String(i))),
    counts: csrFromTriples(users, items, {
      rows: draw(users),
      columns: draw(items),
      values: draw(9).map((x) => x + 1),
    }),
  };
};

/** Factors as they are stored: items × width, behind the header. */
const storedFactors = (bytes: Uint8Array, items: number): Float32Array[] => {
  const headerEnd = 16 + new DataView(bytes.buffer).getUint32(12, true);
  const values = new Float32Array(bytes.buffer, headerEnd);
  const width = Math.floor(values.length / items);
  return Array.from({ length: items }, (_, item) => values.subarray(item * width, (item + 1) * width));
};

describe('fitAls', () => {
  it('folds a user in where the gradient of the loss is zero', async () => {
    // ½ gradient of Σ over all items of c·(p - x·y)² + λ|x|², every item visited, absent ones with c = 1 and p = 0.
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer(),
        async (factors, length, seed) => {
          const regularization = 0.5;
          const data = randomData(20, 15, 80, seed);
          const options: AlsOptions = {
            factors,
            epochs: 2,
            weight: 'raw',
            alpha: 2,
            regularization,
            frequencyExponent: 0,
          };
          const model = await fitAls(data, options, createRng(seed));
          const y = storedFactors(model.toBytes(), 15);
          const rng = createRng(seed).derive('history');
          const plays = new Map(Array.from({ length }, () => [rng.int(15), 1 + rng.int(9)]));
          const x = model.foldIn({
            items: Uint32Array.from(plays.keys()),
            weights: Float32Array.from(plays.values()),
          }).values;
          const gradient = Array.from(x, (value) => regularization * value);
          let scale = 1e-3;
          y.forEach((row, item) => {
            const c = plays.has(item) ? 2 * plays.get(item)! : 1;
            const error = row.reduce((sum, value, k) => sum + value * x[k]!, 0) - (plays.has(item) ? 1 : 0);
            row.forEach((value, k) => {
              gradient[k]! += c * error * value;
              scale += Math.abs(c * error * value);
            });
          });
          // The factors are stored in f32, so YᵀY is diagonal only to some 1e-7 of its size.
          for (const each of gradient) expect(Math.abs(each)).toBeLessThan(1e-5 * scale);
        },
      ),
      { seed: 10, numRuns: 50 },
    );
  });

  it('lowers its loss with every epoch', async () => {
    const data = randomData(40, 30, 300, 3);
    const regularization = 2;
    const options: AlsOptions = { factors: 5, regularization, frequencyExponent: 0, weight: 'binary', alpha: 4 };
    const losses: number[] = [];
    for (const epochs of [1, 2, 3, 5, 10]) {
      const model = await fitAls(data, { ...options, epochs }, createRng(1));
      const all = Uint32Array.from({ length: 30 }, (_, item) => item);
      let loss =
        storedFactors(model.toBytes(), 30).reduce((sum, row) => sum + row.reduce((s, v) => s + v * v, 0), 0) *
        regularization;
      for (let user = 0; user < 40; user++) {
        const items = data.counts.indices.slice(data.counts.indptr[user], data.counts.indptr[user + 1]);
        const folded = model.foldIn({ items, weights: new Float32Array(items.length).fill(1) });
        loss += regularization * folded.values.reduce((s, v) => s + v * v, 0);
        const played = new Set(items);
        model.score(folded, all).forEach((score, item) => {
          loss += played.has(item) ? 4 * (1 - score) ** 2 : score ** 2;
        });
      }
      losses.push(loss);
    }
    losses.forEach((loss, n) => {
      if (n > 0) expect(loss).toBeLessThan(losses[n - 1]!);
    });
  });

  it('needs no more than two conjugate-gradient steps', async () => {
    const data = randomData(100, 80, 1500, 5);
    const scores: Float32Array[] = [];
    for (const cgSteps of [2, 30]) {
      const model = await fitAls(data, { factors: 8, epochs: 30, cgSteps }, createRng(1));
      const user = model.foldIn({ items: Uint32Array.of(1, 2, 3), weights: Float32Array.of(1, 1, 1) });
      scores.push(
        model.score(
          user,
          Uint32Array.from({ length: 80 }, (_, item) => item),
        ),
      );
    }
    scores[0]!.forEach((score, item) => {
      expect(score).toBeCloseTo(scores[1]![item]!, 2);
    });
  });

  it('gives other factors for another seed, whatever was drawn from the stream before', async () => {
    const data = randomData(20, 15, 80, 1);
    const used = createRng(1);
    used.next();
    const bytes = async (rng: Rng) => (await fitAls(data, {}, rng)).toBytes();
    expect(await bytes(used)).toEqual(await bytes(createRng(1)));
    expect(await bytes(createRng(2))).not.toEqual(await bytes(createRng(1)));
  });

  it('never recommends what nobody played', async () => {
    const data = {
      ...randomData(20, 15, 80, 1),
      items: Array.from({ length: 18 }, (_, i) => itemId('track', String(i))),
    };
    const model = await fitAls({ ...data, counts: { ...data.counts, cols: 18 } }, { factors: 4 }, createRng(1));
    const user = model.foldIn({ items: Uint32Array.of(1), weights: Float32Array.of(1) });
    const ranked = model.recommend(user, 18);
    expect(ranked.items).toHaveLength(15);
    for (const item of ranked.items) expect(item).toBeLessThan(15);
    expect(model.similar(16, 5).items).toHaveLength(0);
  });

  it('likens items by the cosine of their factors', async () => {
    const model = await fitAls(randomData(20, 15, 80, 1), { factors: 4 }, createRng(1));
    const y = storedFactors(model.toBytes(), 15);
    const { items, scores } = model.similar(3, 15);
    expect(items.length).toBeGreaterThan(0);
    items.forEach((item, n) => {
      expect(scores[n]).toBeCloseTo(cosine(y[3]!, y[item]!)!, 5);
    });
  });

  it('learns from one single user, and from a world of one play', async () => {
    for (const plays of [1, 30]) {
      const model = await fitAls(randomData(1, 10, plays, 1), {}, createRng(1));
      const user = model.foldIn({ items: Uint32Array.of(0), weights: Float32Array.of(1) });
      expect([...model.score(user, Uint32Array.of(0, 1, 2))].every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses options out of range and data without plays', async () => {
    const data = randomData(4, 4, 8, 1);
    for (const options of [
      { factors: 0 },
      { epochs: 1.5 },
      { regularization: 0 },
      { alpha: -1 },
      { frequencyExponent: 2 },
    ]) {
      await expect(fitAls(data, options, createRng(1))).rejects.toThrow(
        expect.objectContaining({ code: 'invalid_data' }),
      );
    }
    const empty = { ...data, counts: csrFromTriples(4, 4, { rows: [], columns: [], values: [] }) };
    await expect(fitAls(empty, {}, createRng(1))).rejects.toThrow(/no plays to learn from/);
  });
});

describe('recommending', () => {
  it('gives what scoring every item gives, to the bit, though most are never scored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 32, 33, 96),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer(),
        async (factors, k, modulus, plays, seed) => {
          // Some of the items are played by no one: their factors are zero, and they are never recommended.
          const items = 300;
          const model = await fitAls(randomData(120, items, 900, seed), { factors, epochs: 2 }, createRng(seed));
          const rng = createRng(seed).derive('history');
          const user = model.foldIn({
            items: Uint32Array.from({ length: plays }, () => rng.int(items)),
            weights: Float32Array.from({ length: plays }, () => 1 + rng.int(20)),
          });
          const [asked, askedInScan]: [number[], number[]] = [[], []];
          const isBarred = (seen: number[]) => (item: number) => {
            seen.push(item);
            return item % modulus === 1;
          };
          const isZero = storedFactors(model.toBytes(), items).map((row) => row.every((value) => value === 0));
          const scores = model.score(
            user,
            Uint32Array.from({ length: items }, (_, item) => item),
          );
          const barredInScan = isBarred(askedInScan);
          const best = topK(scores, k, (item) => isZero[item]! || barredInScan(item));
          const ranked = model.recommend(user, k, isBarred(asked));
          expect([...ranked.items]).toEqual([...best]);
          expect([...ranked.scores]).toEqual(Array.from(best, (item) => scores[item]));
          expect(asked).toEqual(askedInScan);
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });
});

describe('an early stop', { timeout: 60_000 }, () => {
  const data = randomData(400, 60, 6000, 3);

  it('ends where plays kept back are found no better, with any number of threads, and tells of each epoch', async () => {
    const heldOut: (number | null)[] = [];
    const options = { factors: 8, epochs: 40, earlyStop: 0.001 };
    const stopped = await fitAls(data, options, createRng(1), inThread(), (told) => heldOut.push(told.heldOut));
    expect(heldOut.length).toBeGreaterThan(1);
    expect(heldOut.length).toBeLessThan(40);
    const before = Math.max(...heldOut.slice(0, -1).map(Number));
    expect(heldOut.at(-1)).toBeLessThanOrEqual(before * 1.001);
    const pool = startKernelPool({ workers: 2 });
    expect((await fitAls(data, options, createRng(1), pool)).toBytes()).toEqual(stopped.toBytes());
    await pool.close();
  });

  it('keeps one play back of each user that has two, and no other', () => {
    const { train, users, items } = holdOut(data.counts, 1000, createRng(2));
    const { counts } = data;
    expect(users).toHaveLength(400);
    expect(train.indices).toHaveLength(counts.indices.length - users.length);
    users.forEach((user, n) => {
      const all = counts.indices.subarray(counts.indptr[user], counts.indptr[user + 1]);
      const kept = train.indices.subarray(train.indptr[user], train.indptr[user + 1]);
      expect([...kept, items[n]!].sort((a, b) => a - b)).toEqual([...all]);
    });
  });

  it('learns from all when no share is given, and refuses one that is none', async () => {
    const told: (number | null)[] = [];
    await fitAls(data, { factors: 4, epochs: 2 }, createRng(1), inThread(), ({ heldOut }) => told.push(heldOut));
    expect(told).toEqual([null, null]);
    await expect(fitAls(data, { earlyStop: 2 }, createRng(1))).rejects.toThrow(
      /earlyStop 2: expected a number from 0 to 1/,
    );
  });
});
