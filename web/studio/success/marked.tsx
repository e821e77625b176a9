import styles from './page.module.css';
import { type Finding, markedLines } from './view.ts';

/** Lines with findings, each place marked with its message. */
export const Marked = ({ text, findings }: { text: string; findings: readonly Finding[] }) => {
  const lines = markedLines(text, findings).map((marks, n) => ({ number: n + 1, marks }));
  const told = lines.filter(({ marks }) => marks.some(({ finding }) => finding !== null));
  return (
    <section className={styles['marked']} aria-label="Places of the findings" tabIndex={-1}>
      {told.map(({ number, marks }) => (
        <p key={number}>
          <span className={styles['soft']}>{number} </span>
          {marks.map(({ text: part, finding }) =>
            finding === null ? (
              <code key={`plain ${part}`}>{part}</code>
            ) : (
              <mark
                key={`${finding.column} ${finding.message}`}
                className={styles[finding.severity]}
                title={finding.message}
              >
                {part}
              </mark>
            ),
          )}
        </p>
      ))}
    </section>
  );
};
