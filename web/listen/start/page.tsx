import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Brand } from '../../components/brand.tsx';
import { Cover } from '../../components/cover.tsx';
import { isBare, statusQuery } from '../../queries.ts';
import { DropZone } from './drop-zone.tsx';
import { Guides } from './guides.tsx';
import { ImportCard } from './import-card.tsx';
import styles from './page.module.css';
import { PlaygroundCard } from './playground-card.tsx';

/** A few covers as they are drawn for what has none of its own. */
const COVERS = ['passage', 'returns', 'theme', 'answer', 'canon', 'refrain'].map((name, at) => ({
  item_id: `track:${name}`,
  type: 'track' as const,
  artist: `${at}`,
  artist_id: null,
  image_url: null,
}));

/** The first page: bring your history, or look around in a made-up world first. */
export const StartPage = () => {
  const { job } = useSearch({ from: '/start' });
  const status = useQuery(statusQuery);
  const first = status.data !== undefined && isBare(status.data);
  return (
    <div className={styles['page']}>
      <title>Begin · Ritornello</title>
      <header className={styles['hero']}>
        <div className={styles['words']}>
          {first && <Brand />}
          <h1>Bring what you have listened to.</h1>
          <p>
            Ritornello reads your history on this machine, learns from it, and makes you a home with its reasons in the
            open. Nothing leaves this machine, and you can have all of it erased.
          </p>
        </div>
        <div className={styles['covers']}>
          {COVERS.map((cover) => (
            <Cover key={cover.item_id} item={cover} />
          ))}
        </div>
      </header>
      <div className={styles['ways']}>
        <section className={styles['way']} aria-label="Your history">
          {job === undefined ? (
            <DropZone playground={status.data?.playground !== 'absent'} />
          ) : (
            <ImportCard importId={job} />
          )}
        </section>
        <Guides />
      </div>
      {status.data && job === undefined && <PlaygroundCard status={status.data} />}
    </div>
  );
};
