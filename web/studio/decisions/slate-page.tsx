import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import type { Decision } from '#api';
import { askingWhy } from '../../address.ts';
import { Answered } from '../../components/answered.tsx';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { Scroller } from '../../components/scroller.tsx';
import { ShowSql } from '../../components/show-sql.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { decisionQuery } from '../../queries.ts';
import { moment, sourceWord, unsnake } from '../../words.ts';
import styles from './page.module.css';
import { type CardLine, decisionFacts, propensityWords, type ShelfLines, viewDecision } from './view.ts';

const COLUMNS = ['Slot', 'Item', 'Source', 'Scored by', 'Score', 'Propensity', 'Outcome', 'Why'];

const Line = ({ line: { card, outcome, reaction }, slateId }: { line: CardLine; slateId: string }) => {
  const navigate = useNavigate();
  const { item } = card;
  return (
    <tr>
      <td>{card.slot + 1}</td>
      <th scope="row">
        <Link to="/item/$itemId" params={{ itemId: item.item_id }}>
          {item.title}
        </Link>
        <span className={styles['artist']}>{item.artist ?? 'Artist unknown'}</span>
      </th>
      <td>{sourceWord(card.source)}</td>
      <td className={styles['code']}>{card.stage}</td>
      <td className={styles['number']}>{card.score.toPrecision(3)}</td>
      <td className={styles['number']}>
        {propensityWords(card.propensity)}
        {card.explored && (
          <span className={styles['explored']}>
            <Icon name="spark" size={12} />
            explored
          </span>
        )}
      </td>
      <td className={styles[reaction]}>{outcome}</td>
      <td>
        <IconButton
          icon="why"
          label={`Why ${item.title}?`}
          onClick={() => void navigate({ to: '.', search: askingWhy(slateId, item.item_id) })}
        />
      </td>
    </tr>
  );
};

const Shelf = ({ shelf, slateId }: { shelf: ShelfLines; slateId: string }) => (
  <section className={styles['shelf']}>
    <h2>{shelf.title}</h2>
    <p className={styles['soft']}>{shelf.need}</p>
    <Scroller className={styles['scroll']} label={`${shelf.title}: cards`}>
      <table className={styles['table']}>
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
          {shelf.lines.map((line) => (
            <Line key={line.card.item.item_id} line={line} slateId={slateId} />
          ))}
        </tbody>
      </table>
    </Scroller>
  </section>
);

const Verdict = ({ replays }: { replays: boolean }) => (
  <p className={replays ? styles['replays'] : styles['differs']}>
    <Icon name={replays ? 'check' : 'alert'} size={18} />
    {replays
      ? 'Drawn again from the logged candidates and seed: the identical slate.'
      : 'Drawn again from the logged candidates and seed, another slate came out. Do not evaluate on it.'}
  </p>
);

const Ready = ({ decision }: { decision: Decision }) => {
  const { slate } = decision;
  return (
    <>
      <Verdict replays={decision.replays} />
      <dl className={styles['facts']}>
        {decisionFacts(decision).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {viewDecision(decision).map((shelf) => (
        <Shelf key={shelf.shelf} shelf={shelf} slateId={slate.slate_id} />
      ))}
      <ShowSql sql={decision.sql} of="this decision" />
    </>
  );
};

/** One decision: every card with source, probability and outcome. */
export const SlatePage = () => {
  const { slateId } = useParams({ from: '/studio/slates/$slateId' });
  const query = useQuery(decisionQuery(slateId));
  const slate = query.data?.slate;
  return (
    <>
      <PageHead
        over="Studio · Decision"
        title={slate ? `${unsnake(slate.surface)} of ${slate.user_id}` : 'Decision'}
        lede={slate ? `Served ${moment(slate.created_at)}` : undefined}
        actions={<Link to="/studio/slates">All decisions</Link>}
      />
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(decision) => <Ready decision={decision} />}
      </Answered>
    </>
  );
};
