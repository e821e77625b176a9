import { axisX, axisY, rectY, ruleY } from '@observablehq/plot';
import { useCallback } from 'react';
import type { Overview } from '#api';
import { Figure, Legend } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { shortCount, unsnake } from '../../words.ts';
import { daysWords, viewDays } from './view.ts';

/** Events by day and kind. */
export const Days = ({ rows, sql }: { rows: Overview['per_day']; sql: string | undefined }) => {
  const options = useCallback(
    (width: number) => {
      const { kinds, days } = viewDays(rows);
      return {
        height: 268,
        marginBottom: 40,
        marginLeft: 48,
        x: { type: 'utc' as const },
        y: { nice: true },
        color: { domain: kinds, range: kinds.map((_, at) => seriesColour(at)) },
        marks: [
          axisY({ ticks: 4, label: 'events', tickSize: 0, tickFormat: shortCount }),
          axisX({ ticks: Math.max(3, Math.floor(width / 110)), label: null }),
          rectY(days, { x: 'day', interval: 'day', y: 'events', fill: 'kind', order: [...kinds], inset: 0.5 }),
          ruleY([0], { stroke: 'var(--line)' }),
        ],
      };
    },
    [rows],
  );
  const view = viewDays(rows);
  const said = daysWords(view);
  return (
    <Figure title="Events by day" said={said} sql={sql}>
      <Plot label={said} options={options} />
      <Legend of={view.kinds.map((kind, at) => [unsnake(kind), seriesColour(at)] as const)} />
    </Figure>
  );
};
