import styles from './skeleton.module.css';

const times = (n: number) => Array.from({ length: n }, (_, at) => at);

export const Bar = ({ width = '100%', height = '1rem' }: { width?: string; height?: string }) => (
  <span className={styles['bar']} style={{ width, height }} />
);

/** Shelves of cards that are on their way. */
export const ShelvesSkeleton = ({ shelves = 3 }: { shelves?: number }) =>
  times(shelves).map((shelf) => (
    <div key={shelf} className={styles['shelf']}>
      <Bar width="14rem" height="1.5rem" />
      <div className={styles['cards']}>
        {times(7).map((card) => (
          <div key={card} className={styles['card']}>
            <span className={`${styles['bar']} ${styles['square']}`} />
            <Bar width="80%" />
            <Bar width="50%" height="0.8rem" />
          </div>
        ))}
      </div>
    </div>
  ));

export const RowsSkeleton = ({ rows = 8 }: { rows?: number }) => (
  <div className={styles['rows']}>
    {times(rows).map((row) => (
      <Bar key={row} height="3.25rem" />
    ))}
  </div>
);
