import { areaY, dot, line, link, ruleX, ruleY, text, tickX } from '@observablehq/plot';
import { useCallback } from 'react';
import type { ExperimentAnalysis, ExperimentPower } from '#api';
import { Figure, Legend } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import {
  forestRows,
  forestWords,
  LABEL_PIXELS,
  lookDomain,
  lookPoints,
  lookWords,
  powerPoints,
  powerWords,
  shortLabel,
} from './view.ts';

const STATE_COLOUR = { better: 'var(--series-2)', worse: 'var(--series-4)', open: 'var(--ink-soft)' } as const;

/** Changes of all metrics with their intervals; the dashed line is how far a guardrail may fall. */
export const Forest = ({ analysis }: { analysis: ExperimentAnalysis }) => {
  const rows = forestRows(analysis.metrics);
  const options = useCallback(
    (width: number) => {
      const shown = forestRows(analysis.metrics);
      const guards = shown.filter(({ margin }) => margin !== null);
      const longest = shown.reduce((most, { name }) => Math.max(most, name.length), 0);
      const marginLeft = Math.min(16 + LABEL_PIXELS * longest, width * 0.4);
      return {
        height: 76 + 44 * shown.length,
        marginLeft,
        marginRight: 16,
        marginBottom: 44,
        x: { label: 'Change against the control, %', grid: true, nice: true },
        y: {
          label: null,
          domain: shown.map(({ key }) => key),
          tickFormat: (key: string) => shortLabel(shown.find((row) => row.key === key)?.name ?? key, marginLeft - 16),
        },
        marks: [
          ruleX([0], { stroke: 'var(--ink-soft)' }),
          tickX(guards, { x: 'margin', y: 'key', stroke: 'var(--series-4)', strokeWidth: 2, strokeDasharray: '3,3' }),
          text(guards, { x: 'margin', y: 'key', text: () => 'margin', dy: -14, fill: 'var(--ink-soft)' }),
          link(shown, {
            x1: 'lower',
            x2: 'upper',
            y1: 'key',
            y2: 'key',
            stroke: (row) => STATE_COLOUR[row.state as keyof typeof STATE_COLOUR],
            strokeWidth: 3,
          }),
          dot(shown, {
            x: 'value',
            y: 'key',
            r: 5,
            fill: (row) => STATE_COLOUR[row.state as keyof typeof STATE_COLOUR],
          }),
        ],
      };
    },
    [analysis],
  );
  return (
    <Figure title="Effects" said={forestWords(rows)} sql={analysis.sql}>
      {rows.length > 0 && (
        <>
          <Legend
            of={[
              ['better', STATE_COLOUR.better],
              ['worse', STATE_COLOUR.worse],
              ['not decided', STATE_COLOUR.open],
            ]}
          />
          <Plot label={forestWords(rows)} options={options} />
        </>
      )}
    </Figure>
  );
};

/** Chance of seeing a change of each size, a line a metric. */
export const PowerCurve = ({
  power,
  wanted,
  target,
}: {
  power: ExperimentPower;
  wanted: number;
  target: number | undefined;
}) => {
  const names = power.metrics.map(({ metric }) => metric);
  const options = useCallback(
    () => ({
      height: 260,
      marginLeft: 48,
      marginBottom: 44,
      x: { label: 'Relative change, %', type: 'log' as const, tickFormat: (value: number) => String(value) },
      y: { label: 'Power', domain: [0, 1], grid: true },
      color: {
        domain: power.metrics.map(({ metric }) => metric),
        range: power.metrics.map((_, at) => seriesColour(at)),
      },
      marks: [
        ruleY([wanted], { stroke: 'var(--ink-soft)', strokeDasharray: '3,3' }),
        ...(target === undefined ? [] : [ruleX([100 * target], { stroke: 'var(--ink-soft)', strokeDasharray: '3,3' })]),
        line(powerPoints(power), { x: 'change', y: 'power', stroke: 'metric', strokeWidth: 2.5 }),
        dot(powerPoints(power), { x: 'change', y: 'power', fill: 'metric', r: 3 }),
      ],
    }),
    [power, wanted, target],
  );
  return (
    <Figure title="Power" said={powerWords(power)} sql={power.sql}>
      {names.length > 0 && (
        <>
          <Legend of={names.map((name, at) => [name, seriesColour(at)] as const)} />
          <Plot label={powerWords(power)} options={options} />
        </>
      )}
    </Figure>
  );
};

/** How the interval of each success metric closed in, look by look. */
export const Looks = ({ analysis }: { analysis: ExperimentAnalysis }) => {
  const points = lookPoints(analysis.path);
  const names = [...new Set(points.map(({ series }) => series))];
  const options = useCallback(() => {
    const shown = lookPoints(analysis.path);
    const domain = [...new Set(shown.map(({ series }) => series))];
    return {
      height: 280,
      marginLeft: 56,
      marginBottom: 44,
      x: { label: 'Units exposed', nice: true },
      y: { label: 'Change against the control, %', grid: true, nice: true, domain: lookDomain(shown), clamp: true },
      color: { domain, range: domain.map((_, at) => seriesColour(at)) },
      marks: [
        ruleY([0], { stroke: 'var(--ink-soft)' }),
        areaY(shown, { x: 'units', y1: 'lower', y2: 'upper', fill: 'series', fillOpacity: 0.18 }),
        line(shown, { x: 'units', y: 'value', stroke: 'series', strokeWidth: 2.5 }),
        dot(shown, { x: 'units', y: 'value', fill: 'series', r: 3 }),
      ],
    };
  }, [analysis]);
  if (points.length === 0) return null;
  return (
    <Figure title="Look by look" said={lookWords(points)} sql={analysis.sql}>
      <Legend of={names.map((name, at) => [name, seriesColour(at)] as const)} />
      <Plot label={lookWords(points)} options={options} />
    </Figure>
  );
};
