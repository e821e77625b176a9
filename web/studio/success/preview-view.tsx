import type { PreviewAnswer } from '#api';
import { count, counted } from '../../words.ts';
import { OutcomeWords, ReasonList } from './outcome-view.tsx';
import styles from './page.module.css';

/** Whose label a changed definition would change, and why. */
export const PreviewView = ({ answer }: { answer: PreviewAnswer }) => {
  const { before, after, units, moves, value_changed: valueChanged, changes } = answer;
  const moved = moves.map((move) => `${count(move.units)} ${move.from} → ${move.to}`).join(', ');
  return (
    <section aria-live="polite">
      <h2 className={styles['part']}>What would change</h2>
      <p>
        On {counted(units, 'unit')} of the last four weeks, from {before} to {after}: {moved || 'no label changes'};{' '}
        {count(valueChanged)} more change their value.
      </p>
      <ul className={styles['units']}>
        {changes.map((change) => (
          <li key={change.unit_id}>
            <p>
              <strong>{change.user_id}</strong> <span className={styles['soft']}>{change.unit_id}</span>
            </p>
            <OutcomeWords outcome={change.before} />
            <ReasonList reasons={change.because_before} />
            <OutcomeWords outcome={change.after} />
            <ReasonList reasons={change.because_after} />
          </li>
        ))}
      </ul>
    </section>
  );
};
