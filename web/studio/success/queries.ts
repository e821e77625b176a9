/** What the pages of success ask of the server. */

import { queryOptions } from '@tanstack/react-query';
import { call } from '../../client.ts';

export const successQuery = queryOptions({
  queryKey: ['studio', 'success'],
  queryFn: ({ signal }) => call('success', { signal }),
});

export const definitionQuery = (name: string) =>
  queryOptions({
    queryKey: ['studio', 'success', name],
    queryFn: ({ signal }) => call('successDefinition', { params: { name }, signal }),
  });

export const outcomesQuery = (name: string, listener: string | undefined, watch: string) =>
  queryOptions({
    queryKey: ['studio', 'success', name, 'outcomes', listener],
    queryFn: ({ signal }) =>
      call('successOutcomes', {
        params: { name },
        query: { limit: 20, each_label: true, timeline: true, user_id: listener, watch },
        signal,
      }),
  });

const bodyOf = (text: string): Blob => new Blob([text]);

/** Findings of a text; asked again for every text. */
export const checkQuery = (text: string) =>
  queryOptions({
    queryKey: ['studio', 'success', 'check', text],
    queryFn: ({ signal }) => call('checkDefinition', { body: bodyOf(text), signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });

export const preview = (text: string, against: string, watch: string) =>
  call('previewDefinition', { body: bodyOf(text), query: { against, watch } });

export const save = (text: string) => call('saveDefinition', { body: bodyOf(text) });
