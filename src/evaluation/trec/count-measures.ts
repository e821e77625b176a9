/** What there is to count: topics, documents, and the levels at the first ranks as they are. */

import { numbersOf, plain, rankingOf, refuseParameters } from './families.ts';
import { type JudgedRanking, UNPOOLED } from './judged-ranking.ts';
import type { Family } from './measure.ts';

const SUM = { summary: 'sum', whole: true } as const;

const ofRun = (name: string, summary: 'run_id' | 'topic_count'): Family => ({
  name,
  needs: 'nothing',
  summary,
  perTopic: false,
  whole: true,
  bind: (parameters) => {
    refuseParameters(name, parameters);
    return { columns: [name], compute: () => [0] };
  },
});

const nonrelevantJudged = ({ relevance, level }: JudgedRanking): number => {
  let count = 0;
  for (let n = 0; n < relevance.length; n++) if (relevance[n]! >= 0 && relevance[n]! < level) count++;
  return count;
};

/** Levels as digits: `>` above 9, `-` for what no one was asked about, `.` for what was pooled and not judged. */
const levelString = ({ relevance }: JudgedRanking, ranks: number): string =>
  Array.from(relevance.subarray(0, Math.max(0, Math.trunc(ranks))), (level) => {
    if (level >= 0) return level > 9 ? '>' : String(level);
    return level === UNPOOLED ? '-' : '.';
  }).join('');

const relstring: Family = {
  name: 'relstring',
  needs: 'ranking',
  summary: 'none',
  perTopic: true,
  whole: false,
  bind: (parameters) => {
    const [ranks = 10] = numbersOf('relstring', parameters, [10], 1);
    const column = parameters === undefined ? 'relstring' : `relstring_${parameters}`;
    return { columns: [column], compute: (topic) => levelString(rankingOf(topic), ranks) };
  },
};

export const COUNT_MEASURES: readonly Family[] = [
  ofRun('runid', 'run_id'),
  ofRun('num_q', 'topic_count'),
  plain('num_ret', ({ relevance }) => relevance.length, SUM),
  plain('num_rel', ({ relevant }) => relevant, SUM),
  plain('num_rel_ret', ({ hits }) => hits.length, SUM),
  plain('num_nonrel_judged_ret', nonrelevantJudged, SUM),
  relstring,
];
