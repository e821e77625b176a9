import { AlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactElement, ReactNode } from 'react';
import { buttonClass } from './button.tsx';
import styles from './drawer.module.css';

/** A button that asks first. */
export const Confirm = ({
  trigger,
  title,
  children,
  action,
  run,
}: {
  trigger: ReactElement;
  title: string;
  children: ReactNode;
  action: string;
  run: () => void;
}) => (
  <AlertDialog.Root>
    <AlertDialog.Trigger render={trigger} />
    <AlertDialog.Portal>
      <AlertDialog.Backdrop className={styles['scrim']} />
      <AlertDialog.Popup className={styles['dialog']}>
        <AlertDialog.Title>{title}</AlertDialog.Title>
        <AlertDialog.Description className={styles['soft']} render={<div />}>
          {children}
        </AlertDialog.Description>
        <div className={styles['actions']}>
          <AlertDialog.Close className={buttonClass('plain')}>Cancel</AlertDialog.Close>
          <AlertDialog.Close className={buttonClass('danger')} onClick={run}>
            {action}
          </AlertDialog.Close>
        </div>
      </AlertDialog.Popup>
    </AlertDialog.Portal>
  </AlertDialog.Root>
);
