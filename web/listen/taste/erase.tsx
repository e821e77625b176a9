import { Dialog } from '@base-ui/react/dialog';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Erasure } from '#api';
import { call } from '../../client.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import dialog from '../../components/drawer.module.css';
import { ProblemView } from '../../components/problem-view.tsx';
import { forgetOutbox } from '../events/tell.ts';
import { usePlayer } from '../player/player-context.tsx';
import { useStartOver } from '../use-start-over.ts';
import styles from './page.module.css';
import { viewErasure } from './view.ts';

const Proof = ({ erasure, done }: { erasure: Erasure; done: () => void }) => {
  const view = viewErasure(erasure);
  return (
    <>
      <Dialog.Title>{view.proven ? 'You have been erased' : 'Not everything is gone'}</Dialog.Title>
      <p role="status">{view.words}</p>
      <dl className={styles['proof']}>
        {view.places.map(([place, rows]) => (
          <div key={place}>
            <dt>{place}</dt>
            <dd>{rows}</dd>
          </div>
        ))}
      </dl>
      <div className={dialog['actions']}>
        <Button kind="main" onClick={done}>
          Close
        </Button>
      </div>
    </>
  );
};

/** Erase me: asked for with the listener's own name, answered with what was removed and that nothing is left. */
export const Erase = ({ userId }: { userId: string }) => {
  const startOver = useStartOver();
  const player = usePlayer();
  const [typed, setTyped] = useState('');
  const erasing = useMutation({
    // What is still on its way would bring the listener back: it is told or forgotten before.
    mutationFn: async () => {
      await player.stop();
      forgetOutbox();
      return call('eraseUser', { params: { user_id: userId } });
    },
  });
  const close = (open: boolean) => {
    if (!open && erasing.isSuccess) void startOver();
    if (!open) setTyped('');
  };
  return (
    <Dialog.Root onOpenChange={close}>
      <Dialog.Trigger className={buttonClass('danger')}>Erase me</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog['scrim']} />
        <Dialog.Popup className={dialog['dialog']}>
          {erasing.isSuccess ? (
            <Proof erasure={erasing.data} done={() => void startOver()} />
          ) : (
            <form
              className={styles['erase']}
              onSubmit={(event) => {
                event.preventDefault();
                erasing.mutate();
              }}
            >
              <Dialog.Title>Erase everything of {userId}?</Dialog.Title>
              <Dialog.Description className={dialog['soft']}>
                Every play, like and page that was made for you goes, here and in what was learned from it. This cannot
                be taken back: export first if you may want it again.
              </Dialog.Description>
              <label>
                <span>
                  Type <strong>{userId}</strong> to confirm
                </span>
                <input
                  value={typed}
                  onChange={({ currentTarget }) => setTyped(currentTarget.value)}
                  autoComplete="off"
                  spellCheck={false}
                />
              </label>
              {erasing.isError && <ProblemView error={erasing.error} />}
              <div className={dialog['actions']}>
                <Dialog.Close className={buttonClass('plain')}>Cancel</Dialog.Close>
                <Button kind="danger" type="submit" disabled={typed !== userId || erasing.isPending}>
                  {erasing.isPending ? 'Erasing and looking again…' : 'Erase me'}
                </Button>
              </div>
            </form>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
