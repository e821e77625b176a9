/** Success by day with its interval; days on which it cannot be told are left out of the line. */

import { areaY, dot, lineY, type plot } from '@observablehq/plot';
import type { OutcomesAnswer } from '#api';

type Options = NonNullable<Parameters<typeof plot>[0]>;

export const dayChart = (days: OutcomesAnswer['per_day'], width: number): Options => {
  const told = days.flatMap(({ day, success_rate: rate }) =>
    rate.ok
      ? [{ day: new Date(day), value: rate.value, lower: rate.interval.lower ?? 0, upper: rate.interval.upper ?? 1 }]
      : [],
  );
  return {
    width,
    height: 220,
    marginTop: 28,
    marginBottom: 40,
    y: { domain: [0, 100], label: 'success rate, %', grid: true, percent: true, ticks: 4 },
    x: { label: null, type: 'utc' },
    marks: [
      areaY(told, { x: 'day', y1: 'lower', y2: 'upper', fill: 'var(--series-2)', fillOpacity: 0.18 }),
      lineY(told, { x: 'day', y: 'value', stroke: 'var(--series-2)' }),
      dot(told, { x: 'day', y: 'value', fill: 'var(--series-2)', r: 2.5 }),
    ],
  };
};
