/** Ways to make a family of measures from a formula. */

import { EngineError } from '#domain';
import type { JudgedRanking } from './judged-ranking.ts';
import type { Bound, Family, TopicView } from './measure.ts';
import { printFixed } from './numbers.ts';
import { parseCutoffs, parseFractions, parseNumbers } from './parameters.ts';

type OfRanking = (ranking: JudgedRanking, topic: TopicView) => number;

/** The ranking of a topic; `evaluateRun` has seen to it that judgments of the right kind are there. */
export const rankingOf = ({ ranking }: TopicView): JudgedRanking => {
  if (ranking === undefined) throw new EngineError('internal', 'a measure of rankings met no ranking');
  return ranking;
};

const MEAN = { needs: 'ranking', summary: 'mean', perTopic: true, whole: false } as const;

/** A measure without parameters. */
export const plain = (name: string, formula: OfRanking, traits: Partial<Family> = {}): Family => ({
  ...MEAN,
  name,
  ...traits,
  bind: (parameters) => {
    refuseParameters(name, parameters);
    return { columns: [name], compute: (topic) => [formula(rankingOf(topic), topic)] };
  },
});

export const refuseParameters = (name: string, parameters: string | undefined): void => {
  if (parameters !== undefined) {
    throw new EngineError('invalid_request', `measure ${name} takes no parameters, not "${parameters}"`);
  }
};

/** A measure at ranks: `name_5`, `name_10`, … */
export const atCutoffs = (
  name: string,
  standard: readonly number[],
  formula: (ranking: JudgedRanking, cutoff: number) => number,
): Family => ({
  ...MEAN,
  name,
  bind: (parameters) => {
    const cutoffs = parameters === undefined ? standard : parseCutoffs(name, parameters);
    return {
      columns: cutoffs.map((cutoff) => `${name}_${cutoff}`),
      compute: (topic) => cutoffs.map((cutoff) => formula(rankingOf(topic), cutoff)),
    };
  },
});

/** A measure at shares or multiples of the relevant documents: `name_0.10`, `name_0.20`, … */
export const atFractions = (
  name: string,
  standard: readonly number[],
  formula: (ranking: JudgedRanking, fractions: readonly number[]) => number[],
): Family => ({
  ...MEAN,
  name,
  bind: (parameters) => {
    const fractions = parameters === undefined ? standard : parseFractions(name, parameters);
    return {
      columns: fractions.map((fraction) => `${name}_${printFixed(fraction, 2)}`),
      compute: (topic) => formula(rankingOf(topic), fractions),
    };
  },
});

/** One value from several numbers, which stand in its name when they were given. */
export const withNumbers = (
  name: string,
  standard: readonly number[],
  count: number | undefined,
  formula: (ranking: JudgedRanking, numbers: readonly number[], topic: TopicView) => number,
): Family => ({
  ...MEAN,
  name,
  bind: (parameters) => {
    const numbers = numbersOf(name, parameters, standard, count);
    const column = parameters === undefined ? name : `${name}_${parameters}`;
    return { columns: [column], compute: (topic) => [formula(rankingOf(topic), numbers, topic)] };
  },
});

/** The numbers given, or the standard ones. @throws {EngineError} invalid_request when there are not `count`. */
export const numbersOf = (
  name: string,
  parameters: string | undefined,
  standard: readonly number[],
  count: number | undefined,
): readonly number[] => {
  const numbers = parameters === undefined ? standard : parseNumbers(name, parameters);
  if (count === undefined || numbers.length === count) return numbers;
  throw new EngineError('invalid_request', `measure ${name} takes ${count} numbers, not "${parameters}"`);
};

/** The same measure for each judge, averaged over the judges: `map_avgjg`. */
export const overJudges = ({ name, bind, ...traits }: Family): Family => ({
  ...traits,
  name: `${name}_avgjg`,
  needs: 'judges',
  bind: (parameters): Bound => {
    const { columns, compute } = bind(parameters);
    return {
      columns: columns.map((column) => column.replace(name, `${name}_avgjg`)),
      compute: (topic) => {
        const judges = topic.judges ?? [];
        const values = judges.map((ranking) => compute({ ...topic, ranking }) as readonly number[]);
        return columns.map((_, n) => values.reduce((sum, value) => sum + value[n]!, 0) / judges.length);
      },
    };
  },
});
