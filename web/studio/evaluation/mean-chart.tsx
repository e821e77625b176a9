import { axisX, axisY, dot, gridX, ruleY } from '@observablehq/plot';
import { useCallback } from 'react';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import type { MeanMark } from './view.ts';

const ROW = 30;
/** Width of a letter of the axis, about. */
const LETTER = 7.2;

/** Means with their intervals, one row each, series side by side. */
export const MeanChart = ({
  marks,
  series,
  label,
}: {
  marks: readonly MeanMark[];
  series: readonly string[];
  label: string;
}) => {
  const options = useCallback(
    (width: number) => {
      const rows = [...new Set(marks.map(({ row }) => row))];
      const apart = (mark: MeanMark) => (series.length === 1 ? 0 : series.indexOf(mark.series) === 0 ? -5 : 5);
      return {
        height: 52 + rows.length * ROW,
        marginLeft: Math.min(16 + LETTER * Math.max(0, ...rows.map((row) => row.length)), width / 2),
        marginBottom: 36,
        x: { nice: true },
        y: { type: 'point' as const, domain: rows, padding: 0.6 },
        color: { domain: [...series], range: series.map((_, n) => seriesColour(n)) },
        marks: [
          gridX({ stroke: 'var(--line)', strokeOpacity: 1, ticks: Math.max(3, Math.floor(width / 120)) }),
          axisX({ label: null, tickSize: 0, ticks: Math.max(3, Math.floor(width / 120)) }),
          axisY({ label: null, tickSize: 0 }),
          ...series.flatMap((name) => {
            const own = marks.filter((mark) => mark.series === name);
            const dy = own[0] === undefined ? 0 : apart(own[0]);
            return [
              ruleY(own, { y: 'row', x1: 'lower', x2: 'upper', stroke: 'series', strokeWidth: 2, dy }),
              dot(own, { y: 'row', x: 'value', fill: 'series', r: 4, dy }),
            ];
          }),
        ],
      };
    },
    [marks, series],
  );
  return <Plot label={label} options={options} />;
};
