import { axisX, axisY, dot, line, ruleY } from '@observablehq/plot';
import { useCallback } from 'react';
import type { CompassWire } from '#api';
import { Figure, Legend } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { shortCount } from '../../words.ts';
import styles from './page.module.css';
import { weightPoints, weightWords } from './view.ts';

/** What the best proxy is made of, by the size of the test, and how well it does beside the outcome itself. */
export const Weights = ({ compass }: { compass: CompassWire }) => {
  const options = useCallback(
    (width: number) => {
      const points = weightPoints(compass);
      return {
        height: 300,
        marginLeft: 48,
        marginBottom: 44,
        x: { type: 'log' as const },
        y: { domain: [-1, 1] },
        color: { domain: compass.proxies, range: compass.proxies.map((_, at) => seriesColour(at)) },
        marks: [
          axisY({ ticks: 5, label: 'share in the proxy', tickSize: 0 }),
          axisX({
            ticks: compass.sizes.map(({ n }) => n).filter((_, at) => width > 640 || at % 2 === 0),
            tickFormat: shortCount,
            label: 'units in the test',
          }),
          ruleY([0], { stroke: 'var(--line)' }),
          line(points, { x: 'n', y: 'share', stroke: 'metric', strokeWidth: 2 }),
          dot(points, { x: 'n', y: 'share', fill: 'metric', r: 3 }),
        ],
      };
    },
    [compass],
  );
  const said = weightWords(compass);
  return (
    <section className={styles['panel']}>
      <Figure title="The proxy, by the size of the test" said={said}>
        <Plot label={said} options={options} />
        <Legend of={compass.proxies.map((name, at) => [name, seriesColour(at)] as const)} />
      </Figure>
      <table className={styles['sizes']}>
        <caption>Correlation with the true long-term effect</caption>
        <thead>
          <tr>
            <th scope="col">Units</th>
            <th scope="col">Proxy</th>
            <th scope="col">{compass.outcome} itself</th>
          </tr>
        </thead>
        <tbody>
          {compass.sizes.map(({ n, correlation, direct }) => (
            <tr key={n}>
              <th scope="row">{shortCount(n)}</th>
              <td>{correlation === null ? '–' : correlation.toFixed(2)}</td>
              <td>{direct.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
