import styles from './share-bars.module.css';

export interface ShareBar {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly said: string;
}

/** Values side by side, longest first as given; each bar is told in words beside it. */
export const ShareBars = ({ bars, colour }: { bars: readonly ShareBar[]; colour: string }) => {
  const most = Math.max(...bars.map(({ value }) => value));
  return (
    <ol className={styles['bars']}>
      {bars.map(({ key, name, value, said }) => (
        <li key={key}>
          <span>{name}</span>
          <span className={styles['said']}>{said}</span>
          <span className={styles['track']}>
            <span style={{ width: `${most > 0 ? (value / most) * 100 : 0}%`, background: colour }} />
          </span>
        </li>
      ))}
    </ol>
  );
};
