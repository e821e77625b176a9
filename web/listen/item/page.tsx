import { useQuery } from '@tanstack/react-query';
import type { ItemPage as ItemAnswer, ItemSummary } from '#api';
import { Answered } from '../../components/answered.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { Cover } from '../../components/cover.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { itemQuery } from '../../queries.ts';
import { clock, count, unsnake } from '../../words.ts';
import { ItemActs } from '../item-acts.tsx';
import { ItemRow, ItemRows } from '../item-row.tsx';
import { usePlayer } from '../player/player-context.tsx';
import { useFeelings, useReactions } from '../use-reactions.ts';
import styles from './page.module.css';
import { factsOf, yoursWords } from './view.ts';

const NOWHERE = { place: null, surface: null };

const Head = ({ userId, page }: { userId: string; page: ItemAnswer }) => {
  const { item } = page;
  const feelings = useFeelings(userId);
  const react = useReactions(userId);
  const player = usePlayer();
  return (
    <header className={styles['head']}>
      <title>{`${item.title} · Ritornello`}</title>
      <Cover item={item} className={styles['cover']} />
      <div className={styles['words']}>
        <p className={styles['type']}>
          {unsnake(item.type)}
          {item.duration_ms !== null && ` · ${clock(item.duration_ms)}`}
        </p>
        <h1>{item.title}</h1>
        <p className={styles['artist']}>{item.artist ?? 'Artist unknown'}</p>
        <p className={styles['yours']}>{yoursWords(page.yours, Date.now())}</p>
        <div className={styles['acts']}>
          <Button
            kind="main"
            icon="play"
            onClick={() => void player.play({ item, place: null, source: 'catalogue', because: null })}
          >
            Play
          </Button>
          <Button icon="radio" onClick={() => void player.startRadio(item.item_id)}>
            Start radio
          </Button>
          <ItemActs userId={userId} item={item} where={NOWHERE} feelings={feelings} react={react} />
        </div>
      </div>
    </header>
  );
};

const List = ({ title, items, empty }: { title: string; items: readonly ItemSummary[]; empty: string }) => {
  const player = usePlayer();
  return (
    <section className={styles['list']}>
      <h2>{title}</h2>
      {items.length === 0 ? (
        <p className={styles['empty']}>{empty}</p>
      ) : (
        <ItemRows label={title}>
          {items.map((item) => (
            <ItemRow
              key={item.item_id}
              item={item}
              play={() => void player.play({ item, place: null, source: 'catalogue', because: null })}
              end={
                <IconButton
                  icon="radio"
                  label={`Start radio from ${item.title}`}
                  onClick={() => void player.startRadio(item.item_id)}
                />
              }
            />
          ))}
        </ItemRows>
      )}
    </section>
  );
};

const Facts = ({ page }: { page: ItemAnswer }) => (
  <dl className={styles['facts']}>
    {factsOf(page).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
    <div>
      <dt>Played here</dt>
      <dd>
        {count(page.plays)} times by {count(page.listeners)}
      </dd>
    </div>
  </dl>
);

/** One item: what it is, what the listener made of it, and what is like it. */
export const ItemPage = ({ itemId, userId }: { itemId: string; userId: string }) => {
  const query = useQuery(itemQuery(itemId, userId));
  return (
    <Answered query={query} heading="Item" waiting={<RowsSkeleton rows={6} />}>
      {(page) => (
        <>
          <Head userId={userId} page={page} />
          <Facts page={page} />
          <div className={styles['lists']}>
            <List
              title="Like this"
              items={page.similar.map(({ item }) => item)}
              empty="Nothing like it is known yet: too few people have played it."
            />
            <List
              title={`More by ${page.item.artist ?? 'this artist'}`}
              items={page.more_by_artist}
              empty="Nothing else of theirs is here."
            />
          </div>
        </>
      )}
    </Answered>
  );
};
