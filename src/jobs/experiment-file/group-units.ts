/** Rows of a file gathered into units and arms. */

import { EngineError } from '#domain';
import type { UnitData } from '#experiments';
import type { Columns } from './read-columns.ts';

export interface GroupOptions {
  readonly unit: string;
  readonly arm: string;
  /** Column that says whether a row's unit met the change; units that never did are left out. */
  readonly exposed?: string;
  /** The arm that others are compared with; unless given: the one named control, else the first by name. */
  readonly control?: string;
  /** Arms that were meant, for those that nobody came to. */
  readonly armsMeant?: readonly string[];
}

export interface Grouped {
  readonly data: UnitData;
  /** Units by arm before exposure was looked at, in the order of `data.arms`. */
  readonly assigned: readonly number[];
  readonly exposed: readonly number[];
  readonly rowsWithoutUnit: number;
  readonly rowsWithoutArm: number;
  /** Units with rows in more than one arm: left out, since nothing says what they met. */
  readonly unitsInSeveralArms: number;
}

const MAX_ARMS = 100;

/** @throws {EngineError} invalid_data when there are fewer than two arms or too many, or the control is none of them. */
export const groupUnits = (columns: Columns, options: GroupOptions): Grouped => {
  const unitWords = columns.words.get(options.unit)!;
  const armWords = columns.words.get(options.arm)!;
  const exposure = options.exposed === undefined ? undefined : columns.numbers.get(options.exposed)!;
  const arms = orderArms(armWords, options);
  const armIndex = new Map(arms.map((arm, index) => [arm, index]));
  const found = collect(unitWords, armWords, armIndex, exposure);
  const kept = new Int32Array(found.arms.length).fill(-1);
  const armOf: number[] = [];
  const assigned = arms.map(() => 0);
  for (const [unit, arm] of found.arms.entries()) {
    if (arm === SEVERAL) continue;
    assigned[arm]! += 1;
    if (exposure && !found.exposed[unit]) continue;
    kept[unit] = armOf.push(arm) - 1;
  }
  const exposed = arms.map(() => 0);
  for (const arm of armOf) exposed[arm]! += 1;
  return {
    data: rowsOf(columns, arms, Uint8Array.from(armOf), found.unitOfRow, kept),
    assigned,
    exposed,
    rowsWithoutUnit: found.rowsWithoutUnit,
    rowsWithoutArm: found.rowsWithoutArm,
    unitsInSeveralArms: found.arms.filter((arm) => arm === SEVERAL).length,
  };
};

const SEVERAL = -1;

const orderArms = (words: readonly string[], options: GroupOptions): string[] => {
  const arms = [...new Set([...words.filter((word) => word !== ''), ...(options.armsMeant ?? [])])].sort();
  if (arms.length < 2 || arms.length > MAX_ARMS) {
    const told = arms.length === 0 ? 'none' : arms.slice(0, 5).join(', ');
    throw new EngineError(
      'invalid_data',
      `column ${options.arm} holds ${arms.length} arms (${told}): expected 2 to ${MAX_ARMS}`,
    );
  }
  const control = options.control ?? arms.find((arm) => arm.toLowerCase() === 'control') ?? arms[0]!;
  if (!arms.includes(control)) {
    throw new EngineError(
      'invalid_data',
      `there is no arm ${control} in column ${options.arm}; the arms are ${arms.join(', ')}`,
    );
  }
  return [control, ...arms.filter((arm) => arm !== control)];
};

interface Found {
  readonly unitOfRow: Int32Array;
  readonly arms: number[];
  readonly exposed: boolean[];
  readonly rowsWithoutUnit: number;
  readonly rowsWithoutArm: number;
}

const collect = (
  unitWords: readonly string[],
  armWords: readonly string[],
  armIndex: ReadonlyMap<string, number>,
  exposure: Float64Array | undefined,
): Found => {
  const units = new Map<string, number>();
  const unitOfRow = new Int32Array(unitWords.length).fill(-1);
  const arms: number[] = [];
  const exposed: boolean[] = [];
  let rowsWithoutUnit = 0;
  let rowsWithoutArm = 0;
  for (let row = 0; row < unitWords.length; row++) {
    const word = unitWords[row]!;
    const arm = armIndex.get(armWords[row]!);
    if (word === '') rowsWithoutUnit++;
    else if (arm === undefined) rowsWithoutArm++;
    else {
      const unit = units.get(word) ?? arms.push(arm) - 1;
      units.set(word, unit);
      if (arms[unit] !== arm) arms[unit] = SEVERAL;
      unitOfRow[row] = unit;
      exposed[unit] ||= exposure !== undefined && exposure[row]! > 0;
    }
  }
  return { unitOfRow, arms, exposed, rowsWithoutUnit, rowsWithoutArm };
};

/** The rows of kept units, units numbered anew. */
const rowsOf = (
  columns: Columns,
  arms: readonly string[],
  armOf: Uint8Array,
  unitOfRow: Int32Array,
  kept: Int32Array,
): UnitData => {
  const rows: number[] = [];
  for (let row = 0; row < unitOfRow.length; row++)
    if (unitOfRow[row]! >= 0 && kept[unitOfRow[row]!]! >= 0) rows.push(row);
  return {
    arms,
    armOf,
    unitOf: Uint32Array.from(rows, (row) => kept[unitOfRow[row]!]!),
    numbers: new Map(
      [...columns.numbers].map(([name, values]) => [name, Float64Array.from(rows, (row) => values[row]!)]),
    ),
    words: new Map([...columns.words].map(([name, values]) => [name, rows.map((row) => values[row]!)])),
  };
};
