import { axisX, axisY, dot, link, ruleX } from '@observablehq/plot';
import { useCallback } from 'react';
import type { MetricsReportWire, MetricWire } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { seriesColour } from '../../charts/series.ts';
import { Download } from '../../components/download.tsx';
import { counted } from '../../words.ts';
import styles from './page.module.css';
import {
  type Counting,
  figuresCsv,
  POLARITY_SIGNS,
  panelsOf,
  type Row,
  reportWords,
  rowWords,
  viewRows,
} from './view.ts';

/** Rows that are shown unasked: more make a phone's page endless. */
export const FEW = 12;
/** Times the largest figure. */
const FARTHEST = 2;
/** Room an axis of names takes. */
const NAMES = 132;

const percent = (value: number): string => `${Math.round(100 * value)} %`;

/** What more of it means there: `▲` better, `▼` worse. */
const signOf = (rows: readonly Row[], name: string): string =>
  POLARITY_SIGNS[rows.find((row) => row.name === name)?.polarity ?? 'free'];

/** One scale for all panels; an interval of a few listeners that reaches far beyond every figure is cut at its end. */
const domainOf = (rows: readonly Row[]): [number, number] => {
  const values = rows.map(({ value }) => value);
  const ends = rows.flatMap(({ value, lower, upper }) => [value, lower ?? value, upper ?? value]);
  return [Math.min(0, ...ends), Math.min(Math.max(...ends), FARTHEST * Math.max(...values))];
};

const Panel = ({
  title,
  rows,
  before,
  domain,
  unit,
}: {
  title: string;
  rows: readonly Row[];
  before: readonly Row[];
  domain: [number, number];
  unit: string;
}) => {
  const options = useCallback(
    (width: number) => ({
      height: 34 + 26 * rows.length,
      marginLeft: NAMES,
      marginRight: 24,
      x: { domain },
      y: { type: 'band' as const, domain: rows.map(({ name }) => name) },
      marks: [
        axisX({ ticks: width < 420 ? 2 : 4, label: null, ...(unit === 'share' && { tickFormat: percent }) }),
        axisY({ label: null, tickSize: 0, tickFormat: (name: string) => `${name} ${signOf(rows, name)}` }),
        ruleX([0], { stroke: 'var(--line)' }),
        // Of the period before: hollow, behind.
        link(before, {
          x1: (row: Row) => row.lower ?? domain[0],
          x2: (row: Row) => Math.min(row.upper ?? domain[1], domain[1]),
          y1: 'name',
          y2: 'name',
          stroke: 'var(--line-strong)',
          strokeDasharray: '2 3',
          dy: 6,
        }),
        dot(before, { x: 'value', y: 'name', r: 4, stroke: 'var(--line-strong)', fill: 'var(--surface)', dy: 6 }),
        link(rows, {
          x1: (row: Row) => row.lower ?? domain[0],
          x2: (row: Row) => Math.min(row.upper ?? domain[1], domain[1]),
          y1: 'name',
          y2: 'name',
          stroke: seriesColour(1),
          strokeWidth: 2.5,
        }),
        dot(rows, { x: 'value', y: 'name', r: 4.5, fill: seriesColour(1) }),
      ],
    }),
    [rows, before, domain, unit],
  );
  const said = rows.map((row) => `${row.key}: ${rowWords(row, unit)}`).join('. ');
  return (
    <div className={styles['panel']}>
      {title !== '' && <h3>{title}</h3>}
      <Plot label={said} options={options} />
    </div>
  );
};

/** Figures of one metric with their intervals, one panel a device or surface. */
export const Panels = ({
  report,
  before,
  metric,
  counting,
}: {
  report: MetricsReportWire;
  before: MetricsReportWire | null;
  metric: MetricWire;
  counting: Counting;
}) => {
  const figures = report.figures.filter((figure) => figure.metric === metric.name);
  const { rows, missing } = viewRows(figures, counting);
  const past = before === null ? [] : viewRows(before.figures, counting).rows;
  const domain = domainOf([...rows, ...past]);
  return (
    <Figure title={metric.title} said={reportWords(report, metric, counting)} sql={report.sql[metric.name]}>
      <div className={styles['panels']}>
        {panelsOf(rows).map((panel) => (
          <Panel
            key={panel}
            title={panel}
            rows={rows.filter((row) => row.panel === panel)}
            before={past.filter((row) => row.panel === panel && rows.some(({ key }) => key === row.key))}
            domain={domain}
            unit={metric.unit}
          />
        ))}
      </div>
      <details className={styles['all']} open={rows.length + missing.length <= FEW}>
        <summary>{counted(rows.length + missing.length, 'figure')} as a table</summary>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">Of</th>
              <th scope="col">Figure and interval</th>
              <th scope="col">Listeners</th>
              <th scope="col">Not in it</th>
              <th scope="col">Reading</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.key}</th>
                <td>{rowWords(row, metric.unit)}</td>
                <td>{row.users}</td>
                <td>{row.beside || '–'}</td>
                <td className={styles[row.polarity]}>
                  <span aria-hidden="true">{POLARITY_SIGNS[row.polarity]}</span>{' '}
                  {row.polarity === 'up' ? 'more is better' : row.polarity === 'down' ? 'less is better' : 'neither'}
                </td>
              </tr>
            ))}
            {missing.map(({ key, words, beside }) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                <td colSpan={2}>No figure: {words}.</td>
                <td colSpan={2}>{beside || '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <Download name={`${metric.name}.csv`} text={() => figuresCsv(figures)} of={metric.title} />
    </Figure>
  );
};
