import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Overview, Status } from '#api';
import { call } from '../../client.ts';
import { Button } from '../../components/button.tsx';
import { NoticeLine } from '../../components/empty-state.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { Progress } from '../../components/progress.tsx';
import { viewProgress } from '../../listen/start/view.ts';
import { overviewQuery, statusQuery } from '../../queries.ts';
import styles from './page.module.css';
import { modelWords } from './view.ts';

/** Asks for the overview again when a training has come to its end. */
const useFreshModel = (status: Status | undefined) => {
  const client = useQueryClient();
  const before = useRef(status?.training);
  useEffect(() => {
    if (before.current === 'running' && status?.training !== 'running') {
      void client.invalidateQueries({ queryKey: overviewQuery.queryKey });
    }
    before.current = status?.training;
  }, [client, status?.training]);
};

/** The model in use, and learning again. */
export const ModelCard = ({ model }: { model: Overview['model'] }) => {
  const client = useQueryClient();
  const status = useQuery(statusQuery);
  useFreshModel(status.data);
  const training = useMutation({
    mutationFn: () => call('train'),
    onSuccess: (next) => client.setQueryData(statusQuery.queryKey, next),
  });
  const running = status.data?.training === 'running';
  return (
    <section className={styles['panel']} aria-labelledby="model">
      <h2 id="model">Model in use</h2>
      {model === null ? (
        <p className={styles['soft']}>None yet: nothing has been learned. Import a history or make the playground.</p>
      ) : (
        <>
          <p>{modelWords(model, Date.now())}</p>
          <ul className={styles['chips']}>
            {model.models.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
          {model.notes.map((note) => (
            <NoticeLine key={note} icon="why">
              {note}
            </NoticeLine>
          ))}
          <p className={styles['version']}>
            Version <code>{model.version}</code>
          </p>
        </>
      )}
      {status.data?.training === 'failed' && (
        <NoticeLine icon="alert">
          The last training failed; its reason stands in the log. The model before it serves on.
        </NoticeLine>
      )}
      {running && <Progress {...viewProgress('Learning', status.data?.training_progress ?? null)} />}
      {training.isError && <ProblemView error={training.error} />}
      <div>
        <Button icon="refresh" onClick={() => training.mutate()} disabled={running || training.isPending}>
          {running ? 'Learning…' : 'Learn again now'}
        </Button>
      </div>
    </section>
  );
};
