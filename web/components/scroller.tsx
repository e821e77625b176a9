import type { ReactNode } from 'react';

/** What scrolls must be reachable by keyboard, though nothing in it can be pressed. */
const IN_REACH = { tabIndex: 0 } as const;

/** A part that may be wider than the page, e.g. a table. */
export const Scroller = ({
  label,
  className,
  children,
}: {
  label: string;
  className: string | undefined;
  children: ReactNode;
}) => (
  <section className={className} aria-label={label} {...IN_REACH}>
    {children}
  </section>
);
