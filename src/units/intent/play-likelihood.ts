/** What one play says for each intent, apart from all that was known before it. */

import type { IntentEvidence } from './evidence.ts';
import type { IntentModel } from './intent-model.ts';
import { intentScores } from './posterior.ts';
import { type PlaySign, signsOf } from './session-so-far.ts';

/**
 * The likelihood of a play under each intent, on any scale, in the order of INTENTS: by Bayes the posterior of a moment
 * with the play over that of the moment without what the play shows, exp(score − score).
 */
export const playLikelihood = (play: PlaySign, moment: IntentEvidence, model: IntentModel | null): Float64Array => {
  const { surface } = play;
  const before = intentScores(
    { ...moment, surface: '', purpose: '', earlyPlays: 1, earlySkips: 0, earlyChosen: 0 },
    model,
  );
  const after = intentScores({ ...moment, surface, ...signsOf([play]) }, model);
  return after.map((score, n) => Math.exp(score - (before[n] ?? 0)));
};
