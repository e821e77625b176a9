import { axisX, axisY, rectY, ruleY } from '@observablehq/plot';
import { useCallback } from 'react';
import type { Profile } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { shortCount } from '../../words.ts';
import { fillMonths, monthsWords } from './view.ts';

/** Up to so many months each gets its own tick. */
const FEW_MONTHS = 14;

/** Plays by calendar month. */
export const Months = ({ months }: { months: Profile['months'] }) => {
  const options = useCallback(
    (width: number) => {
      const data = fillMonths(months).map(({ month, plays }) => ({ month: new Date(`${month}-01T00:00:00Z`), plays }));
      const ticks = data.length <= FEW_MONTHS ? ('month' as const) : Math.max(3, Math.floor(width / 110));
      return {
        height: 228,
        marginBottom: 40,
        marginLeft: 44,
        x: { type: 'utc' as const },
        y: { zero: true, nice: true },
        marks: [
          axisY({ ticks: 4, label: 'plays', tickSize: 0, tickFormat: shortCount }),
          axisX({ ticks, label: null }),
          rectY(data, { x: 'month', interval: 'month', y: 'plays', fill: 'var(--series-1)', inset: 0.5 }),
          ruleY([0], { stroke: 'var(--line)' }),
        ],
      };
    },
    [months],
  );
  const said = monthsWords(months);
  return (
    <Figure title="Over time" said={said}>
      {months.length > 0 && <Plot label={said} options={options} />}
    </Figure>
  );
};
