/** The definitions that are shipped. */

import type { Definition } from '../definition.ts';
import { parseDefinition } from '../source/parse-definition.ts';
import { STANDARD_TEXTS } from './texts.ts';

/** Those that were read. */
const definitions: Definition[] = [];

const areLeft = (): boolean => definitions.length < STANDARD_TEXTS.length;

const readNext = (): void => {
  const { file, text } = STANDARD_TEXTS[definitions.length]!;
  const { definition } = parseDefinition(text, file);
  if (definition === undefined) throw new Error(`the standard definition ${file} is not valid`);
  definitions.push(definition);
};

/** Sleep, party, focus, workout, two kinds of search, home, weekly, autoplay and radio, podcasts, voice. Read once. */
export const standardDefinitions = (): readonly Definition[] => {
  while (areLeft()) readNext();
  return definitions;
};

/** Reads them before anybody asks, with a pause after each: the first that are read in a process take some ten milliseconds each. */
export const readStandardDefinitions = async (pause: () => Promise<void>): Promise<void> => {
  while (areLeft()) {
    readNext();
    await pause();
  }
};
