import styles from './show-sql.module.css';

/** The query behind what is drawn; nothing when the answer carries none. */
export const ShowSql = ({ sql, of, named = false }: { sql: string | undefined; of: string; named?: boolean }) =>
  sql === undefined ? null : (
    <details className={styles['sql']}>
      <summary>
        Show SQL <span className={named ? undefined : 'unseen'}>of {of}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre tabIndex={0}>
        <code>{sql}</code>
      </pre>
    </details>
  );
