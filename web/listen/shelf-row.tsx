import { useId, useRef } from 'react';
import type { Shelf } from '#api';
import { IconButton } from '../components/button.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { type CardContext, ItemCard } from './item-card.tsx';
import styles from './shelf-row.module.css';

const CHARACTER: Readonly<Record<Shelf['character'], { readonly icon: IconName; readonly word: string }>> = {
  familiar: { icon: 'repeat', word: 'You know these' },
  discovery: { icon: 'spark', word: 'New to you' },
  mixed: { icon: 'both', word: 'Known and new' },
};

export const Character = ({ of }: { of: Shelf['character'] }) => (
  <span className={styles[of]}>
    <Icon name={CHARACTER[of].icon} size={14} />
    {CHARACTER[of].word}
  </span>
);

/** A shelf: what it is for, and its cards side by side. */
export const ShelfRow = ({ shelf, context, nextId }: { shelf: Shelf; context: CardContext; nextId: string | null }) => {
  const list = useRef<HTMLUListElement>(null);
  const titleId = useId();
  const turn = (direction: 1 | -1) => {
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const left = direction * (list.current?.clientWidth ?? 0) * 0.8;
    list.current?.scrollBy({ left, behavior: calm ? 'instant' : 'smooth' });
  };
  return (
    <section className={styles['shelf']} id={`shelf-${shelf.shelf}`} aria-labelledby={titleId} tabIndex={-1}>
      <div className={styles['head']}>
        <div className={styles['words']}>
          <h2 id={titleId}>{shelf.title}</h2>
          <p className={styles['need']}>
            <Character of={shelf.character} />
            {shelf.need}
          </p>
        </div>
        <div className={styles['arrows']}>
          <IconButton icon="back" label={`${shelf.title}: back`} tabIndex={-1} onClick={() => turn(-1)} />
          <IconButton icon="on" label={`${shelf.title}: on`} tabIndex={-1} onClick={() => turn(1)} />
        </div>
      </div>
      {nextId !== null && (
        <a className={`unseen ${styles['next']}`} href={`#shelf-${nextId}`}>
          Skip to the next shelf
        </a>
      )}
      <ul className={styles['cards']} ref={list}>
        {shelf.cards.map((card) => (
          <li key={card.item.item_id}>
            <ItemCard card={card} context={context} />
          </li>
        ))}
      </ul>
      {shelf.short_because !== null && <p className={styles['short']}>{shelf.short_because}</p>}
    </section>
  );
};
