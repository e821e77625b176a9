/** The interleavers by name. */

import type { Interleaver } from './interleaver.ts';
import { optimized } from './optimized.ts';
import { pairwisePreference } from './pairwise-preference.ts';
import { probabilistic } from './probabilistic.ts';
import { teamDraft } from './team-draft.ts';

export const INTERLEAVERS: readonly Interleaver[] = [teamDraft, probabilistic, optimized, pairwisePreference];
