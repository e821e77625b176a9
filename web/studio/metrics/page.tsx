import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { MetricsReportWire } from '#api';
import { Answered } from '../../components/answered.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { Watching } from '../../components/watching.tsx';
import { absenceQuery, intentsQuery, lifeCycleQuery, metricsQuery, metricsReportQuery } from '../../queries.ts';
import { uuid } from '../../uuid.ts';
import { MetricCard } from './card.tsx';
import { Changes } from './changes.tsx';
import { Choices } from './choices.tsx';
import { Curves } from './curves.tsx';
import { Intents } from './intents.tsx';
import { Life } from './life.tsx';
import styles from './page.module.css';
import { Panels } from './panels.tsx';
import { type Counting, periodBefore } from './view.ts';

const Explorer = ({ report, counting }: { report: MetricsReportWire; counting: Counting }) => {
  const { against } = useSearch({ from: '/studio/metrics' });
  const [metric] = report.metrics;
  const { period } = report;
  const isCompared = against === 'before' && period !== null && metric !== undefined;
  const past = useQuery({
    ...metricsReportQuery({
      metrics: metric?.name ?? '',
      by: report.by.join(','),
      ...(period !== null && periodBefore(period)),
    }),
    enabled: isCompared,
  });
  if (metric === undefined || period === null) {
    return (
      <EmptyState icon="studio" title="Nothing to measure yet">
        Nobody has listened here. Import a history or make the playground.
      </EmptyState>
    );
  }
  const before = isCompared ? (past.data ?? null) : null;
  return (
    <>
      <div className={styles['explorer']}>
        <section className={styles['box']}>
          <p className={styles['soft']}>
            {period.from} to {period.to}, {period.days} days in UTC
            {before && '; hollow marks: the period before'}
          </p>
          <Panels report={report} before={before} metric={metric} counting={counting} />
        </section>
        <MetricCard metric={metric} figures={report.figures} />
      </div>
      {isCompared && (
        <Answered query={past} waiting={<RowsSkeleton rows={3} />}>
          {(earlier) => <Changes now={report} before={earlier} metric={metric} counting={counting} />}
        </Answered>
      )}
    </>
  );
};

/** Success is judged unit by unit, which takes a while; everything else is answered at once. */
const Waiting = ({ metric, watch }: { metric: string; watch: string }) =>
  metric.startsWith('success_') ? (
    <Watching watch={watch} doing="Judging">
      <RowsSkeleton rows={6} />
    </Watching>
  ) : (
    <RowsSkeleton rows={6} />
  );

/** Studio: how people engage, by intent and device, each figure with its interval. */
export const MetricsPage = () => {
  const search = useSearch({ from: '/studio/metrics' });
  const metric = search.metric ?? 'skip_rate';
  const by = search.by ?? 'intent';
  const counting: Counting = search.count === 'events' ? 'events' : 'users';
  const period = { from: search.from, to: search.to };
  const list = useQuery(metricsQuery);
  const [watch] = useState(uuid);
  const report = useQuery(metricsReportQuery({ metrics: metric, by, ...period }, watch));
  const absence = useQuery(absenceQuery({ by: by.split(',')[0] ?? '', ...period }));
  const life = useQuery(lifeCycleQuery(period));
  const intents = useQuery(intentsQuery);
  return (
    <>
      <PageHead
        over="Studio"
        title="Metrics"
        lede="How people engage, for what, and on what: every figure with its interval."
      />
      <Answered query={list} waiting={<RowsSkeleton rows={1} />}>
        {({ metrics }) => <Choices metrics={metrics} metric={metric} by={by} />}
      </Answered>
      <Answered query={report} waiting={<Waiting metric={metric} watch={watch} />}>
        {(answer) => <Explorer report={answer} counting={counting} />}
      </Answered>
      <div className={styles['grid']}>
        <section className={styles['box']}>
          <Answered query={absence} waiting={<RowsSkeleton rows={4} />}>
            {(answer) => <Curves answer={answer} />}
          </Answered>
        </section>
        <section className={styles['box']}>
          <Answered query={life} waiting={<RowsSkeleton rows={4} />}>
            {(answer) => <Life answer={answer} />}
          </Answered>
        </section>
      </div>
      <section className={styles['box']}>
        <Answered query={intents} waiting={<RowsSkeleton rows={4} />}>
          {(answer) => <Intents answer={answer} />}
        </Answered>
      </section>
    </>
  );
};
