import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createArena } from '#kernels';
import { createRng } from '#math';
import { clustered } from '../made-up-interactions.contract.ts';
import { openSharedModel } from '../shared-model.ts';
import { type AlsOptions, fitAls } from './als.ts';
import { itemFactors, loadAls } from './als-model.ts';

const fitted = (options: AlsOptions) => fitAls(clustered().data, { factors: 8, epochs: 2, ...options }, createRng(1));

describe('loadAls', () => {
  it('works with the factors where they are, if they are in an arena', async () => {
    const stored = (await fitted({ mostScanned: 0 })).toBytes();
    const arena = createArena(stored.length);
    arena.set(stored);
    const [model, apart] = [loadAls(arena), loadAls(stored)];
    const [factors, copied] = [itemFactors(model)!, itemFactors(apart)!];
    expect(factors.values).toEqual(copied.values);
    expect(factors.values.byteOffset % 64).toBe(0);
    new Float32Array(arena.buffer, factors.values.byteOffset, 1)[0]! += 1;
    expect(factors.values[0]).toBe(Math.fround(copied.values[0]! + 1));
    arena.set(stored);
    const history = { items: Uint32Array.of(2, 7, 11), weights: Float32Array.of(1, 3, 2) };
    const [user, other] = [model.foldIn(history), apart.foldIn(history)];
    expect(user).toEqual(other);
    expect(model.recommend(user, 10)).toEqual(apart.recommend(other, 10));
    expect(model.similar(2, 5)).toEqual(apart.similar(2, 5));
    expect(model.explain(user, 4)).toEqual(apart.explain(other, 4));
    expect(Buffer.compare(model.toBytes(), stored)).toBe(0);

    const { port1, port2 } = new MessageChannel();
    port1.postMessage(model.share());
    const beside = openSharedModel(receiveMessageOnPort(port2)?.message);
    port1.close();
    expect(beside.retrieval.method).toBe('cells');
    expect(beside.recommend(beside.foldIn(history), 10)).toEqual(apart.recommend(other, 10));
    expect(beside.explain(beside.foldIn(history), 4)).toEqual(apart.explain(other, 4));
  });

  it('reads files of before, whose arrays begin anywhere', async () => {
    const stored = (await fitted({})).toBytes();
    const length = new DataView(stored.buffer).getUint32(12, true);
    const text = new TextDecoder().decode(stored.subarray(16, 16 + length)).trimEnd();
    // Of a length that leaves the arrays at no multiple of 64.
    const shorter = Math.ceil(text.length / 8) * 8 + ((Math.ceil(text.length / 8) * 8 + 16) % 64 === 0 ? 8 : 0);
    const arrays = stored.subarray(16 + length);
    for (const bytes of [createArena(16 + shorter + arrays.length), new Uint8Array(16 + shorter + arrays.length)]) {
      bytes.set(stored.subarray(0, 16));
      bytes.set(new TextEncoder().encode(text.padEnd(shorter)), 16);
      bytes.set(arrays, 16 + shorter);
      new DataView(bytes.buffer, bytes.byteOffset).setUint32(12, shorter, true);
      expect(Buffer.compare(loadAls(bytes, { verified: true }).toBytes(), stored)).toBe(0);
    }
  });
});
