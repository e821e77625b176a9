/** All questions that are asked of the warehouse, one a file; their SQL stands in test/golden/sql. */

import { catalogue } from './catalogue.ts';
import { eventsPerDay } from './events-per-day.ts';
import { interactions } from './interactions.ts';
import { itemAudience } from './item-audience.ts';
import { itemListeners } from './item-listeners.ts';
import { overview } from './overview.ts';
import { playsSince } from './plays-since.ts';
import { pools } from './pools.ts';
import { population } from './population.ts';
import { presence } from './presence.ts';
import { sequencesPresent } from './sequences-present.ts';
import { sessionItems } from './session-items.ts';
import { slateById } from './slate-by-id.ts';
import { slateOutcomes } from './slate-outcomes.ts';
import { slatesRecent } from './slates-recent.ts';
import { userActions } from './user-actions.ts';
import { userEvents } from './user-events.ts';
import { userExport } from './user-export.ts';
import { userRows } from './user-rows.ts';
import { userSlatesRecent } from './user-slates-recent.ts';
import { userTallies } from './user-tallies.ts';
import { usersSearch } from './users-search.ts';

export const queries = {
  catalogue,
  eventsPerDay,
  interactions,
  itemAudience,
  itemListeners,
  overview,
  playsSince,
  pools,
  population,
  presence,
  sequencesPresent,
  sessionItems,
  slateById,
  slateOutcomes,
  slatesRecent,
  userActions,
  userEvents,
  userExport,
  userRows,
  userSlatesRecent,
  userTallies,
  usersSearch,
} as const;
