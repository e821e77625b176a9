/** All questions that are asked of the warehouse, one a file; their SQL stands in test/golden/sql. */

import { activeDays } from './active-days.ts';
import { browsingAlongShelves, browsingDownPages } from './browsing-visits.ts';
import { catalogue, catalogueLines, itemTraits } from './catalogue.ts';
import { derivationState } from './derivation-state.ts';
import { derivedRows } from './derived-rows.ts';
import { diversityPlays } from './diversity-plays.ts';
import { diversityUsers } from './diversity-users.ts';
import { engagementLife } from './engagement-life.ts';
import { eventsPerDay } from './events-per-day.ts';
import { experimentUnits } from './experiment-units.ts';
import { intentAnswers } from './intent-answers.ts';
import { interactions } from './interactions.ts';
import { itemAudience } from './item-audience.ts';
import { itemListeners } from './item-listeners.ts';
import { listenerLog } from './listener-log.ts';
import { listenersActive } from './listeners-active.ts';
import { metricAbsences } from './metric-absences.ts';
import { metricPlaces } from './metric-places.ts';
import { metricRatios } from './metric-ratios.ts';
import { metricReturns } from './metric-returns.ts';
import { overview } from './overview.ts';
import { playsSince } from './plays-since.ts';
import { policyLog } from './policy-log.ts';
import { pools } from './pools.ts';
import { population } from './population.ts';
import { populationUnits } from './population-units.ts';
import { presence } from './presence.ts';
import { sequencesPresent } from './sequences-present.ts';
import { sessionHours } from './session-hours.ts';
import { sessionItems } from './session-items.ts';
import { sessionSpan } from './session-span.ts';
import { sessions } from './sessions.ts';
import { slateById } from './slate-by-id.ts';
import { slateClicks } from './slate-clicks.ts';
import { slateOutcomes } from './slate-outcomes.ts';
import { slatesRecent } from './slates-recent.ts';
import { storedSessions } from './stored-sessions.ts';
import { userActions } from './user-actions.ts';
import { userEvents } from './user-events.ts';
import { userExport } from './user-export.ts';
import { userRanges } from './user-ranges.ts';
import { userRows } from './user-rows.ts';
import { userSlatesRecent } from './user-slates-recent.ts';
import { userTallies } from './user-tallies.ts';
import { usersSearch } from './users-search.ts';

export const queries = {
  activeDays,
  browsingAlongShelves,
  browsingDownPages,
  catalogue,
  catalogueLines,
  derivationState,
  derivedRows,
  diversityPlays,
  diversityUsers,
  engagementLife,
  eventsPerDay,
  experimentUnits,
  intentAnswers,
  interactions,
  itemAudience,
  itemListeners,
  itemTraits,
  metricAbsences,
  metricPlaces,
  metricRatios,
  metricReturns,
  listenerLog,
  listenersActive,
  overview,
  playsSince,
  policyLog,
  pools,
  population,
  populationUnits,
  presence,
  sequencesPresent,
  sessionHours,
  sessionItems,
  sessionSpan,
  sessions,
  slateById,
  slateClicks,
  slateOutcomes,
  slatesRecent,
  storedSessions,
  userActions,
  userEvents,
  userExport,
  userRanges,
  userRows,
  userSlatesRecent,
  userTallies,
  usersSearch,
} as const;
