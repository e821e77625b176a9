import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ImportJob, ImportReportWire } from '#api';
import { Answered } from '../../components/answered.tsx';
import { buttonClass } from '../../components/button.tsx';
import { Progress } from '../../components/progress.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { importQuery } from '../../queries.ts';
import { count } from '../../words.ts';
import styles from './page.module.css';
import { type Line, viewProgress, viewReport } from './view.ts';

const Lines = ({ title, of }: { title: string; of: readonly Line[] }) =>
  of.length === 0 ? null : (
    <section>
      <h3>{title}</h3>
      <ul className={styles['lines']}>
        {of.map(({ rows, words }) => (
          <li key={words}>
            <strong>{count(rows)}</strong> {words}
          </li>
        ))}
      </ul>
    </section>
  );

export const ImportReport = ({ report }: { report: ImportReportWire }) => {
  const view = viewReport(report);
  return (
    <div className={styles['report']}>
      <p className={styles['headline']}>{view.headline}</p>
      <p>
        {view.range} {view.taken} {view.repeated}
      </p>
      <Lines title="Left out" of={view.dropped} />
      {view.refused && <p>{view.refused}</p>}
      {view.noted.length > 0 && (
        <details>
          <summary>Worth knowing about what was taken</summary>
          <Lines title="Of these rows" of={view.noted} />
        </details>
      )}
      <p className={styles['soft']}>{view.work}</p>
    </div>
  );
};

const OpenHome = ({ job }: { job: ImportJob }) => {
  const client = useQueryClient();
  const fresh = () => void client.invalidateQueries();
  return (
    <div className={styles['actions']}>
      <Link className={buttonClass('main')} to="/" search={{ user: job.user_id }} onClick={fresh}>
        Open my home
      </Link>
      <Link className={buttonClass('plain')} to="/start" search={{ job: undefined }} onClick={fresh}>
        Add another file
      </Link>
    </div>
  );
};

const Standing = ({ job }: { job: ImportJob }) => {
  const title = {
    running: 'Reading your history',
    learning: 'Learning',
    done: 'Your history is here',
    failed: 'The import failed',
  };
  return (
    <div className={styles['standing']} aria-live="polite">
      <h2>{title[job.state]}</h2>
      <p className={styles['soft']}>{job.file_name}</p>
      {job.state === 'running' && <Progress {...viewProgress('Reading', job.progress)} />}
      {job.state === 'learning' && <Progress {...viewProgress('Learning what you like', job.progress)} />}
      {job.state === 'failed' && <p className={styles['failed']}>{job.error ?? 'No reason was given.'}</p>}
      {job.report && <ImportReport report={job.report} />}
      {job.state === 'done' && <OpenHome job={job} />}
      {job.state === 'failed' && (
        <Link className={buttonClass('plain')} to="/start" search={{ job: undefined }}>
          Choose another file
        </Link>
      )}
    </div>
  );
};

/** One import: how it stands, then what became of each row. */
export const ImportCard = ({ importId }: { importId: string }) => (
  <Answered query={useQuery(importQuery(importId))} waiting={<RowsSkeleton rows={4} />}>
    {(job) => <Standing job={job} />}
  </Answered>
);
