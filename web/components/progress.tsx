import styles from './progress.module.css';

/** How far something is, in words and as a bar; `ratio` is null where the end is not known. */
export const Progress = ({ words, ratio }: { words: string; ratio: number | null }) => (
  <div className={styles['progress']}>
    <p>{words}</p>
    <progress max={1} {...(ratio !== null && { value: ratio })} aria-label={words} />
  </div>
);
