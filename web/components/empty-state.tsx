import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';
import styles from './notice.module.css';

/** Nothing to show, and what to do about it. */
export const EmptyState = ({
  icon,
  title,
  children,
  actions,
}: {
  icon: IconName;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) => (
  <section className={styles['box']}>
    <span className={styles['sign']}>
      <Icon name={icon} />
    </span>
    <h2>{title}</h2>
    <p className={styles['soft']}>{children}</p>
    {actions && <div className={styles['actions']}>{actions}</div>}
  </section>
);

/** One quiet line that tells something without asking for anything. */
export const NoticeLine = ({ icon, children }: { icon?: IconName; children: ReactNode }) => (
  <p className={styles['line']}>
    {icon && <Icon name={icon} size={17} />}
    <span>{children}</span>
  </p>
);
