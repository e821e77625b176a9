/** Measures that trec_eval has not: of listeners who stop when they are satisfied, and of topics with several aspects. */

import { EngineError } from '#domain';
import { expectedReciprocalRank, satisfaction } from '../measures/cascade.ts';
import { cwlScores } from '../measures/cwl/cwl.ts';
import { fittedModel, instModel, type UserModel } from '../measures/cwl/user-model.ts';
import { alphaDcg, greedyAlphaDcg } from '../measures/diversity.ts';
import { atCutoffs, withNumbers } from './families.ts';
import type { JudgedRanking } from './judged-ranking.ts';
import type { Family, TopicView } from './measure.ts';
import { parseCutoffs } from './parameters.ts';

const CUTOFFS = [5, 10, 20] as const;

/** The level that satisfies best: the highest of the web tracks, for which ERR was made. */
const HIGHEST = 4;

const err = ({ relevance }: JudgedRanking, cutoff: number): number =>
  expectedReciprocalRank(
    Float64Array.from(relevance.subarray(0, cutoff), (level) => satisfaction(level, HIGHEST)),
    cutoff,
  );

const judgedAt = ({ relevance }: JudgedRanking, cutoff: number): number => {
  let judged = 0;
  for (let n = 0; n < Math.min(cutoff, relevance.length); n++) if (relevance[n]! >= 0) judged++;
  return judged / cutoff;
};

/** Gain 1 for what is relevant, a rank that is looked at. */
const utility = ({ relevance, level }: JudgedRanking, model: UserModel): number =>
  cwlScores(
    Float64Array.from(relevance, (value) => (value >= level ? 1 : 0)),
    model,
  ).utility;

const ALPHA = 0.5;

/** A measure at ranks of topics with aspects. */
const ofAspects = (name: string, formula: (topic: TopicView, cutoff: number) => number): Family => ({
  name,
  needs: 'judges',
  summary: 'mean',
  perTopic: true,
  whole: false,
  bind: (parameters) => {
    const cutoffs = parameters === undefined ? CUTOFFS : parseCutoffs(name, parameters);
    return {
      columns: cutoffs.map((cutoff) => `${name}_${cutoff}`),
      compute: (topic) => cutoffs.map((cutoff) => formula(topic, cutoff)),
    };
  },
});

const alphaNdcg = ({ aspects }: TopicView, cutoff: number): number => {
  if (aspects === undefined) throw new EngineError('internal', 'a measure of aspects met none');
  const { ranked, documents } = aspects();
  const ideal = greedyAlphaDcg(documents, ALPHA, cutoff);
  return ideal > 0 ? alphaDcg(ranked, ALPHA, cutoff) / ideal : 0;
};

/** ERR of each aspect, all of them as likely. */
const errIntentAware = ({ judges = [] }: TopicView, cutoff: number): number =>
  judges.reduce((sum, judge) => sum + err(judge, cutoff), 0) / judges.length;

export const LATER_MEASURES: readonly Family[] = [
  atCutoffs('err', CUTOFFS, err),
  withNumbers('inst', [3], 1, (ranking, [wanted = 3]) => utility(ranking, instModel(wanted))),
  withNumbers('cwl', [0.8], undefined, (ranking, continuations) => utility(ranking, fittedModel(continuations))),
  atCutoffs('judged', CUTOFFS, judgedAt),
  ofAspects('alpha_ndcg', alphaNdcg),
  ofAspects('err_ia', errIntentAware),
];
