import { axisX, axisY, dot, link, ruleX } from '@observablehq/plot';
import { useCallback } from 'react';
import type { IntentsWire } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { Download } from '../../components/download.tsx';
import styles from './page.module.css';
import {
  basisWords,
  type IntentPanel,
  intentsCsv,
  inUse,
  panelsOfIntents,
  type ReliabilityPoint,
  rowsOfIntents,
} from './reliability.ts';

const HEIGHT = 210;
/** Radius of the largest mark: the lowest bin of a rare intent holds nearly all answers. */
const MOST_PX = 8;
const share = (value: number): string => `${Math.round(100 * value)} %`;
/** What perfect calibration would be. */
const DIAGONAL = [{ from: 0, to: 1 }];

const Panel = ({ title, points, said }: IntentPanel) => {
  const options = useCallback(
    () => ({
      height: HEIGHT,
      marginTop: 12,
      marginLeft: 46,
      marginBottom: 44,
      marginRight: 26,
      x: { domain: [0, 1] },
      y: { domain: [0, 1] },
      marks: [
        axisY({ ticks: 3, label: null, tickSize: 0, tickFormat: share }),
        axisX({ ticks: 3, label: 'probability given', labelOffset: 36, tickSize: 3, tickFormat: share }),
        link(DIAGONAL, {
          x1: 'from',
          x2: 'to',
          y1: 'from',
          y2: 'to',
          stroke: 'var(--line-strong)',
          strokeDasharray: '3 3',
        }),
        ruleX(points, { x: 'predicted', y1: 'lower', y2: 'upper', stroke: seriesColour(1), strokeWidth: 2 }),
        dot(points, {
          x: 'predicted',
          y: 'observed',
          r: (point: ReliabilityPoint) => Math.min(MOST_PX, 2 + Math.sqrt(point.n)),
          fill: seriesColour(1),
          clip: false,
        }),
      ],
      r: { type: 'identity' as const },
    }),
    [points],
  );
  return (
    <div className={styles['panel']}>
      <h3>{title}</h3>
      <Plot label={said} options={options} />
    </div>
  );
};

/** What posteriors over intents rest on: how often what was thought probable was what listeners named. */
export const Intents = ({ answer }: { answer: IntentsWire }) => {
  const used = inUse(answer);
  return (
    <Figure title="Intents: how true their probabilities are" said={basisWords(answer)} sql={answer.sql}>
      {used !== null && (
        <>
          <p className={styles['soft']}>
            Across: the probability given to sessions whose listeners were asked. Up: the share that named it, with 95 %
            intervals; larger marks hold more answers. On the dashed line probabilities are what they say.
          </p>
          <div className={styles['panels']}>
            {panelsOfIntents(used).map((panel) => (
              <Panel {...panel} key={panel.key} />
            ))}
          </div>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">Intent</th>
                <th scope="col">Answers</th>
                <th scope="col">Calibration error, and what chance gives at most</th>
                <th scope="col">Reading</th>
              </tr>
            </thead>
            <tbody>
              {rowsOfIntents(used).map((row) => (
                <tr key={row.intent}>
                  <th scope="row">{row.intent}</th>
                  <td>{row.named}</td>
                  <td>
                    {row.error}; {row.byChance}
                  </td>
                  <td>{row.reading}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Download name="intents.csv" text={() => intentsCsv(used)} of="how true probabilities of intents are" />
        </>
      )}
    </Figure>
  );
};
