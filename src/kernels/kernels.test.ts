import { describe, expect, it } from 'vitest';
import { kinds } from './kernel-twins.contract.ts';
import { availableKernels, kernelsOn } from './kernels-on.ts';
import { createSpace, f32 } from './space.ts';

describe('the kernels of this engine', () => {
  it('are relaxed where Node has it, SIMD on every Node, and plain always', () => {
    const major = Number(process.versions.node.split('.')[0]);
    expect(availableKernels()).toEqual(major >= 22 ? ['relaxed', 'simd', 'plain'] : ['simd', 'plain']);
  });

  it('refuse a kind that there is not', () => {
    if (kinds.includes('relaxed')) return;
    expect(() => kernelsOn(createSpace({}), 'relaxed')).toThrow(
      /"relaxed" do not run on this engine: expected simd or plain/,
    );
  });
});

describe.each(kinds)('the %s kernels', (kind) => {
  it('refuse arrays that are elsewhere, too short, or of a width that they cannot do', () => {
    const space = createSpace({ rows: f32(40), x: f32(4), out: f32(10) });
    const { rows, x, out } = space.arrays;
    const kernels = kernelsOn(space, kind);
    kernels.dots(0, 10, rows, 4, x, out);
    expect(() => kernels.dots(0, 11, rows, 4, x, out)).toThrow(/an array of 40 numbers: expected at least 44/);
    expect(() => kernels.dots(0, 10, rows, 4, x, out.subarray(1))).toThrow(/an array of 9 numbers/);
    expect(() => kernels.dots(0, 10, rows, 4, new Float32Array(4), out)).toThrow(/outside of the space/);
    expect(() => kernels.dots(0, 10, rows, 3, x, out)).toThrow(/rows of 3 numbers: expected a multiple of 4/);
  });
});
