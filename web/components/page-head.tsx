import type { ReactNode } from 'react';
import styles from './page-head.module.css';

/** The head of a page; also names the browser's tab. */
export const PageHead = ({
  title,
  over,
  lede,
  actions,
}: {
  title: string;
  over?: string;
  lede?: ReactNode;
  actions?: ReactNode;
}) => (
  <header className={styles['head']}>
    <title>{`${title} · Ritornello`}</title>
    <div className={styles['words']}>
      {over && <p className={styles['over']}>{over}</p>}
      <h1>{title}</h1>
      {lede && <p className={styles['lede']}>{lede}</p>}
    </div>
    {actions && <div className={styles['actions']}>{actions}</div>}
  </header>
);
