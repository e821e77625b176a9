import { memo } from 'react';
import type { ItemSummary } from '#api';
import styles from './cover.module.css';
import { coverArt } from './cover-art.ts';

type Subject = Pick<ItemSummary, 'item_id' | 'type' | 'artist' | 'artist_id' | 'image_url'>;

/** The item's own picture, or one drawn from its ids. Says nothing that the title beside it does not: hidden from readers. */
export const Cover = memo(({ item, className }: { item: Subject; className?: string | undefined }) => {
  const shape = [styles['cover'], item.type === 'artist' ? styles['artist'] : undefined, className].filter(Boolean);
  return (
    <span className={shape.join(' ')} aria-hidden="true">
      {item.image_url === null ? <Drawn item={item} /> : <img src={item.image_url} alt="" loading="lazy" />}
    </span>
  );
});
Cover.displayName = 'Cover';

const Drawn = ({ item }: { item: Subject }) => {
  const { ground, figures } = coverArt(item.item_id, item.artist_id ?? item.artist ?? item.item_id);
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="xMidYMid slice" focusable="false" aria-hidden="true">
      <rect width="100" height="100" fill={ground} />
      {figures.map(({ d, fill, stroke, width, opacity }) => (
        <path key={d + fill} d={d} fill={fill} stroke={stroke} strokeWidth={width} opacity={opacity} />
      ))}
    </svg>
  );
};
