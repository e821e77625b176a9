import { toProblem } from '../problem.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './notice.module.css';

/** A failure in words: what it was, what to do, and the id under which the server's log knows it. */
export const ProblemView = ({ error, retry }: { error: unknown; retry?: () => void }) => {
  const problem = toProblem(error);
  return (
    <section className={`${styles['box']} ${styles['problem']}`} role="alert">
      <span className={styles['sign']}>
        <Icon name="alert" />
      </span>
      <h2>{problem.title}</h2>
      <p>{problem.detail}</p>
      {problem.fields.length > 0 && (
        <ul className={styles['fields']}>
          {problem.fields.map(({ field, reason }) => (
            <li key={field + reason}>
              <code>{field}</code>: {reason}
            </li>
          ))}
        </ul>
      )}
      <p className={styles['soft']}>{problem.remedy}</p>
      {retry && (
        <div className={styles['actions']}>
          <Button kind="plain" icon="refresh" onClick={retry}>
            Try again
          </Button>
        </div>
      )}
      {problem.requestId !== null && (
        <p className={styles['request']}>
          Request <code>{problem.requestId}</code> · <code>{problem.code}</code>
        </p>
      )}
    </section>
  );
};
