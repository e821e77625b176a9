/** What is in the engine, on the wire. */

import type { ModelInfo as WireModel, Overview as WireOverview } from '#api';
import { toTime, toTimeOrNull } from '#wire';
import type { ModelInfo, Overview } from '../answers.ts';

const toModel = (model: ModelInfo): WireModel => ({
  version: model.version,
  trained_at: toTime(model.trainedAt),
  models: [...model.models],
  users: model.users,
  items: model.items,
  interactions: model.interactions,
  seconds: model.seconds,
  basis: model.basis,
  notes: [...model.notes],
});

export const toOverview = (overview: Overview): WireOverview => ({
  listeners: overview.listeners,
  items: overview.items,
  events: overview.events.map(({ kind, rows, lastAt }) => ({ kind, rows, last_at: toTimeOrNull(lastAt) })),
  per_day: overview.perDay.map(({ day, kind, events }) => ({ day, kind, events })),
  freshness: {
    lag_records: overview.freshness.lagRecords,
    last_event_at: toTimeOrNull(overview.freshness.lastEventAt),
    warehouse: overview.freshness.warehouse,
  },
  dead_letters: overview.deadLetters,
  model: overview.model === null ? null : toModel(overview.model),
  sql: { ...overview.sql },
});
