import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LabRunWire, LabWire } from '#api';
import { call } from '../../client.ts';
import { Answered } from '../../components/answered.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState, NoticeLine } from '../../components/empty-state.tsx';
import { PageHead } from '../../components/page-head.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { Progress } from '../../components/progress.tsx';
import { RowsSkeleton } from '../../components/skeleton.tsx';
import { labQuery } from '../../queries.ts';
import { count, counted } from '../../words.ts';
import { type Asked, Choices } from './choices.tsx';
import { Curves } from './curves.tsx';
import { LifeView } from './life.tsx';
import styles from './page.module.css';
import { runWords, verdict } from './view.ts';

const Run = ({ run, cancel }: { run: LabRunWire; cancel: () => void }) => {
  const { state, progress, request, result, error } = run;
  if (state === 'running') {
    return (
      <section className={styles['running']} aria-label="Run under way">
        <Progress words={runWords(run)} ratio={progress.total === null ? null : progress.done / progress.total} />
        <Button icon="close" onClick={cancel}>
          Cancel
        </Button>
      </section>
    );
  }
  if (state === 'failed') return <NoticeLine icon="alert">The run failed: {error}.</NoticeLine>;
  if (state === 'interrupted') {
    return (
      <NoticeLine icon="alert">
        The server ended during this run, and nothing of it is kept. Run begins it anew, and comes to the same.
      </NoticeLine>
    );
  }
  if (result === null) return <NoticeLine>The run was cancelled: nothing of it is kept.</NoticeLine>;
  return (
    <>
      <p className={styles['verdict']}>{verdict(result, request)}</p>
      <p className={styles['note']}>
        {counted(request.worlds, 'world')} “{request.world}” of {request.listeners} listeners each, the same people
        under both policies; {count(result.events)} events. Bands are 95 % intervals over worlds (t).
      </p>
      <Curves result={result} request={request} />
      <LifeView result={result} request={request} />
    </>
  );
};

const Bench = ({ lab }: { lab: LabWire }) => {
  const client = useQueryClient();
  const keep = (answer: LabWire) => client.setQueryData(labQuery.queryKey, answer);
  const start = useMutation({
    mutationFn: (asked: Asked) => call('startLab', { query: { ...asked } }),
    onSuccess: keep,
  });
  const cancel = useMutation({
    mutationFn: () => call('cancelLab'),
    onSuccess: keep,
    // It had ended by itself.
    onError: () => void client.invalidateQueries({ queryKey: labQuery.queryKey }),
  });
  return (
    <>
      <Choices lab={lab} run={(asked) => start.mutate(asked)} />
      {start.error && <ProblemView error={start.error} />}
      {lab.run === null ? (
        <EmptyState icon="flask" title="Nothing has been tried yet">
          Choose a world and two policies. The same made-up people live once under each; their truth is known, so it can
          be told who was right.
        </EmptyState>
      ) : (
        <Run run={lab.run} cancel={() => cancel.mutate()} />
      )}
    </>
  );
};

/** Two policies in worlds whose truth is known. */
export const LabPage = () => {
  const query = useQuery(labQuery);
  return (
    <>
      <PageHead
        over="Studio"
        title="Lab"
        lede="Made-up worlds whose truth is known: try two policies on the same people, and see when the short term and the long term part."
      />
      <Answered query={query} waiting={<RowsSkeleton />}>
        {(lab) => <Bench lab={lab} />}
      </Answered>
    </>
  );
};
