/** The data of an experiment: rows that belong to units, units that belong to arms. */

/** Columns are as long as there are rows; a missing number is NaN, a missing word the empty one. */
export interface UnitData {
  /** Names, the arm that the others are compared with first. */
  readonly arms: readonly string[];
  /** Arm of each unit, as an index into `arms`. */
  readonly armOf: Uint8Array;
  /** Unit of each row, 0-based. */
  readonly unitOf: Uint32Array;
  readonly numbers: ReadonlyMap<string, Float64Array>;
  readonly words: ReadonlyMap<string, readonly string[]>;
  /** Times until something, by the name of their metric: not rows, since a unit has any number of them. */
  readonly times?: ReadonlyMap<string, UnitTimes>;
}

/** Parallel lists, one entry a time: e.g. the absence after each session of a unit. */
export interface UnitTimes {
  readonly unitOf: Uint32Array;
  /** Not negative. */
  readonly durations: Float64Array;
  /** 1 when the end was seen, 0 when it was still going on when observation ended. */
  readonly ended: Uint8Array;
}

/** The column, which the caller has checked to be there. @throws {RangeError} when it is not. */
export const numbersOf = (data: UnitData, column: string): Float64Array => {
  const values = data.numbers.get(column);
  if (values === undefined) throw new RangeError(`no column ${column}`);
  return values;
};

/** The times of that name, which the caller has checked to be there. @throws {RangeError} when they are not. */
export const timesOf = (data: UnitData, name: string): UnitTimes => {
  const times = data.times?.get(name);
  if (times === undefined) throw new RangeError(`no times ${name}`);
  return times;
};

/** Sums and counts of a column's known values by unit. */
export interface UnitSums {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

/** Sums by unit; a row missing its value adds nothing. */
export const sumByUnit = (data: UnitData, values: Float64Array): UnitSums => {
  const sums = new Float64Array(data.armOf.length);
  const counts = new Float64Array(data.armOf.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) continue;
    sums[data.unitOf[row]!]! += value;
    counts[data.unitOf[row]!]! += 1;
  }
  return { sums, counts };
};

/** Mean of a column's known values by unit; NaN for a unit without one. */
export const meanByUnit = (data: UnitData, column: string): Float64Array => {
  const { sums, counts } = sumByUnit(data, numbersOf(data, column));
  return sums.map((sum, unit) => sum / counts[unit]!);
};

/** The word of each unit's first row. */
export const wordByUnit = (data: UnitData, column: string): string[] => {
  const words = data.words.get(column);
  if (words === undefined) throw new RangeError(`no column ${column}`);
  const byUnit = new Array<string | undefined>(data.armOf.length);
  for (let row = 0; row < words.length; row++) byUnit[data.unitOf[row]!] ??= words[row]!;
  return byUnit.map((word) => word ?? '');
};
