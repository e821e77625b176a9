import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Status } from '#api';
import { call } from '../../client.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { ProblemView } from '../../components/problem-view.tsx';
import { Progress } from '../../components/progress.tsx';
import { statusQuery, usersQuery } from '../../queries.ts';
import { counted } from '../../words.ts';
import styles from './page.module.css';
import { viewProgress } from './view.ts';

const Listeners = () => {
  const users = useQuery(usersQuery('', 6));
  return (
    <>
      <p>Choose whose home to look at.</p>
      <ul className={styles['listeners']}>
        {users.data?.users.map(({ user_id, plays }) => (
          <li key={user_id}>
            <Link className={buttonClass('plain')} to="/" search={{ user: user_id }}>
              {user_id} <span className={styles['soft']}>{counted(plays, 'play')}</span>
            </Link>
          </li>
        ))}
      </ul>
      {users.isError && <ProblemView error={users.error} retry={() => void users.refetch()} />}
    </>
  );
};

/** The playground: a small made-up world to look around in before one's own history is here. */
export const PlaygroundCard = ({ status }: { status: Status }) => {
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: () => call('makePlayground'),
    onSuccess: (next) => client.setQueryData(statusQuery.queryKey, next),
  });
  return (
    <section className={styles['playground']} aria-labelledby="playground">
      <h2 id="playground">{status.playground === 'present' ? 'The playground is here' : 'Or look around first'}</h2>
      {status.playground === 'absent' && (
        <>
          <p>
            A small made-up world of some hundred listeners and their two months of listening, made and learned in a few
            seconds. Always marked as what it is, and gone with one click.
          </p>
          <Button icon="spark" onClick={() => making.mutate()} disabled={making.isPending}>
            Explore the playground
          </Button>
        </>
      )}
      {status.playground === 'making' && (
        <div className={styles['making']}>
          <Progress {...viewProgress('Making the playground', status.playground_progress)} />
        </div>
      )}
      {status.playground === 'present' && <Listeners />}
      {making.isError && <ProblemView error={making.error} retry={() => making.mutate()} />}
    </section>
  );
};
