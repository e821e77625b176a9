import { useState } from 'react';
import type { ItemSummary } from '#api';
import { Button } from '../../components/button.tsx';
import type { Reaction } from '../events/wire-event.ts';
import { ItemRow, ItemRows } from '../item-row.tsx';
import { useReactions } from '../use-reactions.ts';
import styles from './page.module.css';

const FIRST = 8;

/** What the listener likes, hides or dislikes; `back` is how each is taken back, null where it cannot be. */
export const FeelingList = ({
  userId,
  title,
  items,
  back,
  word,
  empty,
}: {
  userId: string;
  title: string;
  items: readonly ItemSummary[];
  back: Reaction | null;
  word: string;
  empty: string;
}) => {
  const react = useReactions(userId);
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, FIRST);
  return (
    <section>
      <h2>
        {title} <span className={styles['number']}>{items.length}</span>
      </h2>
      {items.length === 0 && <p className={styles['soft']}>{empty}</p>}
      {items.length > 0 && (
        <ItemRows label={title}>
          {shown.map((item) => (
            <ItemRow
              key={item.item_id}
              item={item}
              end={
                back && (
                  <Button kind="quiet" onClick={() => void react(back, item, { place: null, surface: 'library' })}>
                    {word}
                    <span className="unseen">: {item.title}</span>
                  </Button>
                )
              }
            />
          ))}
        </ItemRows>
      )}
      {items.length > shown.length && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      )}
    </section>
  );
};
