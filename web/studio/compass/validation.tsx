import { dot, link } from '@observablehq/plot';
import { useCallback } from 'react';
import type { CompassWire } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { Scroller } from '../../components/scroller.tsx';
import styles from './page.module.css';
import { DECISION_SHARES, decisionPoints, decisionWords, shareWords, TOGETHER } from './view.ts';

const Shares = ({ compass, share }: { compass: CompassWire; share: (typeof DECISION_SHARES)[number] }) => {
  const options = useCallback(
    (width: number) => {
      const points = decisionPoints(compass.validation, share.field);
      return {
        height: 60 + 30 * points.length,
        marginLeft: Math.min(170, width * 0.36),
        marginRight: 16,
        marginBottom: 44,
        x: { label: `${share.title}, %`, domain: [0, 100], grid: true },
        y: { label: null, domain: points.map(({ name }) => name) },
        marks: [
          link(points, { x1: 'lower', x2: 'upper', y1: 'name', y2: 'name', stroke: 'var(--series-1)', strokeWidth: 3 }),
          dot(points, { x: 'value', y: 'name', r: 5, fill: 'var(--series-1)' }),
        ],
      };
    },
    [compass, share],
  );
  const said = decisionWords(compass.validation, share);
  return (
    <Figure title={share.title} said={said}>
      {decisionPoints(compass.validation, share.field).length > 0 && <Plot label={said} options={options} />}
    </Figure>
  );
};

/** Whether past experiments would have been decided rightly without waiting for the outcome. */
export const Validation = ({ compass }: { compass: CompassWire }) =>
  compass.validation.length === 0 ? null : (
    <section className={styles['panel']} aria-labelledby="validation">
      <h2 id="validation">Would it have decided as {compass.outcome} did</h2>
      <p className={styles['soft']}>
        Each experiment was judged by a model that had not seen it. The measured outcome is noisy too: what it does not
        show counts against the proxy.
      </p>
      <div className={styles['pair']}>
        {DECISION_SHARES.slice(0, 2).map((share) => (
          <Shares key={share.field} compass={compass} share={share} />
        ))}
      </div>
      <Scroller className={styles['scroll']} label="Decisions">
        <table className={styles['sizes']}>
          <thead>
            <tr>
              <th scope="col">Decides by</th>
              {DECISION_SHARES.map(({ field, title }) => (
                <th key={field} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {compass.validation.map((row) => (
              <tr key={row.metric ?? ''}>
                <th scope="row">{row.metric ?? TOGETHER}</th>
                {DECISION_SHARES.map(({ field }) => (
                  <td key={field}>{shareWords(row[field])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </section>
  );
