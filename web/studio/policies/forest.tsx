import { axisX, axisY, dot, ruleX, ruleY } from '@observablehq/plot';
import { useCallback } from 'react';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import type { ForestRow, PolicyView } from './view.ts';

const ROW_PX = 34;
/** Of the axis, in rewards. */
const LEAST_REACH = 0.01;

/** Each estimate with its interval, one under the other; a line stands where the log's own policy is. */
export const Forest = ({ view, sql }: { view: PolicyView; sql: string }) => {
  const { rows, said } = view;
  const options = useCallback(
    () => ({
      height: rows.length * ROW_PX + 48,
      marginLeft: 132,
      marginBottom: 40,
      x: { nice: true, domain: reachOf(rows) },
      y: { domain: rows.map(({ label }) => label), label: null },
      marks: [
        axisX({ ticks: 5, label: 'rewards a shelf', tickSize: 0 }),
        axisY({ tickSize: 0, label: null }),
        ruleX(
          rows.filter(({ isLogged }) => isLogged),
          { x: 'value', stroke: 'var(--line-strong)', strokeDasharray: '3 3' },
        ),
        ruleY(rows, { y: 'label', x1: 'lower', x2: 'upper', stroke: colourOf, strokeWidth: 2.5 }),
        dot(rows, { y: 'label', x: 'value', fill: colourOf, r: 4.5 }),
      ],
    }),
    [rows],
  );
  return (
    <Figure title="By each estimator" said={said} sql={sql}>
      <Plot label={said} options={options} />
    </Figure>
  );
};

/** From the least end to the largest; wide enough for an axis where nothing was rewarded and all of them are 0. */
const reachOf = (rows: readonly ForestRow[]): readonly [number, number] => {
  const ends = rows.flatMap(({ lower, value, upper }) => [lower, value, upper]);
  const least = Math.min(...ends);
  return [least, Math.max(least + LEAST_REACH, ...ends)];
};

const colourOf = ({ isLogged }: ForestRow): string => (isLogged ? 'var(--ink-soft)' : seriesColour(0));
