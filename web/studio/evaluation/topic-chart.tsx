import { axisX, axisY, barY, ruleY } from '@observablehq/plot';
import { useCallback } from 'react';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { differencesWords, type TopicDifference } from './view.ts';

/** Topic by topic: what the run gained and lost against the other one. */
export const TopicChart = ({ measure, differences }: { measure: string; differences: readonly TopicDifference[] }) => {
  const options = useCallback(
    (width: number) => ({
      height: 240,
      marginLeft: 52,
      marginBottom: 52,
      // Axes are drawn by hand: names stand only where there is room for them.
      x: { type: 'band' as const, domain: differences.map(({ topic }) => topic), padding: 0.15, axis: null },
      y: { nice: true },
      marks: [
        axisY({ ticks: 4, label: 'difference', tickSize: 0 }),
        ...(differences.length * 34 <= width ? [axisX({ label: null, tickSize: 0, tickRotate: -40 })] : []),
        barY(differences, {
          x: 'topic',
          y: 'difference',
          fill: ({ difference }: TopicDifference) => (difference < 0 ? seriesColour(1) : seriesColour(0)),
        }),
        ruleY([0], { stroke: 'var(--line-strong)' }),
      ],
    }),
    [differences],
  );
  const said = differencesWords(differences);
  return (
    <Figure title={`Topics by ${measure}`} said={said}>
      <Plot label={said} options={options} />
    </Figure>
  );
};
