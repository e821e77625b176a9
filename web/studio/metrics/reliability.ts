/** What posteriors over intents rest on, as it is drawn and told. */

import type { CalibrationWire, EstimateWire, IntentsWire, ReliabilityWire } from '#api';
import { unsnake } from '../../words.ts';
import { rowsCsv } from './view.ts';

/** One point of a reliability plot; `lower` and `upper` are missing where the share has no interval. */
export interface ReliabilityPoint {
  readonly predicted: number;
  readonly observed: number;
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
}

export interface IntentPanel {
  readonly key: string;
  readonly title: string;
  readonly points: readonly ReliabilityPoint[];
  /** What the plot says, to be read out. */
  readonly said: string;
}

export interface IntentRow {
  readonly intent: string;
  readonly named: number;
  readonly error: string;
  readonly byChance: string;
  readonly reading: string;
}

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/** The figure and its interval, or the reason why there is none. */
export const errorWords = (estimate: EstimateWire): string => {
  if (!estimate.ok) return `no figure: ${estimate.words}`;
  const { lower, upper } = estimate.interval;
  return `${percent(estimate.value)} [${lower === null ? '…' : percent(lower)}, ${upper === null ? '…' : percent(upper)}]`;
};

export const inUse = ({ basis, calibration }: IntentsWire): CalibrationWire | null => calibration?.[basis] ?? null;

/** The sentence over the plots. */
export const basisWords = (intents: IntentsWire): string => {
  const { basis, words, calibration, without_probability, without_session } = intents;
  const left = [
    without_probability > 0 ? `${without_probability} without a known probability of being asked` : '',
    without_session > 0 ? `${without_session} about no session` : '',
  ].filter((one) => one !== '');
  const head = `${basis === 'learned' ? 'A learned model tells what sessions are for' : 'The rules alone tell what sessions are for'}: ${words}.`;
  const beside = left.length === 0 ? '' : ` Answers left out: ${left.join(', ')}.`;
  if (calibration === null) return `${head}${beside} How true the probabilities are cannot be told yet.`;
  const used = calibration[basis];
  return `${head}${beside} Expected calibration error on ${used.n} answers by ${used.listeners} listeners ${errorWords(used.top.ece)}, of the rules alone ${errorWords(calibration.rules.top.ece)}.`;
};

const pointsOf = ({ bins }: ReliabilityWire): readonly ReliabilityPoint[] =>
  bins.flatMap(({ predicted, observed, n }) =>
    observed.ok
      ? [
          {
            predicted,
            observed: observed.value,
            lower: observed.interval.lower ?? 0,
            upper: observed.interval.upper ?? 1,
            n,
          },
        ]
      : [],
  );

const panelOf = (key: string, title: string, reliability: ReliabilityWire): IntentPanel => {
  const points = pointsOf(reliability);
  const told = points.map(
    ({ predicted, observed, n }) => `${percent(predicted)} given, ${percent(observed)} named (${n})`,
  );
  return { key, title, points, said: `${title}: ${told.join('; ')}` };
};

/** The most probable intent first, then each intent that enough answers name. */
export const panelsOfIntents = ({ top, intents }: CalibrationWire): readonly IntentPanel[] => [
  panelOf('top', 'Most probable intent', top),
  ...intents
    .filter(({ words }) => words === null)
    .map((reliability) => panelOf(reliability.intent, unsnake(reliability.intent), reliability)),
];

export const rowsOfIntents = ({ intents }: CalibrationWire): readonly IntentRow[] =>
  intents.map(({ intent, named, words, ece, ece_by_chance }) => ({
    intent: unsnake(intent),
    named,
    error: errorWords(ece),
    byChance: ece_by_chance === null ? '–' : percent(ece_by_chance),
    reading: words ?? readingOf(ece, ece_by_chance),
  }));

const readingOf = (ece: EstimateWire, byChance: number | null): string => {
  if (!ece.ok || byChance === null) return 'cannot be told';
  return ece.value <= byChance
    ? 'no larger than chance gives'
    : 'larger than chance gives: read its probabilities with care';
};

/** One line a bin of what is in use, for a spreadsheet. */
export const intentsCsv = ({ top, intents }: CalibrationWire): string =>
  rowsCsv(
    [{ intent: 'most probable', ...top }, ...intents].flatMap(({ intent, bins }) =>
      bins.map(({ from, to, n, predicted, observed }) => ({
        intent,
        from,
        to,
        n,
        predicted,
        observed: observed.ok ? observed.value : '',
        lower: observed.ok ? (observed.interval.lower ?? '') : '',
        upper: observed.ok ? (observed.interval.upper ?? '') : '',
      })),
    ),
  );
