import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NoticeLine } from './empty-state.tsx';
import { ProblemView } from './problem-view.tsx';

/** A question to the server in its states: waiting, failed, answered. An answer stays while a newer one fails. */
export const Answered = <T,>({
  query,
  waiting,
  heading,
  children,
}: {
  query: UseQueryResult<T>;
  waiting: ReactNode;
  /** Heading of a page whose own comes with the answer: read out until then. */
  heading?: string;
  children: (answer: T) => ReactNode;
}) => {
  if (query.data === undefined) {
    return (
      <>
        {heading && <h1 className="unseen">{heading}</h1>}
        {query.isError ? (
          <ProblemView error={query.error} retry={() => void query.refetch()} />
        ) : (
          <div aria-busy="true" role="status">
            <span className="unseen">Loading…</span>
            {waiting}
          </div>
        )}
      </>
    );
  }
  return (
    <>
      {query.isError && <NoticeLine icon="alert">A newer answer could not be had; this is the last one.</NoticeLine>}
      {children(query.data)}
    </>
  );
};
