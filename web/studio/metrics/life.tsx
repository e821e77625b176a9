import { axisX, axisY, rectY } from '@observablehq/plot';
import { useCallback } from 'react';
import type { LifeCycleWire } from '#api';
import { Figure, Legend } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { Download } from '../../components/download.tsx';
import { shortCount } from '../../words.ts';
import { lifeWords, rowsCsv, STAGES, stageWord } from './view.ts';

/** The life cycle of engagement, week by week. Counts of all listeners: nothing is estimated, so there is no interval. */
export const Life = ({ answer }: { answer: LifeCycleWire }) => {
  const options = useCallback(
    (width: number) => ({
      height: 250,
      marginTop: 28,
      marginBottom: 40,
      marginLeft: 48,
      x: { type: 'utc' as const },
      color: { domain: [...STAGES], range: STAGES.map((_, at) => seriesColour(at)) },
      marks: [
        axisY({ ticks: 4, label: 'listeners', tickSize: 0, tickFormat: shortCount }),
        axisX({ ticks: Math.max(2, Math.floor(width / 120)), label: null }),
        rectY(
          answer.weeks.map((row) => ({ ...row, at: new Date(`${row.week}T00:00:00Z`) })),
          { x: 'at', interval: 'week', y: 'users', fill: 'stage', order: [...STAGES], inset: 1 },
        ),
      ],
    }),
    [answer],
  );
  const said = `${lifeWords(answer)} Engaged: back within four weeks; resting, dormant, churned: none for up to four, up to twelve, more weeks.`;
  return (
    <Figure title="Life cycle of engagement" said={said} sql={answer.sql}>
      {answer.weeks.length > 0 && (
        <>
          <Plot label={said} options={options} />
          <Legend of={STAGES.map((stage, at) => [stageWord(stage), seriesColour(at)] as const)} />
          <Download
            name="life-cycle.csv"
            text={() => rowsCsv(answer.weeks.map((row) => ({ ...row })))}
            of="the life cycle"
          />
        </>
      )}
    </Figure>
  );
};
