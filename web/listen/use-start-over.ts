import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { statusQuery } from '../queries.ts';

/**
 * Leaves everything of a listener who is gone. The order matters: a page of theirs that asked again would make a new
 * slate for them, and so bring them back.
 */
export const useStartOver = (): (() => Promise<void>) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await navigate({ to: '/start', search: { user: undefined } });
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== statusQuery.queryKey[0] });
    const status = await client.fetchQuery({ ...statusQuery, staleTime: 0 });
    if (status.default_user !== null) await navigate({ to: '/', search: { user: undefined } });
  };
};
