import type { ComponentProps, ReactNode } from 'react';
import styles from './button.module.css';
import { Icon, type IconName } from './icon.tsx';

export type ButtonKind = 'main' | 'plain' | 'quiet' | 'danger';

export const buttonClass = (kind: ButtonKind): string => `${styles['button']} ${styles[kind]}`;

export const Button = ({
  kind = 'plain',
  icon,
  children,
  ...rest
}: { kind?: ButtonKind; icon?: IconName; children: ReactNode } & Omit<ComponentProps<'button'>, 'className'>) => (
  <button type="button" {...rest} className={buttonClass(kind)}>
    {icon && <Icon name={icon} size={18} />}
    {children}
  </button>
);

/** A button that is only a sign: its name is read out, and shown by a pointing device. */
export const IconButton = ({
  label,
  icon,
  solid,
  size,
  ...rest
}: { label: string; icon: IconName; solid?: boolean; size?: number } & Omit<
  ComponentProps<'button'>,
  'className' | 'children'
>) => (
  <button type="button" aria-label={label} title={label} {...rest} className={styles['icon']}>
    <Icon name={icon} {...(size !== undefined && { size })} {...(solid !== undefined && { solid })} />
  </button>
);
