/** The definitions that are shipped. */

import type { Definition } from '../definition.ts';
import { parseDefinition } from '../source/parse-definition.ts';
import { STANDARD_TEXTS } from './texts.ts';

let definitions: readonly Definition[] | undefined;

/** Sleep, party, focus, workout, two kinds of search, home, weekly, autoplay and radio, podcasts, voice. Read once. */
export const standardDefinitions = (): readonly Definition[] => {
  definitions ??= STANDARD_TEXTS.map(({ file, text }) => {
    const { definition } = parseDefinition(text, file);
    if (definition === undefined) throw new Error(`the standard definition ${file} is not valid`);
    return definition;
  });
  return definitions;
};
