/** What is asked of the server, under which key it is kept, and how long it stands. */

import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ImportJob, Status } from '#api';
import { apiKey } from './api-key.ts';
import { call } from './client.ts';
import { toProblem } from './problem.ts';

const POLL_MS = 700;

/** Everything of one listener begins with this key, so that it can be asked again after an event. */
export const listenerKey = (userId: string) => ['listener', userId] as const;

export const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Work is under way that changes the status without our doing. */
export const isBusy = (status: Status): boolean => status.playground === 'making' || status.training === 'running';

/** Nobody is here yet: there is no page of Listen or Studio that would show anything. */
export const isBare = (status: Status): boolean =>
  status.default_user === null && (status.data === 'empty' || status.playground === 'making');

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => call('status', { signal }),
  refetchInterval: ({ state }) => (state.data && isBusy(state.data) ? POLL_MS : false),
});

export const homeQuery = (userId: string) =>
  queryOptions({
    queryKey: [...listenerKey(userId), 'home'],
    queryFn: ({ signal }) =>
      call('home', { params: { user_id: userId }, query: { time_zone: timeZone(), device: 'web' }, signal }),
  });

export const freshHome = (userId: string) =>
  call('home', { params: { user_id: userId }, query: { refresh: true, time_zone: timeZone(), device: 'web' } });

export const weeklyQuery = (userId: string) =>
  queryOptions({
    queryKey: [...listenerKey(userId), 'weekly'],
    queryFn: ({ signal }) => call('weekly', { params: { user_id: userId }, query: { time_zone: timeZone() }, signal }),
  });

export const profileQuery = (userId: string) =>
  queryOptions({
    queryKey: [...listenerKey(userId), 'profile'],
    queryFn: ({ signal }) => call('profile', { params: { user_id: userId }, signal }),
  });

export const itemQuery = (itemId: string, userId: string | null) =>
  queryOptions({
    queryKey: [...listenerKey(userId ?? ''), 'item', itemId],
    queryFn: ({ signal }) =>
      call('item', { params: { item_id: itemId }, query: { user_id: userId ?? undefined }, signal }),
  });

export const whyQuery = (slateId: string, itemId: string) =>
  queryOptions({
    queryKey: ['why', slateId, itemId],
    queryFn: ({ signal }) => call('why', { params: { slate_id: slateId, item_id: itemId }, signal }),
  });

export const overviewQuery = queryOptions({
  queryKey: ['studio', 'overview'],
  queryFn: ({ signal }) => call('overview', { signal }),
});

/** Everything of experiments begins with this key, so that it is asked again after a start or a stop. */
export const experimentsKey = ['studio', 'experiments'] as const;

export const experimentsQuery = queryOptions({
  queryKey: experimentsKey,
  queryFn: ({ signal }) => call('experiments', { signal }),
});

export const experimentQuery = (name: string) =>
  queryOptions({
    queryKey: [...experimentsKey, name],
    queryFn: ({ signal }) => call('experiment', { params: { experiment: name }, signal }),
  });

export const experimentPowerQuery = (name: string) =>
  queryOptions({
    queryKey: [...experimentsKey, name, 'power'],
    queryFn: ({ signal }) => call('experimentPower', { params: { experiment: name }, signal }),
  });

export const experimentAnalysisQuery = (name: string) =>
  queryOptions({
    queryKey: [...experimentsKey, name, 'analysis'],
    queryFn: ({ signal }) => call('experimentAnalysis', { params: { experiment: name }, signal }),
  });

export const usersQuery = (query: string, limit = 30) =>
  queryOptions({
    queryKey: ['studio', 'users', query, limit],
    queryFn: ({ signal }) => call('users', { query: { query, limit }, signal }),
  });

export interface SlateFilter {
  readonly user_id?: string | undefined;
  readonly surface?: string | undefined;
  readonly before?: string | undefined;
}

export const slatesQuery = (filter: SlateFilter) =>
  queryOptions({
    queryKey: ['studio', 'slates', filter],
    queryFn: ({ signal }) => call('slates', { query: { ...filter, limit: 50 }, signal }),
  });

export interface PolicyAsked {
  /** Document of the judged policy. */
  readonly text: string;
  readonly query: Readonly<Partial<Record<'surface' | 'reward' | 'success', string | undefined>>>;
}

export const downstreamQuery = (surface: string, watch: string) =>
  queryOptions({
    queryKey: ['studio', 'policies', 'downstream', surface],
    queryFn: ({ signal }) => call('downstream', { query: { surface, watch }, signal }),
  });

export const policyReplayQuery = ({ text, query }: PolicyAsked) =>
  queryOptions({
    queryKey: ['studio', 'policies', text, query],
    queryFn: ({ signal }) => call('policyReplay', { query, body: new Blob([text]), signal }),
  });

export const decisionQuery = (slateId: string) =>
  queryOptions({
    queryKey: ['studio', 'decision', slateId],
    queryFn: ({ signal }) => call('decision', { params: { slate_id: slateId }, signal }),
  });

export const collectionsQuery = queryOptions({
  queryKey: ['studio', 'collections'],
  queryFn: ({ signal }) => call('collections', { signal }),
});

export const collectionQuery = (name: string) =>
  queryOptions({
    queryKey: ['studio', 'collections', name],
    queryFn: ({ signal }) => call('collection', { params: { name }, signal }),
  });

/**
 * What an audio element can play from: a file of this server needs the tab's key, which an element cannot send, so it
 * is fetched; anything else is its own address. A file that cannot be had is left to the element, which tells the player.
 */
export const audioQuery = (url: string | null) =>
  queryOptions({
    queryKey: ['audio', url],
    enabled: url !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const key = apiKey.read();
      if (url === null || key === null || !url.startsWith('/audio/')) return url;
      const response = await fetch(url, { headers: { authorization: `Bearer ${key}` }, signal });
      return response.ok ? URL.createObjectURL(await response.blob()) : url;
    },
  });

/** The catalogue does not change while the server runs. */
export const metricsQuery = queryOptions({
  queryKey: ['studio', 'metrics'],
  queryFn: ({ signal }) => call('metrics', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const metricsReportQuery = (
  asked: Period & { readonly metrics: string; readonly by: string },
  watch?: string | undefined,
) =>
  queryOptions({
    queryKey: ['studio', 'metrics', 'report', asked],
    queryFn: ({ signal }) => call('metricsReport', { query: { ...asked, watch }, signal }),
  });

export const absenceQuery = (asked: Period & { readonly by: string }) =>
  queryOptions({
    queryKey: ['studio', 'metrics', 'absence', asked],
    queryFn: ({ signal }) => call('absenceCurves', { query: { ...asked }, signal }),
  });

export const lifeCycleQuery = (asked: Period) =>
  queryOptions({
    queryKey: ['studio', 'metrics', 'life', asked],
    queryFn: ({ signal }) => call('lifeCycle', { query: { ...asked }, signal }),
  });

export const intentsQuery = queryOptions({
  queryKey: ['studio', 'metrics', 'intents'],
  queryFn: ({ signal }) => call('intents', { signal }),
});

const isUnderWay = (job: ImportJob): boolean => job.state === 'running' || job.state === 'learning';

export const importsQuery = queryOptions({
  queryKey: ['studio', 'imports'],
  queryFn: ({ signal }) => call('imports', { signal }),
  refetchInterval: ({ state }) => (state.data?.imports.some(isUnderWay) ? POLL_MS : false),
});

export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['studio', 'imports', importId],
    queryFn: ({ signal }) => call('import', { params: { import_id: importId }, signal }),
    refetchInterval: ({ state }) => (state.data && !isUnderWay(state.data) ? false : POLL_MS),
  });

export const labQuery = queryOptions({
  queryKey: ['studio', 'lab'],
  queryFn: ({ signal }) => call('lab', { signal }),
  refetchInterval: ({ state }) => (state.data?.run?.state === 'running' ? POLL_MS : false),
});

/** The same request gives the same lives, so the request is the key. */
export const labLifeQuery = (request: object, listener: number, week: number) =>
  queryOptions({
    queryKey: ['studio', 'lab', 'life', request, listener, week],
    queryFn: ({ signal }) => call('labLife', { query: { listener, week }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Only what may pass is asked again by itself. */
export const shouldRetry = (failures: number, error: unknown): boolean => {
  const { status } = toProblem(error);
  return failures < 2 && (status === null || status >= 500);
};

export const compassKey = ['compass'] as const;

export const compassQuery = (outcome: string | undefined, quick: string | undefined) =>
  queryOptions({
    queryKey: [...compassKey, outcome ?? '', quick ?? ''],
    queryFn: ({ signal }) => call('compass', { query: { outcome, quick }, signal }),
  });

export const returnQuery = (by: 'calendar' | 'tenure' | 'cohort') =>
  queryOptions({
    queryKey: ['return', by],
    queryFn: ({ signal }) => call('returnRates', { query: { by }, signal }),
  });

export const diversityQuery = (experiment: string) =>
  queryOptions({
    queryKey: ['diversity', experiment],
    queryFn: ({ signal }) => call('diversityReturn', { query: experiment === '' ? {} : { experiment }, signal }),
  });
