import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useId } from 'react';
import { POLICY_REWARDS, type PolicyReplayWire, type PolicySliceWire } from '#api';
import { Answered } from '../../components/answered.tsx';
import { buttonClass } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { policyReplayQuery } from '../../queries.ts';
import { count, unsnake } from '../../words.ts';
import table from '../decisions/page.module.css';
import { Forest } from './forest.tsx';
import styles from './page.module.css';
import { digits, replayedWords, ripsOf, sliceName, viewReport } from './view.ts';

const SURFACES = ['home', 'weekly_discovery', 'radio'] as const;
const FACTORS = ['0', '0.25', '0.5', '2'] as const;

const FACTOR_WORDS: Readonly<Record<(typeof FACTORS)[number], string>> = {
  '0': 'none at all',
  '0.25': 'a quarter',
  '0.5': 'half',
  '2': 'twice',
};

const REWARD_WORDS: Readonly<Record<(typeof POLICY_REWARDS)[number], string>> = {
  played: 'it was played',
  listened_30s: 'it was heard for 30 s',
};

const Choices = () => {
  const navigate = useNavigate({ from: '/studio/policies' });
  const { surface, factor, reward } = useSearch({ from: '/studio/policies' });
  const ids = { surface: useId(), factor: useId(), reward: useId() };
  return (
    <form
      className={table['filters']}
      onSubmit={(event) => {
        event.preventDefault();
        const asked = new FormData(event.currentTarget);
        const word = (name: string) => String(asked.get(name));
        void navigate({ search: { surface: word('surface'), factor: word('factor'), reward: word('reward') } });
      }}
    >
      <label htmlFor={ids.surface}>
        Surface
        <select id={ids.surface} name="surface" key={surface} defaultValue={surface ?? 'home'}>
          {SURFACES.map((each) => (
            <option key={each} value={each}>
              {unsnake(each)}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={ids.factor}>
        Exploration, of what it was
        <select id={ids.factor} name="factor" key={factor} defaultValue={factor ?? '0.5'}>
          {FACTORS.map((each) => (
            <option key={each} value={each}>
              {FACTOR_WORDS[each]}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={ids.reward}>
        A card earns 1 when
        <select id={ids.reward} name="reward" key={reward} defaultValue={reward ?? 'played'}>
          {POLICY_REWARDS.map((each) => (
            <option key={each} value={each}>
              {REWARD_WORDS[each]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className={buttonClass('plain')}>
        Replay
      </button>
    </form>
  );
};

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
      <td className={styles['words']}>{report?.trust.sentence ?? 'Nothing could be replayed.'}</td>
    </tr>
  );
};

const Slices = ({ slices }: { slices: readonly PolicySliceWire[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
  <section className={table['scroll']} aria-label="By device and intent" tabIndex={0}>
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
  </section>
);

const Replay = ({ answer }: { answer: PolicyReplayWire }) => {
  const report = answer.slices[0]?.report;
  if (report === null || report === undefined) {
    return (
      <EmptyState icon="log" title="Nothing to replay">
        {answer.slates === 0
          ? 'No slates of this surface are in the log yet. Open a home or a weekly list, and play something from it.'
          : replayedWords(answer)}
      </EmptyState>
    );
  }
  const view = viewReport(report);
  const deepest = report.by_slot.at(-1);
  return (
    <>
      <p className={styles['trust']}>{report.trust.sentence}</p>
      <p className={styles['note']}>
        {replayedWords(answer)} {count(report.shelves)} shelves
        {deepest !== undefined && `, worth ${count(Math.round(deepest.effective_size))} when whole shelves are weighed`}
        . The weights are exact; shelves of one listener are not independent, so intervals are somewhat narrow.
      </p>
      <Forest view={view} sql={answer.sql} />
      {view.missing.length > 0 && <p className={styles['note']}>Without a number: {view.missing.join('; ')}.</p>}
      <Slices slices={answer.slices} />
    </>
  );
};

/** What another policy would have earned on the slates in the log. */
export const PoliciesPage = () => {
  const { surface, factor, reward } = useSearch({ from: '/studio/policies' });
  const query = useQuery(policyReplayQuery({ surface, exploration_factor: factor, reward }));
  return (
    <>
      <PageHead
        over="Studio"
        title="Policies"
        lede="What would the pages have earned with another share of exploration? Told from the log, without showing it to anyone."
      />
      <Choices />
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(answer) => <Replay answer={answer} />}
      </Answered>
    </>
  );
};
