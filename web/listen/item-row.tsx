import { Link } from '@tanstack/react-router';
import type { ReactNode, Ref } from 'react';
import type { ItemSummary } from '#api';
import { Cover } from '../components/cover.tsx';
import { Icon } from '../components/icon.tsx';
import { clock } from '../words.ts';
import styles from './item-row.module.css';

export const ItemRows = ({ children, label }: { children: ReactNode; label: string }) => (
  <ol className={styles['rows']} aria-label={label}>
    {children}
  </ol>
);

/** One item in a list. `play` puts a button on its cover; `end` holds what can be done with it. */
export const ItemRow = ({
  item,
  lead,
  note,
  mark = null,
  play,
  opened,
  end,
  ref,
}: {
  item: ItemSummary;
  lead?: ReactNode;
  note?: string | null;
  mark?: string | null;
  play?: () => void;
  opened?: () => void;
  end?: ReactNode;
  ref?: Ref<HTMLLIElement>;
}) => (
  <li
    className={lead === undefined ? styles['row'] : `${styles['row']} ${styles['led']}`}
    ref={ref}
    data-item={item.item_id}
  >
    {lead !== undefined && <span className={styles['lead']}>{lead}</span>}
    {play ? (
      <button type="button" className={styles['cover']} aria-label={`Play ${item.title}`} onClick={play}>
        <Cover item={item} className={styles['art']} />
        <span className={styles['sign']}>
          <Icon name="play" />
        </span>
      </button>
    ) : (
      <Cover item={item} className={styles['art']} />
    )}
    <div className={styles['words']}>
      <Link className={styles['title']} to="/item/$itemId" params={{ itemId: item.item_id }} onClick={opened}>
        {item.title}
      </Link>
      {mark !== null && (
        <span className={styles['chip']}>
          <Icon name="spark" size={12} />
          {mark}
        </span>
      )}
      {item.artist !== null && <p className={styles['artist']}>{item.artist}</p>}
      {note && <p className={styles['note']}>{note}</p>}
    </div>
    <div className={styles['end']}>
      {item.duration_ms !== null && <span className={styles['length']}>{clock(item.duration_ms)}</span>}
      {end}
    </div>
  </li>
);
