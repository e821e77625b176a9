/** What each play says for each intent, apart from all that was known before it. */

import type { IntentEvidence } from './evidence.ts';
import type { IntentModel } from './intent-model.ts';
import { intentScores } from './posterior.ts';
import { type PlaySign, signsOf } from './session-so-far.ts';

/**
 * The likelihood of each play under each intent, on any scale, in the order of INTENTS: by Bayes the posterior of a moment
 * with the play over that of the moment without what the play shows, exp(score − score). Plays that show the same share an
 * array. O(kinds of plays · intents · features).
 */
export const playLikelihoods = (
  plays: readonly PlaySign[],
  moment: IntentEvidence,
  model: IntentModel | null,
): readonly Float64Array[] => {
  const before = intentScores(
    { ...moment, surface: '', purpose: '', earlyPlays: 1, earlySkips: 0, earlyChosen: 0 },
    model,
  );
  const likelihoodOf = (play: PlaySign): Float64Array => {
    const after = intentScores({ ...moment, surface: play.surface, ...signsOf([play]) }, model);
    return after.map((score, n) => Math.exp(score - (before[n] ?? 0)));
  };
  const known = new Map<string, Float64Array>();
  return plays.map((play) => {
    const kind = [play.surface, play.purpose, play.skipped, play.chosen].join('\n');
    const likelihood = known.get(kind) ?? likelihoodOf(play);
    known.set(kind, likelihood);
    return likelihood;
  });
};
