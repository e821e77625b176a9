import { Dialog } from '@base-ui/react/dialog';
import { type ReactNode, useRef } from 'react';
import button from './button.module.css';
import styles from './drawer.module.css';
import { Icon } from './icon.tsx';

/** A panel from the side, from below on a phone. */
export const Drawer = ({
  open,
  close,
  title,
  children,
}: {
  open: boolean;
  close: () => void;
  title: string;
  children: ReactNode;
}) => {
  const top = useRef<HTMLButtonElement>(null);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['scrim']} />
        <Dialog.Popup className={styles['drawer']} initialFocus={top}>
          <div className={styles['bar']}>
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close ref={top} className={button['icon']} aria-label="Close">
              <Icon name="close" />
            </Dialog.Close>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <section className={styles['inside']} tabIndex={0} aria-label={title}>
            {children}
          </section>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
};
