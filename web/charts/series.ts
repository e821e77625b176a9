/** Colours of series, in the order in which they are given out. */
export const SERIES = ['1', '2', '3', '4', '5', '6'].map((n) => `var(--series-${n})`);

export const seriesColour = (at: number): string => SERIES[Math.min(at, SERIES.length - 1)] ?? 'currentColor';
