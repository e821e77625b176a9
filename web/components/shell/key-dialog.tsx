import { Dialog } from '@base-ui/react/dialog';
import { useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { apiKey } from '../../api-key.ts';
import { Button, buttonClass } from '../button.tsx';
import dialog from '../drawer.module.css';
import styles from './listener-switch.module.css';

/** Asks for an API key when an answer says that one is needed. */
export const KeyDialog = () => {
  const client = useQueryClient();
  const wanted = useSyncExternalStore(apiKey.subscribe, apiKey.isWanted);
  const [typed, setTyped] = useState('');
  return (
    <Dialog.Root open={wanted} onOpenChange={(open) => !open && apiKey.dismiss()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog['scrim']} />
        <Dialog.Popup className={dialog['dialog']}>
          <Dialog.Title>This Ritornello needs a key</Dialog.Title>
          <Dialog.Description className={dialog['soft']}>
            Ask whoever runs it. The key is kept in this browser tab only, and forgotten when it closes.
          </Dialog.Description>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              apiKey.keep(typed.trim());
              setTyped('');
              void client.resetQueries();
            }}
          >
            <label className={styles['find']}>
              API key
              <input
                type="password"
                value={typed}
                onChange={({ currentTarget }) => setTyped(currentTarget.value)}
                autoComplete="off"
              />
            </label>
            <div className={dialog['actions']} style={{ marginTop: '1rem' }}>
              <Dialog.Close className={buttonClass('plain')}>Not now</Dialog.Close>
              <Button kind="main" type="submit" disabled={typed.trim() === ''}>
                Use this key
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
