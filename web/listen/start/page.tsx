import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Brand } from '../../components/brand.tsx';
import { statusQuery } from '../../queries.ts';
import { DropZone } from './drop-zone.tsx';
import { Guides } from './guides.tsx';
import { ImportCard } from './import-card.tsx';
import styles from './page.module.css';
import { PlaygroundCard } from './playground-card.tsx';

/** The first page: bring your history, or look around in a made-up world first. */
export const StartPage = () => {
  const { job } = useSearch({ from: '/start' });
  const status = useQuery(statusQuery);
  const first = status.data?.data === 'empty';
  return (
    <div className={styles['page']}>
      <title>Begin · Ritornello</title>
      <header className={styles['hero']}>
        {first && <Brand />}
        <h1>Bring what you have listened to.</h1>
        <p>
          Ritornello reads your history on this machine, learns from it, and makes you a home with its reasons in the
          open. Nothing leaves this machine, and you can have all of it erased.
        </p>
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
