/** What posteriors over intents rest on, and how far they can be trusted, as text. */

import type { CalibrationWire, EstimateWire, IntentsWire, ReliabilityWire } from '#api';
import { columns, styled } from './terminal.ts';

/** The sentence, then of what is in use: error by intent, and the table of the most probable intent. */
export const describeIntents = (intents: IntentsWire, isTty: boolean): string => {
  const { basis, words, calibration } = intents;
  const head = `${basis === 'learned' ? 'A learned model decides' : 'The rules alone decide'}: ${words}.`;
  const left = leftOutWords(intents);
  if (calibration === null) return [head, ...left].join('\n');
  return [
    [head, ...left].join('\n'),
    styled(errorHead(calibration, basis), 'bold', isTty),
    errorTable(calibration[basis]),
    styled('How often the most probable intent was named', 'bold', isTty),
    binTable(calibration[basis].top),
  ].join('\n\n');
};

const leftOutWords = ({ without_probability, without_session }: IntentsWire): readonly string[] => [
  ...(without_probability > 0
    ? [`${without_probability} answers left out: nobody knows how likely they were asked.`]
    : []),
  ...(without_session > 0 ? [`${without_session} answers left out: they are about no session.`] : []),
];

const errorHead = (
  { rules, learned }: NonNullable<IntentsWire['calibration']>,
  basis: IntentsWire['basis'],
): string => {
  const used = basis === 'learned' ? learned : rules;
  const other =
    basis === 'learned' ? `the rules alone ${shareWords(rules.top.ece)}` : `a model ${shareWords(learned.top.ece)}`;
  return `Expected calibration error on ${used.n} answers ${shareWords(used.top.ece)}; ${other}`;
};

const errorTable = ({ intents }: CalibrationWire): string =>
  columns([
    ['  intent', 'named', 'error', 'by chance below', ''],
    ...intents.map(({ intent, named, ece, ece_by_chance, words }) => [
      `  ${intent}`,
      String(named),
      shareWords(ece),
      ece_by_chance === null ? '–' : percent(ece_by_chance),
      words ?? '',
    ]),
  ]);

const binTable = ({ bins }: ReliabilityWire): string =>
  columns([
    ['  probability', 'answers', 'given', 'came true'],
    ...bins.map(({ from, to, n, predicted, observed }) => [
      `  ${percent(from)} to ${percent(to)}`,
      String(n),
      percent(predicted),
      shareWords(observed),
    ]),
  ]);

const percent = (share: number | null): string => (share === null ? '…' : `${(100 * share).toFixed(1)} %`);

const shareWords = (estimate: EstimateWire): string =>
  estimate.ok
    ? `${percent(estimate.value)} [${percent(estimate.interval.lower)}, ${percent(estimate.interval.upper)}]`
    : `– ${estimate.words}`;
