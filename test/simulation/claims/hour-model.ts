/** Who hears what to the end, with and without the hour: shrunken means of residuals, from the many to the one. */

import type { WorldFrame } from '#simulation';

export interface HeardPlay {
  readonly listener: number;
  readonly slot: number;
  readonly track: number;
  readonly isFinished: boolean;
}

/** Score of a track for a listener in a slot of the week: the higher the likelier heard to the end. */
export type HourModel = (listener: number, slot: number, track: number) => number;

const ENERGY_BINS = 5;
type Cell = (play: Pick<HeardPlay, 'listener' | 'slot' | 'track'>) => string;

/**
 * r = b_track + u_listener,genre + u_listener,energy (+ f_energy(slot)): each term is fitted to what
 * those before it leave, its cells shrunken to zero by their number of plays.
 */
export const fitHourModel = (
  plays: readonly HeardPlay[],
  { catalogue }: WorldFrame,
  knowsHours: boolean,
): HourModel => {
  const genreOf = (track: number): number => catalogue.tracks[track]!.genres[0]![0];
  const energyOf = (track: number): number =>
    Math.min(ENERGY_BINS - 1, Math.floor(ENERGY_BINS * catalogue.tracks[track]!.energy));
  const terms: { readonly cell: Cell; readonly shrinkage: number }[] = [
    { cell: () => '', shrinkage: 0 },
    { cell: ({ track }) => `t${track}`, shrinkage: 8 },
    { cell: ({ listener, track }) => `l${listener} g${genreOf(track)}`, shrinkage: 6 },
    { cell: ({ listener, track }) => `l${listener} e${energyOf(track)}`, shrinkage: 6 },
  ];
  if (knowsHours) {
    terms.push({ cell: ({ slot, track }) => `s${slot} e${energyOf(track)}`, shrinkage: 20 });
  }
  const left = Float64Array.from(plays, ({ isFinished }) => (isFinished ? 1 : 0));
  const fitted = terms.map(({ cell, shrinkage }) => fitTerm(plays, left, cell, shrinkage));
  return (listener, slot, track) => fitted.reduce((sum, term) => sum + term({ listener, slot, track }), 0);
};

/** Takes out of what is left what the term explains. */
const fitTerm = (plays: readonly HeardPlay[], left: Float64Array, cell: Cell, shrinkage: number) => {
  const cells = new Map<string, { sum: number; n: number }>();
  for (const [n, play] of plays.entries()) {
    const name = cell(play);
    const { sum, n: count } = cells.get(name) ?? { sum: 0, n: 0 };
    cells.set(name, { sum: sum + left[n]!, n: count + 1 });
  }
  const effect = (play: Parameters<Cell>[0]): number => {
    const found = cells.get(cell(play));
    return found === undefined ? 0 : found.sum / (found.n + shrinkage);
  };
  for (const [n, play] of plays.entries()) left[n]! -= effect(play);
  return effect;
};
