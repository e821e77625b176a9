import type { Profile } from '#api';
import { counted, percent } from '../../words.ts';
import styles from './page.module.css';
import { breadthWords } from './view.ts';

/** How broad the taste is, and how much is given to exploration because of it. */
export const Breadth = ({ profile }: { profile: Profile }) => {
  const score = profile.breadth.generalist_specialist;
  return (
    <div className={styles['breadth']}>
      <h2>How far you roam</h2>
      <p className={styles['large']}>{counted(profile.breadth.artists, 'artist')}</p>
      {score !== null && (
        <div className={styles['scale']}>
          <span className={styles['line']}>
            <span style={{ left: `${(1 - score) * 100}%` }} />
          </span>
          <span className={styles['ends']}>
            <span>One corner of music</span>
            <span>All over it</span>
          </span>
        </div>
      )}
      <p>{breadthWords(profile)}</p>
      <h2>Room for new things</h2>
      <p className={styles['large']}>{percent(profile.exploration.share)}</p>
      <p>{profile.exploration.words}</p>
    </div>
  );
};
