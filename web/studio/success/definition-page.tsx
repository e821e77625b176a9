import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { DefinitionPage } from '#api';
import { Answered } from '../../components/answered.tsx';
import { buttonClass } from '../../components/button.tsx';
import { NoticeLine } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ShowSql } from '../../components/show-sql.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { unsnake } from '../../words.ts';
import { OutcomeWords, ReasonList, TimelineView } from './outcome-view.tsx';
import { OutcomesView } from './outcomes-view.tsx';
import styles from './page.module.css';
import { definitionQuery } from './queries.ts';
import { aUnit } from './view.ts';

const CLAUSES = {
  unknown: 'Cannot be told when',
  failed: 'Failed when',
  achieved: 'Achieved when',
  value: 'Value, 0 to 1',
  effort: 'Effort',
} as const;

const Expressions = ({ page: { lets, clauses, polarity } }: { page: DefinitionPage }) => (
  <dl className={styles['expressions']}>
    {lets.map(({ name, text }) => (
      <div key={name}>
        <dt>
          let {name}
          {polarity[name] !== undefined && <span className={styles['soft']}> ({polarity[name]})</span>}
        </dt>
        <dd>
          <code>{text}</code>
        </dd>
      </div>
    ))}
    {Object.entries(CLAUSES).map(([clause, words]) => {
      const text = clauses[clause as keyof typeof CLAUSES];
      return text === null ? null : (
        <div key={clause}>
          <dt>{words}</dt>
          <dd>
            <code>{text}</code>
          </dd>
        </div>
      );
    })}
  </dl>
);

const Examples = ({ examples }: { examples: DefinitionPage['examples'] }) => (
  <section>
    <h2 className={styles['part']}>Examples, as they come out now</h2>
    <ul className={styles['units']}>
      {examples.map(({ title, outcome, reasons, timeline, differences }) => (
        <li key={title}>
          <h3>{title}</h3>
          <OutcomeWords outcome={outcome} />
          {differences.map((each) => (
            <NoticeLine key={each} icon="alert">
              {each}
            </NoticeLine>
          ))}
          <ReasonList reasons={reasons} />
          <TimelineView timeline={timeline} />
        </li>
      ))}
    </ul>
  </section>
);

const holdsFor = (cells: DefinitionPage['row']['holds_for']): string => {
  const named = Object.entries(cells).flatMap(([dimension, words]) =>
    words === null ? [] : [`${unsnake(dimension)}: ${words.map(unsnake).join(', ')}`],
  );
  return named.length === 0 ? 'everywhere' : named.join(' · ');
};

const Shown = ({ page }: { page: DefinitionPage }) => {
  const { row, rationale, examples, sql } = page;
  const name = `${row.name}@${row.version}`;
  return (
    <>
      <PageHead
        over="Success"
        title={unsnake(row.name)}
        lede={row.question}
        actions={
          <Link className={buttonClass('main')} to="/studio/success/$name/edit" params={{ name }}>
            Change a copy
          </Link>
        }
      />
      <p>{rationale}</p>
      <p className={styles['soft']}>
        Version {row.version} · of {aUnit(row.unit)} · horizon {row.horizon} · {holdsFor(row.holds_for)}
        {row.decides ? '' : ' · an older version'}
      </p>
      <h2 className={styles['part']}>How it is told</h2>
      <Expressions page={page} />
      <ShowSql sql={sql} of="definition" named />
      {examples.length > 0 && <Examples examples={examples} />}
      <OutcomesView name={name} unit={row.unit} />
    </>
  );
};

/** One definition: what it asks, how it is told, and what it says of examples and of listeners. */
export const SuccessDefinitionPage = () => {
  const { name } = useParams({ from: '/studio/success/$name' });
  const query = useQuery(definitionQuery(name));
  return (
    <Answered query={query} waiting={<RowsSkeleton />} heading="Definition">
      {(page) => <Shown page={page} />}
    </Answered>
  );
};
