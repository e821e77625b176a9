/** A unit's events in words, in order of time: what a person looks at to dispute a label. */

import { EVENT_LIST_NAMES, type EventListName, LATER_LIST_NAMES } from './unit/fields.ts';
import type { RecordOf, Unit } from './unit/unit.ts';

export interface TimelineEvent {
  readonly event_id: string;
  readonly list: string;
  readonly at: number;
  readonly lasts_ms: number;
  readonly words: string;
  /** It decided the label. */
  readonly deciding: boolean;
}

/** Events shown of one unit: deciding ones first when there are more. */
const MOST = 300;

export const timelineOf = (unit: Unit, evidence: readonly string[]): readonly TimelineEvent[] => {
  const decided = new Set(evidence);
  const all = [
    ...EVENT_LIST_NAMES.flatMap((name) => unit[name].map((event) => shown(name, name, event, decided))),
    ...LATER_LIST_NAMES.flatMap((name) =>
      unit.later[name].map((event) => shown(`later.${name}`, name, event, decided)),
    ),
  ];
  const kept = all.toSorted((a, b) => Number(b.deciding) - Number(a.deciding) || a.at - b.at).slice(0, MOST);
  return kept.sort((a, b) => a.at - b.at);
};

type Listed = Unit[EventListName][number];

const shown = (list: string, name: EventListName, event: Listed, decided: ReadonlySet<string>): TimelineEvent => ({
  event_id: event.event_id,
  list,
  at: event.at,
  lasts_ms: ('ms_played' in event ? event.ms_played : undefined) ?? 0,
  words: WORDS[name](event as never),
  deciding: decided.has(event.event_id),
});

const seconds = (ms: number | null | undefined): string =>
  ms === null || ms === undefined ? 'an unknown time' : `${Math.round(ms / 1000)} s`;

const WORDS: { readonly [Name in EventListName]: (event: never) => string } = {
  plays: (play: RecordOf<'play'>) =>
    `${play.item_id} ${play.skipped ? 'skipped after' : 'heard for'} ${seconds(play.ms_played)}`,
  actions: (action: RecordOf<'action'>) =>
    `${action.action.replaceAll('_', ' ')}${action.item_id ? ` ${action.item_id}` : ''}`,
  impressions: (card: RecordOf<'impression'>) => `${card.item_id} in view for ${seconds(card.visible_ms)}`,
  searches: (search: RecordOf<'search'>) => `search: ${search.step}${search.query ? ` “${search.query}”` : ''}`,
  turns: (turn: RecordOf<'turn'>) =>
    `${turn.speaker}${turn.act ? `: ${turn.act}` : ''}${turn.repair ? ', a repair' : ''}`,
  sessions: (session: RecordOf<'session'>) =>
    `a session${session.intent ? ` of ${session.intent.replaceAll('_', ' ')}` : ''}`,
  downstream: (act: RecordOf<'act'>) => `led to ${act.act.replaceAll('_', ' ')}${act.item_id ? ` ${act.item_id}` : ''}`,
  stages: (stage: RecordOf<'stage'>) => `now ${stage.stage.replaceAll('_', ' ')}`,
};
