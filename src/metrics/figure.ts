/** A metric measured: by events and by users, each with its interval or the reason in words. */

import type { Estimate } from '#domain';
import type { Polarity } from './metric.ts';

/** The part of the sessions a figure is of; null where all are together. */
export interface Cell {
  readonly surface: string | null;
  readonly intent: string | null;
  readonly device: string | null;
}

const CELL_DIMENSIONS = ['surface', 'intent', 'device'] as const satisfies readonly (keyof Cell)[];
export type CellDimension = (typeof CELL_DIMENSIONS)[number];

export interface Figure {
  readonly metric: string;
  readonly cell: Cell;
  readonly polarity: Polarity;
  /** Why the polarity is not the usual one of the metric; null where it is. */
  readonly because: string | null;
  /** Ratio of sums: every event counts once. */
  readonly byEvents: Estimate;
  /** Mean over users: every user counts once. */
  readonly byUsers: Estimate;
  /** Users it rests on. */
  readonly users: number;
  /** Sum of the denominator: sessions, plays, impressions. */
  readonly events: number;
  /** What could not be judged yet and is not in it. */
  readonly leftOut: number;
  /** What was old enough to be judged, but could not be: neither way was seen. Not in it. */
  readonly unknown: number;
}

/** Reasons for which there is no figure, in words. */
export const REASON_WORDS: Readonly<Record<string, string>> = {
  no_units: 'nobody is in it',
  one_unit: 'one user alone: how much others differ cannot be told',
  zero_denominator: 'nothing happened that it could be a share of',
  no_variation: 'it is the same for every user: how far others differ cannot be told',
  no_variance: 'nothing in it differs: how far it may be off cannot be told',
  not_finite: 'the numbers do not make a finite figure',
  one_figure_a_user: 'it is one figure a user already: nothing is left to weigh by events',
  one_curve_for_all: 'it is read from one curve of all absences, which has no figure by user',
  one_law_for_all: 'it is made of the places of all pages together, which has no figure by user',
  few_groups: 'fewer than ten groups of users have anything in it: its uncertainty cannot be told',
  not_reached: 'too few have come back yet to read it from the curve',
  nothing_examined: 'no impression tells that it was looked at',
  no_impressions: 'nothing was shown',
  all_immature: 'everything in it is too young to be judged',
  all_unknown: 'nothing in it could be judged: what was seen decides neither way',
  no_fitting_units: 'nothing in this period is what the definition is for',
};

export const reasonWords = (reason: string): string => REASON_WORDS[reason] ?? reason.replaceAll('_', ' ');
