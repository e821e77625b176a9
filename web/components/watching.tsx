import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../client.ts';
import { viewProgress } from '../listen/start/view.ts';
import { Progress } from './progress.tsx';

/** Between two looks. */
const LOOK_MS = 400;

/** While an answer is waited for that was asked with a `watch`: how far it is, above its skeleton. */
export const Watching = ({ watch, doing, children }: { watch: string; doing: string; children?: ReactNode }) => {
  const { data } = useQuery({
    queryKey: ['studio', 'progress', watch],
    queryFn: ({ signal }) => call('progress', { query: { watch }, signal }),
    refetchInterval: LOOK_MS,
    gcTime: 0,
  });
  return (
    <>
      <Progress {...viewProgress(doing, data?.progress ?? null)} />
      {children}
    </>
  );
};
