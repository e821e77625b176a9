import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Status } from '#api';
import { call } from '../../client.ts';
import { useStartOver } from '../../listen/use-start-over.ts';
import { toProblem } from '../../problem.ts';
import { Confirm } from '../confirm.tsx';
import { say } from '../toasts.tsx';
import styles from './playground-banner.module.css';

/** Stands on every page while the made-up world is here. */
export const PlaygroundBanner = ({ status }: { status: Status }) => {
  const startOver = useStartOver();
  const removing = useMutation({
    mutationFn: () => call('removePlayground'),
    onSuccess: async () => {
      await startOver();
      say('The playground is gone.');
    },
    onError: (error) => say(`${toProblem(error).title}: ${toProblem(error).detail}`),
  });
  if (status.playground !== 'present') return null;
  return (
    <aside className={styles['banner']} aria-label="Playground">
      <p>
        <strong>Playground.</strong> Listeners, artists and plays here are made up.
      </p>
      <span className={styles['acts']}>
        <Link to="/start">Bring your own history</Link>
        <Confirm
          trigger={
            <button type="button" disabled={removing.isPending}>
              {removing.isPending ? 'Removing…' : 'Remove it'}
            </button>
          }
          title="Remove the playground?"
          action="Remove it"
          run={() => removing.mutate()}
        >
          <p>All of the made-up world goes. It can be made again at any time; what is really yours stays.</p>
        </Confirm>
      </span>
    </aside>
  );
};
