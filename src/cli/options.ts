/** How options are read. */

import { InvalidArgumentError } from 'commander';

/** A whole number from 1 on. */
export const positive = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1 on');
  return Number(text);
};

/** Names parted by commas, of those that there are. */
export const nameList =
  <Name extends string>(known: readonly Name[]) =>
  (text: string): readonly Name[] =>
    text.split(',').map((part) => {
      const name = known.find((each) => each === part.trim());
      if (name === undefined) {
        throw new InvalidArgumentError(`unknown model "${part}": expected ${known.join(', ')}`);
      }
      return name;
    });
