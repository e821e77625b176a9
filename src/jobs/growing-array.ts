/** Typed arrays whose length is not known before. */

type Numbers = Uint32Array | Float32Array | Float64Array;

export interface GrowingArray<T extends Numbers> {
  readonly length: number;
  push(value: number): void;
  /** Of what was pushed. */
  at(place: number): number;
  /** What was pushed, in memory of its own. */
  finish(): T;
}

const FIRST_CAPACITY = 1024;

export const createGrowingArray = <T extends Numbers>(create: (length: number) => T): GrowingArray<T> => {
  let values = create(FIRST_CAPACITY);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (value) => {
      if (length === values.length) {
        const larger = create(2 * length);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    at: (place) => values[place]!,
    finish: () => {
      const result = create(length);
      result.set(values.subarray(0, length));
      return result;
    },
  };
};
