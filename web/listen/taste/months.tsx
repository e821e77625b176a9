import { areaY, axisX, axisY, dot, lineY, ruleY } from '@observablehq/plot';
import { useCallback } from 'react';
import type { Profile } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { shortCount } from '../../words.ts';
import { fillMonths, monthsWords } from './view.ts';

/** Plays by month over all the years. */
export const Months = ({ months }: { months: Profile['months'] }) => {
  const options = useCallback(
    (width: number) => {
      const data = fillMonths(months).map(({ month, plays }) => ({ at: new Date(`${month}-01T00:00:00Z`), plays }));
      const at = { x: 'at', y: 'plays' } as const;
      return {
        height: 228,
        marginBottom: 40,
        marginLeft: 44,
        x: { type: 'utc' as const },
        y: { zero: true, nice: true },
        marks: [
          axisY({ ticks: 4, label: 'plays', tickSize: 0, tickFormat: shortCount }),
          axisX({ ticks: Math.max(3, Math.floor(width / 110)), label: null }),
          ruleY([0], { stroke: 'var(--line)' }),
          data.length === 1
            ? dot(data, { ...at, fill: 'var(--series-1)', r: 5 })
            : [
                areaY(data, { ...at, fill: 'var(--series-1)', fillOpacity: 0.16, curve: 'monotone-x' }),
                lineY(data, { ...at, stroke: 'var(--series-1)', strokeWidth: 2, curve: 'monotone-x' }),
              ],
        ].flat(),
      };
    },
    [months],
  );
  const said = monthsWords(months);
  return (
    <Figure title="Over the years" said={said}>
      {months.length > 0 && <Plot label={said} options={options} />}
    </Figure>
  );
};
