import { axisX, axisY, dot, ruleX, ruleY, tickX } from '@observablehq/plot';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { DownstreamWire } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { Answered } from '../../components/answered.tsx';
import { Download } from '../../components/download.tsx';
import { Scroller } from '../../components/scroller.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { Watching } from '../../components/watching.tsx';
import { downstreamQuery } from '../../queries.ts';
import { uuid } from '../../uuid.ts';
import table from '../decisions/page.module.css';
import { actRows, downstreamCsv, restsOn, tableRows, untold } from './downstream-view.ts';
import styles from './page.module.css';

const ROW_PX = 34;
const COLUMNS = ['Act', 'Last touch', 'Shared by place', 'Added'];

const Chart = ({ answer }: { answer: DownstreamWire }) => {
  const rows = actRows(answer);
  const options = useCallback(
    () => ({
      height: rows.length * ROW_PX + 52,
      marginLeft: 110,
      marginRight: 24,
      marginBottom: 40,
      x: { nice: true },
      y: { type: 'band' as const, domain: rows.map(({ act }) => act) },
      marks: [
        axisX({ ticks: 5, label: 'acts a card', tickSize: 0 }),
        axisY({ label: null, tickSize: 0 }),
        ruleX([0], { stroke: 'var(--line-strong)' }),
        tickX(
          rows.filter(({ lastTouch }) => lastTouch !== null),
          { x: 'lastTouch', y: 'act', stroke: 'var(--ink-soft)', strokeDasharray: '3 2', inset: 6 },
        ),
        ruleY(rows, { y: 'act', x1: 'lower', x2: 'upper', stroke: seriesColour(1), strokeWidth: 2.5 }),
        dot(rows, { y: 'act', x: 'value', fill: seriesColour(1), r: 4.5 }),
      ],
    }),
    [rows],
  );
  return <Plot label="What cards added, by act, with 95 % intervals; dashed: by last touch" options={options} />;
};

const Shown = ({ answer }: { answer: DownstreamWire }) => (
  <Figure
    title="What cards led to"
    said={
      answer.slates === 0
        ? 'There is no slate of this surface that is a week old: what cards lead to takes as long to be seen.'
        : `${restsOn(answer)} A mark is what a card added, with its interval; the dashed tick is what the last touch would credit.`
    }
    sql={answer.sql}
  >
    {answer.slates > 0 && (
      <>
        {actRows(answer).length > 0 && <Chart answer={answer} />}
        {untold(answer).map((sentence) => (
          <p key={sentence} className={styles['note']}>
            {sentence}
          </p>
        ))}
        {actRows(answer).length > 0 && (
          <Scroller className={table['scroll']} label="Acts a card, by each rule">
            <table className={table['table']}>
              <thead>
                <tr>
                  {COLUMNS.map((name) => (
                    <th key={name} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {tableRows(answer).map(([act, ...cells]) => (
                  <tr key={act}>
                    <th scope="row">{act}</th>
                    {cells.map((cell, n) => (
                      <td key={COLUMNS[n + 1]} className={styles['words']}>
                        {cell}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroller>
        )}
        <Download name="downstream.csv" text={() => downstreamCsv(answer)} of="what cards led to" />
      </>
    )}
  </Figure>
);

/** What cards of a surface led to: credited to the last impression, shared by place, and added. */
export const DownstreamSection = ({ surface }: { surface: string }) => {
  const [watch] = useState(uuid);
  const query = useQuery(downstreamQuery(surface, watch));
  return (
    <section className={styles['downstream']}>
      <Answered
        query={query}
        waiting={
          <Watching watch={watch} doing="Reading what cards led to">
            <RowsSkeleton rows={3} />
          </Watching>
        }
      >
        {(answer) => <Shown answer={answer} />}
      </Answered>
    </section>
  );
};
