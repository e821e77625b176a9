import { dot, link } from '@observablehq/plot';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useId, useState } from 'react';
import type { DiversityWire } from '#api';
import { Figure } from '../../charts/figure.tsx';
import { Plot } from '../../charts/plot.tsx';
import { Answered } from '../../components/answered.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { diversityQuery, experimentsQuery } from '../../queries.ts';
import styles from './page.module.css';
import { claimLines, diversityPoints, diversityWords } from './return-view.ts';

const Drawn = ({ report }: { report: DiversityWire }) => {
  const options = useCallback(() => {
    const points = diversityPoints(report);
    return {
      height: 240,
      marginLeft: 48,
      marginBottom: 44,
      x: { label: 'Diversity of what was played in 28 days, 1 − GS', nice: true },
      y: { label: `Back within ${report.horizon} days, %`, domain: [0, 100], grid: true },
      marks: [
        link(points, {
          x1: 'diversity',
          x2: 'diversity',
          y1: 'lower',
          y2: 'upper',
          stroke: 'var(--series-2)',
          strokeWidth: 3,
        }),
        dot(points, { x: 'diversity', y: 'value', r: 5, fill: 'var(--series-2)' }),
      ],
    };
  }, [report]);
  const said = diversityWords(report);
  return (
    <Figure title="Diversity and return" said={said} sql={report.sql}>
      {diversityPoints(report).length > 0 && <Plot label={said} options={options} />}
      {report.claim !== null && (
        <>
          <p className={styles['soft']}>Of a tenth more of diversity, on the share that is back:</p>
          <dl className={styles['lines']}>
            {claimLines(report).map(([name, words]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Figure>
  );
};

/** Whether listeners of diverse taste come back: an association, unless the arms of an experiment moved what they played. */
export const Diversity = () => {
  const [experiment, choose] = useState('');
  const id = useId();
  const experiments = useQuery(experimentsQuery).data?.experiments ?? [];
  const instruments = experiments.filter(({ started_at, document }) => started_at !== null && document.unit === 'user');
  return (
    <>
      {instruments.length > 0 && (
        <form className={styles['choose']}>
          <label htmlFor={id}>
            Moved at random by
            <select id={id} value={experiment} onChange={({ currentTarget }) => choose(currentTarget.value)}>
              <option value="">nothing: an association</option>
              {instruments.map(({ document: { name } }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </form>
      )}
      <Answered query={useQuery(diversityQuery(experiment))} waiting={<RowsSkeleton rows={4} />}>
        {(report) => <Drawn report={report} />}
      </Answered>
    </>
  );
};
