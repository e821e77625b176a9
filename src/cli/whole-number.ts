import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number from `least` on. */
export const wholeFrom =
  (least: number) =>
  (text: string): number => {
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new InvalidArgumentError(`expected a whole number from ${least} on`);
  };
