/** A ranking measure of a user model. */

import { EngineError } from '#domain';
import { cwlScores } from './cwl/cwl.ts';
import type { UserModel } from './cwl/user-model.ts';
import type { Measure } from './measure.ts';
import { relevantCount } from './relevant.ts';

/**
 * Gain a rank that the listener of the model looks at [Moffat2017], of the first k documents; what follows gains nothing.
 * Gains are divided by `max` (in the name unless it is 1), and those above it count as it.
 */
export const cwlMeasure = (model: UserModel, cutoff: number, max = 1): Measure => {
  if (!(max > 0)) throw new EngineError('invalid_request', `max=${max}: expected a number above 0`);
  const name = max === 1 ? model.name : model.name.replace(/\)$/, `,max=${max})`);
  return {
    name: `${name}@${cutoff}`,
    cutoff,
    compute: (ranking, judgments) => {
      if (relevantCount(judgments) === 0) return undefined;
      const gains = Float64Array.from({ length: Math.min(cutoff, ranking.length) }, (_, n) =>
        Math.min(1, Math.max(0, judgments.get(ranking[n]!) ?? 0) / max),
      );
      return cwlScores(gains, model).utility;
    },
  };
};
