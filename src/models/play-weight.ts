/** How much a number of plays says. */

/** raw: the count · log: ln(1 + count) · binary: 1. */
export const PLAY_WEIGHTS = ['raw', 'log', 'binary'] as const;
export type PlayWeight = (typeof PLAY_WEIGHTS)[number];

/** Weight of a positive number of plays. */
export const playWeight = (plays: number, weight: PlayWeight): number => {
  switch (weight) {
    case 'raw':
      return plays;
    case 'log':
      return Math.log1p(plays);
    case 'binary':
      return 1;
  }
};
