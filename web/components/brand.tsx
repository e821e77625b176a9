import styles from './brand.module.css';

/** The repeat sign: where the passage that comes back comes back. */
export const Brand = ({ withName = true }: { withName?: boolean }) => (
  <span className={styles['brand']}>
    <svg viewBox="0 0 26 30" width="24" height="28" aria-hidden="true" focusable="false">
      <circle cx="3.5" cy="10.5" r="3" />
      <circle cx="3.5" cy="19.5" r="3" />
      <rect x="10" y="1" width="2.6" height="28" rx="1.3" />
      <rect x="16.5" y="1" width="8" height="28" rx="1.3" />
    </svg>
    {withName && <span className={styles['name']}>Ritornello</span>}
  </span>
);
