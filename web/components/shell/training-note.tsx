import type { Status } from '#api';
import { NoticeLine } from '../empty-state.tsx';
import styles from './training-note.module.css';

/** While something is being learned: pages may change when it is done. */
export const TrainingNote = ({ status }: { status: Status }) => {
  if (status.training !== 'running') return null;
  const { training_progress: progress } = status;
  const far = progress?.total ? ` ${Math.round((100 * progress.done) / progress.total)} %` : '';
  return (
    <div className={styles['note']} role="status">
      <NoticeLine icon="refresh">Learning…{far} Pages get better when this is done.</NoticeLine>
    </div>
  );
};
