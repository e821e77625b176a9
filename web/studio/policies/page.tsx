import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { PolicyReplayWire, PolicySliceWire } from '#api';
import { Answered } from '../../components/answered.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Scroller } from '../../components/scroller.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { policyReplayQuery } from '../../queries.ts';
import { count } from '../../words.ts';
import table from '../decisions/page.module.css';
import { replayAsked } from './asked.ts';
import { Choices } from './choices.tsx';
import { DownstreamSection } from './downstream.tsx';
import { Forest } from './forest.tsx';
import styles from './page.module.css';
import { digits, outsideWords, replayedWords, ripsOf, sliceName, viewReport } from './view.ts';

const told = (estimate: NonNullable<ReturnType<typeof ripsOf>>): string => {
  if (!estimate.ok) return estimate.words;
  const { lower, upper } = estimate.interval;
  return `${digits(estimate.value)} (${digits(lower ?? estimate.value)} to ${digits(upper ?? estimate.value)})`;
};

const Slice = ({ slice }: { slice: PolicySliceWire }) => {
  const { report } = slice;
  const rips = report === null ? undefined : ripsOf(report);
  return (
    <tr>
      <th scope="row">{sliceName(slice)}</th>
      <td>{count(report?.shelves ?? 0)}</td>
      <td>{report === null ? '–' : told(report.logged)}</td>
      <td>{rips === undefined ? '–' : told(rips)}</td>
      <td className={styles['words']}>
        {report === null ? 'Nothing could be replayed.' : [report.trust.sentence, ...outsideWords(report)].join(' ')}
      </td>
    </tr>
  );
};

const Slices = ({ slices }: { slices: readonly PolicySliceWire[] }) => (
  <Scroller className={table['scroll']} label="By device and intent">
    <table className={table['table']}>
      <thead>
        <tr>
          {['Slice', 'Shelves', 'As logged', 'Replayed (RIPS)', 'To be trusted?'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {slices.map((slice) => (
          <Slice key={sliceName(slice)} slice={slice} />
        ))}
      </tbody>
    </table>
  </Scroller>
);

const Replay = ({ answer }: { answer: PolicyReplayWire }) => {
  const report = answer.slices[0]?.report;
  if (report === null || report === undefined) {
    return (
      <EmptyState icon="log" title="Nothing to replay">
        {answer.slates === 0
          ? 'No slates of this surface are in the log yet. Open a home or a weekly list, and play something from it.'
          : replayedWords(answer).join(' ')}
      </EmptyState>
    );
  }
  const view = viewReport(report);
  return (
    <>
      <p className={styles['trust']}>{[report.trust.sentence, ...outsideWords(report)].join(' ')}</p>
      {[...replayedWords(answer), standsOn(report)].map((words) => (
        <p key={words} className={styles['note']}>
          {words}
        </p>
      ))}
      {view.rows.length > 0 && <Forest view={view} sql={answer.sql} />}
      {view.missing.length > 0 && <p className={styles['note']}>Without a number: {view.missing.join('; ')}.</p>}
      <Slices slices={answer.slices} />
    </>
  );
};

const standsOn = ({ shelves, by_slot }: NonNullable<PolicySliceWire['report']>): string => {
  const deepest = by_slot.at(-1);
  const worth =
    deepest === undefined ? '' : `, worth ${count(Math.round(deepest.effective_size))} when whole shelves are weighed`;
  return `${count(shelves)} shelves${worth}. The weights are exact; intervals take listeners for independent, not their shelves.`;
};

/** What another policy would have earned on the slates in the log, and what their cards led to. */
export const PoliciesPage = () => {
  const asked = replayAsked(useSearch({ from: '/studio/policies' }));
  const query = useQuery(policyReplayQuery(asked));
  return (
    <>
      <PageHead
        over="Studio"
        title="Policies"
        lede="What would the pages have earned with another policy? Told from the log, without showing it to anyone."
      />
      <Choices />
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(answer) => <Replay answer={answer} />}
      </Answered>
      <DownstreamSection surface={asked.query.surface ?? 'home'} />
    </>
  );
};
