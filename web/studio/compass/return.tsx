import { areaY, dot, line, link } from '@observablehq/plot';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useId, useState } from 'react';
import type { ReturnWire } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { Answered } from '../../components/answered.tsx';
import { Scroller } from '../../components/scroller.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { returnQuery } from '../../queries.ts';
import { Diversity } from './diversity.tsx';
import styles from './page.module.css';
import { cohortRows, returnWords, weekPoints } from './return-view.ts';

const BY: readonly (readonly [ReturnWire['by'], string])[] = [
  ['calendar', 'Week of the calendar'],
  ['tenure', 'Weeks since the first visit'],
  ['cohort', 'Week of the first visit'],
];

const Weeks = ({ report }: { report: ReturnWire }) => {
  const options = useCallback(() => {
    const points = weekPoints(report);
    return {
      height: 260,
      marginLeft: 48,
      marginBottom: 44,
      x: { label: report.by === 'calendar' ? 'Week' : 'Weeks since the first visit' },
      y: { label: `Back within ${report.horizon} days, %`, domain: [0, 100], grid: true },
      marks: [
        areaY(points, { x: 'at', y1: 'lower', y2: 'upper', fill: 'var(--series-1)', fillOpacity: 0.18 }),
        link(points, { x1: 'at', x2: 'at', y1: 'lower', y2: 'upper', stroke: 'var(--series-1)', strokeOpacity: 0.5 }),
        line(points, { x: 'at', y: 'value', stroke: 'var(--series-1)', strokeWidth: 2 }),
        dot(points, { x: 'at', y: 'value', fill: 'var(--series-1)', r: 3 }),
      ],
    };
  }, [report]);
  const said = returnWords(report);
  return (
    <Figure title="Return" said={said} {...(report.sql !== null && { sql: report.sql })}>
      {weekPoints(report).length > 0 && <Plot label={said} options={options} />}
    </Figure>
  );
};

const Cohorts = ({ report }: { report: ReturnWire }) => {
  const rows = cohortRows(report);
  const weeks = rows.reduce((most, row) => Math.max(most, row.weeks.length), 0);
  return (
    <Figure title="Return" said={returnWords(report)} {...(report.sql !== null && { sql: report.sql })}>
      {weeks > 0 && (
        <Scroller className={styles['scroll']} label="Return by cohort">
          <table className={styles['sizes']}>
            <thead>
              <tr>
                <th scope="col">First came in</th>
                {Array.from({ length: weeks }, (_, n) => n + 1).map((week) => (
                  <th key={week} scope="col">
                    Week {week}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.cohort}>
                  <th scope="row">{row.cohort}</th>
                  {Array.from({ length: weeks }, (_, n) => n).map((week) => (
                    <td key={week}>{row.weeks[week] ?? ''}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </Figure>
  );
};

/** What everything is judged by: who comes back, and whether diverse listeners do. */
export const Return = () => {
  const [by, setBy] = useState<ReturnWire['by']>('calendar');
  const id = useId();
  const query = useQuery(returnQuery(by));
  return (
    <section className={styles['panel']} aria-labelledby="return">
      <h2 id="return">Who comes back</h2>
      <form className={styles['choose']}>
        <label htmlFor={id}>
          By
          <select id={id} value={by} onChange={({ currentTarget }) => setBy(currentTarget.value as ReturnWire['by'])}>
            {BY.map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
      </form>
      <Answered query={query} waiting={<RowsSkeleton rows={4} />}>
        {(report) => (report.by === 'cohort' ? <Cohorts report={report} /> : <Weeks report={report} />)}
      </Answered>
      <Diversity />
    </section>
  );
};
