import { Toast } from '@base-ui/react/toast';
import { buttonClass } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './toasts.module.css';

const manager = Toast.createToastManager();

/** Says something in passing; with `action`, offers to take it back. */
export const say = (title: string, action?: { readonly label: string; readonly run: () => void }): void => {
  const id = manager.add({
    title,
    timeout: action ? 9000 : 5000,
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          manager.close(id);
          action.run();
        },
      },
    }),
  });
};

const List = () => {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles['toast']}>
      <Toast.Content className={styles['content']}>
        <Toast.Title className={styles['title']} render={<p />} />
        <Toast.Action className={buttonClass('quiet')} />
        <Toast.Close className={styles['close']} aria-label="Close">
          <Icon name="close" size={16} />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
};

export const Toasts = () => (
  <Toast.Provider toastManager={manager} limit={3}>
    <Toast.Portal>
      <Toast.Viewport className={styles['viewport']}>
        <List />
      </Toast.Viewport>
    </Toast.Portal>
  </Toast.Provider>
);
