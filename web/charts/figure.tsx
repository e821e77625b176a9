import type { ReactNode } from 'react';
import { ShowSql } from '../components/show-sql.tsx';
import styles from './figure.module.css';

/** A chart with its title, what it says in words (which is what is read out), and its query. */
export const Figure = ({
  title,
  said,
  sql,
  children,
}: {
  title: string;
  said: string;
  sql?: string | undefined;
  children: ReactNode;
}) => (
  <figure className={styles['figure']}>
    <h2>{title}</h2>
    <figcaption className={styles['said']}>{said}</figcaption>
    {children}
    <ShowSql sql={sql} of={title} />
  </figure>
);

export const Legend = ({ of }: { of: readonly (readonly [string, string])[] }) => (
  <ul className={styles['legend']}>
    {of.map(([name, colour]) => (
      <li key={name}>
        <span style={{ background: colour }} />
        {name}
      </li>
    ))}
  </ul>
);
