import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { as } from '../../address.ts';
import { useListener } from '../../listen/listener.ts';
import { usersQuery } from '../../queries.ts';
import { counted } from '../../words.ts';
import dialog from '../drawer.module.css';
import { Icon } from '../icon.tsx';
import { ProblemView } from '../problem-view.tsx';
import styles from './listener-switch.module.css';

const Found = ({ query, choose }: { query: string; choose: (userId: string) => void }) => {
  const users = useQuery(usersQuery(query));
  const current = useListener();
  if (users.isError) return <ProblemView error={users.error} retry={() => void users.refetch()} />;
  if (users.data?.users.length === 0) return <p className={styles['none']}>Nobody’s name begins like this.</p>;
  return (
    <ul className={styles['users']} aria-busy={users.isPending}>
      {users.data?.users.map(({ user_id, plays }) => (
        <li key={user_id}>
          <button type="button" aria-current={user_id === current} onClick={() => choose(user_id)}>
            <span>{user_id}</span>
            <span className={styles['plays']}>{counted(plays, 'play')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
};

/** Whose pages are shown; opens a list of the listeners that are here. */
export const ListenerSwitch = () => {
  const navigate = useNavigate();
  const userId = useListener();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const query = useDeferredValue(typed.trim());
  const choose = (user: string) => {
    setOpen(false);
    setTyped('');
    void navigate({ to: '.', search: as(user) });
  };
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className={styles['switch']}>
        <Icon name="person" size={18} />
        <span className="unseen">Listener: </span>
        <span className={styles['name']}>{userId ?? 'nobody yet'}</span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={dialog['scrim']} />
        <Dialog.Popup className={dialog['dialog']}>
          <Dialog.Title>Whose home?</Dialog.Title>
          <label className={styles['find']}>
            Find by the beginning of the name
            <input value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} autoComplete="off" />
          </label>
          {open && <Found query={query} choose={choose} />}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
