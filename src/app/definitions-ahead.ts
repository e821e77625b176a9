/** Definitions that are read and checked before anybody asks for them: that takes some ten and some hundred milliseconds each. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { rememberChecked, uncheckedTexts } from '#jobs';
import { readStandardDefinitions } from '#success';
import type { Analyses } from './analyses/analyses.ts';

/** The shipped ones here, one a turn; those of the folder are checked where analyses are. What fails is told to whoever asks. */
export const readAhead = async (folder: string, analyses: Pick<Analyses, 'checkDefinition'>): Promise<void> => {
  try {
    await readStandardDefinitions(() => nextTurn());
    for (const source of uncheckedTexts(folder)) {
      const { definition } = await analyses.checkDefinition({ ...source, others: [] });
      rememberChecked(source, definition);
    }
  } catch {
    // The folder cannot be read, say, or the engine is stopping.
  }
};
