/** The genres of the made-up world and what is typical of them. */

export interface Genre {
  readonly name: string;
  /** 0 still … 1 driving. */
  readonly energy: number;
  /** Median length of a track. */
  readonly durationS: number;
  /** Share of the world's artists, relative to the other genres. */
  readonly size: number;
}

export const GENRES: readonly Genre[] = [
  { name: 'ambient', energy: 0.1, durationS: 305, size: 0.8 },
  { name: 'solo piano', energy: 0.15, durationS: 190, size: 0.7 },
  { name: 'folk', energy: 0.3, durationS: 215, size: 1 },
  { name: 'bossa nova', energy: 0.35, durationS: 195, size: 0.6 },
  { name: 'jazz', energy: 0.4, durationS: 290, size: 0.9 },
  { name: 'dream pop', energy: 0.42, durationS: 230, size: 0.9 },
  { name: 'dub', energy: 0.46, durationS: 260, size: 0.6 },
  { name: 'soul', energy: 0.52, durationS: 215, size: 1.1 },
  { name: 'indie rock', energy: 0.62, durationS: 210, size: 1.5 },
  { name: 'hip hop', energy: 0.65, durationS: 185, size: 1.5 },
  { name: 'synth pop', energy: 0.68, durationS: 205, size: 1.4 },
  { name: 'afrobeat', energy: 0.72, durationS: 240, size: 0.8 },
  { name: 'cumbia', energy: 0.74, durationS: 205, size: 0.6 },
  { name: 'house', energy: 0.8, durationS: 275, size: 1.1 },
  { name: 'techno', energy: 0.88, durationS: 310, size: 0.8 },
  { name: 'metal', energy: 0.94, durationS: 255, size: 0.9 },
];
