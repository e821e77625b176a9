/** The level of intervals where none is asked for. */
export const DEFAULT_LEVEL = 0.95;

export interface LevelOption {
  /** Coverage the interval aims at, in (0, 1); 0.95 unless given. */
  readonly level?: number;
}

/** @throws {RangeError} unless the level lies strictly between 0 and 1. */
export const levelOf = (options: LevelOption): number => {
  const level = options.level ?? DEFAULT_LEVEL;
  if (!(level > 0 && level < 1)) throw new RangeError(`level ${level}: expected a number between 0 and 1`);
  return level;
};
