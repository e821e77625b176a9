import { areaY, axisX, axisY, lineY, ruleY } from '@observablehq/plot';
import { useCallback } from 'react';
import type { LabResultWire, LabRunWire } from '#api';
import { Figure, Legend } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import panels from '../metrics/page.module.css';
import styles from './page.module.css';
import { policyWord, viewCurve, type WeekPoint } from './view.ts';

const BAND = { x: 'week', y1: 'lower', y2: 'upper', z: 'name', fill: 'name', fillOpacity: 0.18 } as const;
const LINE = { x: 'week', y: 'value', z: 'name', stroke: 'name', strokeWidth: 2 } as const;

const chart = (points: readonly WeekPoint[], names: readonly string[], colours: readonly string[], height: number) => ({
  height,
  marginLeft: 40,
  marginBottom: 34,
  color: { domain: [...names], range: [...colours] },
  x: { domain: [1, Math.max(2, ...points.map(({ week }) => week))] },
  y: { nice: true },
});

const Curve = ({ curve, request }: { curve: LabResultWire['curves'][number]; request: LabRunWire['request'] }) => {
  const { title, doc, truth, said } = viewCurve(curve, request);
  const names = [policyWord(request.first), policyWord(request.second)];
  const levels = useCallback(() => {
    const { points } = viewCurve(curve, request);
    const both = [policyWord(request.first), policyWord(request.second)];
    const most = Math.max(...points.map(({ upper }) => upper));
    return {
      ...chart(points, both, [seriesColour(0), seriesColour(1)], 210),
      // None of the three can be below zero, and no share above one, though a t interval may reach there.
      y: { domain: [0, curve.name === 'active' ? 1 : most], clamp: true },
      marks: [
        axisY({ ticks: 4, label: null, tickSize: 0 }),
        axisX({ ticks: 6, label: 'week', tickSize: 3 }),
        areaY(points, BAND),
        lineY(points, LINE),
      ],
    };
  }, [curve, request]);
  const paired = useCallback(() => {
    const { difference } = viewCurve(curve, request);
    return {
      ...chart(difference, ['difference'], [seriesColour(3)], 130),
      marks: [
        axisY({ ticks: 3, label: null, tickSize: 0 }),
        axisX({ ticks: 6, label: 'week', tickSize: 3 }),
        ruleY([0], { stroke: 'var(--line-strong)' }),
        areaY(difference, BAND),
        lineY(difference, LINE),
      ],
    };
  }, [curve, request]);
  return (
    <div className={panels['box']}>
      <p className={truth ? styles['truth'] : styles['log']}>
        {truth ? 'Truth: no log shows it' : 'As a log shows it'}
      </p>
      <Figure title={title} said={said}>
        <Plot label={`${doc}, both policies, week by week`} options={levels} />
        <Legend of={names.map((name, at) => [name, seriesColour(at)] as const)} />
        <p className={panels['soft']}>
          {names[1]} minus {names[0]}, paired by world
        </p>
        <Plot label={`${doc}: paired difference, week by week`} options={paired} />
      </Figure>
    </div>
  );
};

/** Short term and long term, side by side. */
export const Curves = ({ result, request }: { result: LabResultWire; request: LabRunWire['request'] }) => (
  <div className={styles['curves']}>
    {result.curves.map((curve) => (
      <Curve key={curve.name} curve={curve} request={request} />
    ))}
  </div>
);
