/** Sectors of the 24-hour clock, one a daypart; the area of a sector is in proportion to its share of plays. */

import type { Profile } from '#api';

type Daypart = Profile['dayparts'][number]['daypart'];

/** Local hours, half-open. */
const HOURS: Readonly<Record<Daypart, readonly [number, number, string]>> = {
  late_night: [0, 5, 'late at night'],
  morning: [5, 11, 'in the morning'],
  afternoon: [11, 17, 'in the afternoon'],
  evening: [17, 21, 'in the evening'],
  night: [21, 24, 'at night'],
};

/** Radius of the sector that reaches out furthest. */
const FURTHEST = 46;

export interface ClockPart {
  readonly daypart: Daypart;
  readonly share: number;
  readonly word: string;
  readonly hours: string;
  /** SVG path around (0, 0), midnight on top. */
  readonly path: string;
  readonly most: boolean;
}

const point = (hour: number, radius: number) => {
  const turn = (hour / 24) * 2 * Math.PI;
  return `${(radius * Math.sin(turn)).toFixed(2)} ${(-radius * Math.cos(turn)).toFixed(2)}`;
};

const sector = (from: number, to: number, radius: number) =>
  `M0 0L${point(from, radius)}A${radius.toFixed(2)} ${radius.toFixed(2)} 0 ${to - from > 12 ? 1 : 0} 1 ${point(to, radius)}z`;

/** In the order of the day. A part that is not given has no sector. */
export const clockParts = (dayparts: Profile['dayparts']): readonly ClockPart[] => {
  const dense = dayparts.map(({ daypart, share }) => {
    const [from, to, word] = HOURS[daypart];
    return { daypart, share, from, to, word, perHour: share / (to - from) };
  });
  const highest = Math.max(0, ...dense.map(({ perHour }) => perHour));
  return dense
    .toSorted((a, b) => a.from - b.from)
    .map(({ daypart, share, from, to, word, perHour }) => ({
      daypart,
      share,
      word,
      hours: `${from}–${to} h`,
      path: highest > 0 ? sector(from, to, FURTHEST * Math.sqrt(perHour / highest)) : '',
      most: perHour === highest && highest > 0,
    }));
};
