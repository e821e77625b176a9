import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Answered } from '../../components/answered.tsx';
import { buttonClass } from '../../components/button.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { importsQuery } from '../../queries.ts';
import { counted } from '../../words.ts';
import styles from './page.module.css';

/** Imports of this run of the server. */
export const Imports = () => (
  <section className={styles['panel']} aria-labelledby="imports">
    <h2 id="imports">Imports since the start</h2>
    <Answered query={useQuery(importsQuery)} waiting={<RowsSkeleton rows={2} />}>
      {({ imports }) =>
        imports.length === 0 ? (
          <p className={styles['soft']}>None since the server started.</p>
        ) : (
          <ul className={styles['imports']}>
            {imports.map((job) => (
              <li key={job.import_id}>
                <Link to="/start" search={{ job: job.import_id }}>
                  {job.file_name}
                </Link>{' '}
                <span className={styles['soft']}>
                  {job.state}
                  {job.report && `, ${counted(job.report.taken, 'row')} taken`} · {job.user_id}
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
    <div>
      <Link className={buttonClass('plain')} to="/start">
        Import a file
      </Link>
    </div>
  </section>
);
