import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useId } from 'react';
import type { SlateRow } from '#api';
import { before, onlyOf } from '../../address.ts';
import { Answered } from '../../components/answered.tsx';
import { buttonClass } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ShowSql } from '../../components/show-sql.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { slatesQuery } from '../../queries.ts';
import { count, moment, unsnake } from '../../words.ts';
import styles from './page.module.css';

/** Surfaces that slates are made for now. */
const SURFACES: readonly SlateRow['surface'][] = ['home', 'weekly_discovery', 'radio'];
const PAGE = 50;

const Filters = () => {
  const navigate = useNavigate({ from: '/studio/slates' });
  const { of, surface } = useSearch({ from: '/studio/slates' });
  const ids = { of: useId(), surface: useId() };
  return (
    <form
      className={styles['filters']}
      onSubmit={(event) => {
        event.preventDefault();
        const asked = new FormData(event.currentTarget);
        const word = (name: string) => String(asked.get(name) ?? '').trim() || undefined;
        void navigate({ search: onlyOf(word('of'), word('surface')) });
      }}
    >
      <label htmlFor={ids.of}>
        Listener
        <input id={ids.of} name="of" key={of} defaultValue={of} placeholder="any" />
      </label>
      <label htmlFor={ids.surface}>
        Surface
        <select id={ids.surface} name="surface" key={surface} defaultValue={surface ?? ''}>
          <option value="">any</option>
          {SURFACES.map((each) => (
            <option key={each} value={each}>
              {unsnake(each)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className={buttonClass('plain')}>
        Find
      </button>
    </form>
  );
};

const Table = ({ slates }: { slates: readonly SlateRow[] }) => (
  <section className={styles['scroll']} aria-label="Decisions" tabIndex={-1}>
    <table className={styles['table']}>
      <thead>
        <tr>
          {['When', 'Listener', 'Surface', 'Cards', 'Explored', 'Fallback', 'Model'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {slates.map((slate) => (
          <tr key={slate.slate_id}>
            <th scope="row">
              <Link to="/studio/slates/$slateId" params={{ slateId: slate.slate_id }}>
                {moment(slate.at)}
              </Link>
            </th>
            <td>{slate.user_id}</td>
            <td>{unsnake(slate.surface)}</td>
            <td>{count(slate.cards)}</td>
            <td>{count(slate.explored)}</td>
            <td>{slate.fallback === null ? '–' : unsnake(slate.fallback)}</td>
            <td className={styles['code']}>{slate.model}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** The decision log: every slate that was served. */
export const DecisionsPage = () => {
  const { of, surface, before: until } = useSearch({ from: '/studio/slates' });
  const query = useQuery(slatesQuery({ user_id: of, surface, before: until }));
  return (
    <>
      <PageHead over="Studio" title="Decisions" lede="Every page that was served, with what was chosen and why." />
      <Filters />
      <Answered query={query} waiting={<RowsSkeleton />}>
        {({ slates, sql }) => (
          <>
            {slates.length === 0 ? (
              <EmptyState icon="log" title="No decisions here">
                None match. Open a home or a weekly list, or ask for less.
              </EmptyState>
            ) : (
              <Table slates={slates} />
            )}
            <div className={styles['foot']}>
              {until !== undefined && (
                <Link className={buttonClass('plain')} to="." search={before(undefined)}>
                  Newest
                </Link>
              )}
              {slates.length === PAGE && (
                <Link className={buttonClass('plain')} to="." search={before(slates.at(-1)?.at)}>
                  Older
                </Link>
              )}
            </div>
            <ShowSql sql={sql} of="decisions" />
          </>
        )}
      </Answered>
    </>
  );
};
