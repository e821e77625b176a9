import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { statusQuery } from '../queries.ts';

/** Whose pages are shown: named in the address, else who the engine says; null when there is nobody yet. */
export const useListener = (): string | null => {
  const { user } = useSearch({ from: '__root__' });
  const status = useQuery(statusQuery);
  return user ?? status.data?.default_user ?? null;
};
