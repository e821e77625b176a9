/** From a run of the Lab to what is drawn: curves with bands, paired differences, a week of a life. */

import type { EstimateWire, LabLifeWire, LabResultWire, LabRunWire, LabSessionWire, LabWire } from '#api';
import { counted, unsnake } from '../../words.ts';

/** One week of one curve. */
export interface WeekPoint {
  readonly name: string;
  /** From 1. */
  readonly week: number;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

type Curve = LabResultWire['curves'][number];
type Request = LabRunWire['request'];

/** Weeks without a number are left out; a bound that is not reached is drawn at the value. */
const pointsOf = (name: string, estimates: readonly EstimateWire[]): WeekPoint[] =>
  estimates.flatMap((estimate, at) => {
    if (!estimate.ok) return [];
    const { value, interval } = estimate;
    return [{ name, week: at + 1, value, lower: interval.lower ?? value, upper: interval.upper ?? value }];
  });

const TITLES: Readonly<Record<Curve['name'], string>> = {
  clicks: 'Clicks',
  active: 'Listeners who come',
  utility: 'What it was worth',
};

export interface CurveView {
  readonly title: string;
  readonly doc: string;
  readonly truth: boolean;
  readonly points: readonly WeekPoint[];
  readonly difference: readonly WeekPoint[];
  readonly said: string;
}

export const policyWord = (name: string): string => unsnake(name);

export const viewCurve = (curve: Curve, { first, second }: Request): CurveView => {
  const difference = pointsOf('difference', curve.difference);
  const last = difference.at(-1);
  const end =
    last === undefined
      ? 'No number at the end.'
      : `In week ${last.week} ${policyWord(second)} is at ${signed(last)} against ${policyWord(first)}.`;
  return {
    title: TITLES[curve.name],
    doc: curve.doc,
    truth: curve.truth,
    points: [...pointsOf(policyWord(first), curve.first), ...pointsOf(policyWord(second), curve.second)],
    difference,
    said: `${unsnake(curve.doc)}, week by week. ${end}`,
  };
};

const digits = (value: number): string => value.toFixed(2);
const withSign = (value: number): string => `${value < 0 ? '−' : '+'}${digits(Math.abs(value))}`;
const signed = ({ value, lower, upper }: WeekPoint): string =>
  `${withSign(value)} (${withSign(lower)} to ${withSign(upper)})`;

/** Who is ahead by an interval that leaves out zero; null when nobody is. */
const leaderOf = (point: WeekPoint | undefined, { first, second }: Request): string | null => {
  if (point === undefined) return null;
  if (point.lower > 0) return policyWord(second);
  return point.upper < 0 ? policyWord(first) : null;
};

/** The short term against the long one, in a sentence; only what the intervals carry. */
export const verdict = (result: LabResultWire, request: Request): string => {
  const differences = (name: Curve['name']): readonly WeekPoint[] =>
    pointsOf('difference', result.curves.find((curve) => curve.name === name)?.difference ?? []);
  const soon = leaderOf(differences('clicks')[0], request);
  const late = leaderOf(differences('utility').at(-1), request);
  const now = soon === null ? 'No one leads on clicks in the first week' : `${soon} leads on clicks in the first week`;
  if (late === null) return `${now}; in the last week the worlds do not tell who is worth more.`;
  return `${now}; in the last week ${late} is worth more${soon !== null && soon !== late ? ': the short term misleads' : ''}.`;
};

/** A document of one's own to begin from: that world under another name. */
export const beginning = ({ name, text }: LabWire['worlds'][number]): string =>
  text.replace(/^name:.*$/m, `name: my ${name.replace('/', ' ')}`);

/** The name under which the answer keeps that text. */
export const keptName = ({ worlds }: LabWire, text: string): string =>
  worlds.findLast((world) => world.own && world.text === text)?.name ?? '';

export const runWords = ({ request, progress }: LabRunWire): string => {
  const { first, second, worlds, listeners, weeks } = request;
  const what = `${policyWord(first)} and ${policyWord(second)} in ${counted(worlds, 'world')} of ${listeners} listeners, ${weeks} weeks`;
  return progress.total === null ? `${what}: beginning` : `${what}: day ${progress.done} of ${progress.total}`;
};

/** A true feeling in a word; utility of a play goes from about −0.5 to 1.4. */
export const feltWord = (felt: number): 'loved' | 'good' | 'so-so' | 'bad' => {
  if (felt >= 0.75) return 'loved';
  if (felt >= 0.5) return 'good';
  return felt >= 0.25 ? 'so-so' : 'bad';
};

const SKIPS: Readonly<Record<LabSessionWire['plays'][number]['skip'], string>> = {
  none: '',
  rejection: 'skipped: did not like it',
  sampling: 'skipped: looking around',
  satiation: 'skipped: heard enough of it',
  context_switch: 'broken off: something else came up',
};

export const skipWord = (skip: LabSessionWire['plays'][number]['skip']): string => SKIPS[skip];

/** Each with its place from 1: the same track may come twice. */
export const numbered = <Row>(rows: readonly Row[]): readonly (Row & { readonly place: number })[] =>
  rows.map((row, at) => ({ ...row, place: at + 1 }));

/** What was shown, in words: how far the page was looked at, and what was taken. */
export const shownWords = ({ shown }: LabSessionWire): string => {
  if (shown.length === 0) return 'Came with something in mind: no page was shown.';
  const seen = shown.filter((card) => card.seen).length;
  const chosen = shown.find((card) => card.chosen);
  const took = chosen === undefined ? 'took none of them' : `took ${chosen.title}`;
  return `Looked at ${seen} of the first ${counted(shown.length, 'card')}, ${took}.`;
};

export interface ReturnPoint {
  readonly name: string;
  /** Day of the world from 1. */
  readonly day: number;
  readonly returns: number;
  readonly came: boolean;
}

/** The chance of coming, day by day, under both policies. */
export const returnPoints = ({ first, second }: LabLifeWire, request: Request): readonly ReturnPoint[] => {
  const of = (own: LabLifeWire['first'], policy: string): readonly ReturnPoint[] =>
    own.days.map(({ returns, came }, at) => ({ name: policyWord(policy), day: at + 1, returns, came }));
  return [...of(first, request.first), ...of(second, request.second)];
};

/** `Tue 06 Jan, 18:05`. */
export const sessionTime = ({ date, time }: Pick<LabSessionWire, 'date' | 'time'>): string => {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: '2-digit', month: 'short', timeZone: 'UTC' });
  return `${day.format(new Date(`${date}T00:00:00Z`))}, ${time}`;
};
