import { areaY, axisX, axisY, lineY } from '@observablehq/plot';
import { useCallback } from 'react';
import type { AbsenceCurvesWire } from '#api';
import { Figure, Legend } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { Download } from '../../components/download.tsx';
import { rowsCsv, viewCurves } from './view.ts';

const WEEK_HOURS = 168;
const bound = (share: number): string => (Number.isNaN(share) ? 'open' : String(Math.round(100 * share)));

const Curve = ({ answer, reading }: { answer: AbsenceCurvesWire; reading: 'away' | 'back' }) => {
  const { names, points } = viewCurves(answer, reading, WEEK_HOURS);
  const options = useCallback(
    (width: number) => {
      const view = viewCurves(answer, reading, WEEK_HOURS);
      const colour = { domain: [...view.names], range: view.names.map((_, at) => seriesColour(at)) };
      return {
        height: 250,
        marginBottom: 42,
        marginLeft: 48,
        x: { domain: [0, WEEK_HOURS] },
        y: { domain: [0, 1] },
        color: colour,
        marks: [
          axisY({ ticks: 4, label: null, tickSize: 0, tickFormat: (share: number) => `${Math.round(100 * share)} %` }),
          axisX({ ticks: Math.max(3, Math.floor(width / 90)), label: 'hours after a session', tickSize: 3 }),
          areaY(view.points, {
            x: 'hours',
            y1: 'lower',
            y2: 'upper',
            z: 'name',
            fill: 'name',
            fillOpacity: 0.18,
            curve: 'step-after',
          }),
          lineY(view.points, {
            x: 'hours',
            y: 'share',
            z: 'name',
            stroke: 'name',
            strokeWidth: 1.8,
            curve: 'step-after',
          }),
        ],
      };
    },
    [answer, reading],
  );
  const [title, verb] = reading === 'away' ? ['Absence', 'still away'] : ['Return', 'back'];
  const atDay = names.map((name) => {
    const point = points.findLast((one) => one.name === name && one.hours <= 24);
    return point === undefined
      ? `${name}: not told`
      : `${name} ${Math.round(100 * point.share)} % [${bound(point.lower)}, ${bound(point.upper)}]`;
  });
  const said =
    points.length === 0
      ? `No curve: ${answer.curves[0]?.reason ?? 'nobody has listened in this period'}.`
      : `Share ${verb} a day after a session: ${atDay.join('; ')}. Kaplan–Meier with 95 % bands, listeners as units.`;
  return (
    <Figure title={title} said={said} sql={answer.sql}>
      {points.length > 0 && (
        <>
          <Plot label={said} options={options} />
          <Legend of={names.map((name, at) => [name, seriesColour(at)] as const)} />
          <Download
            name={`${reading}.csv`}
            text={() => rowsCsv(points.map((point) => ({ ...point })))}
            of={`the curve of ${title.toLowerCase()}`}
          />
        </>
      )}
    </Figure>
  );
};

/** Who is still away, and who is back, after which time. */
export const Curves = ({ answer }: { answer: AbsenceCurvesWire }) => (
  <>
    <Curve answer={answer} reading="away" />
    <Curve answer={answer} reading="back" />
  </>
);
