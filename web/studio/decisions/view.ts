/** A decision from its answer: each card with what the listener did with it. */

import type { Card, Decision } from '#api';
import { actionWord, chance, counted, percent, span, unsnake } from '../../words.ts';

export interface CardLine {
  readonly card: Card;
  /** What became of it, in words. */
  readonly outcome: string;
  /** Turned down when it was hidden or disliked; taken when it was played or anything else was done with it. */
  readonly reaction: 'taken' | 'refused' | 'none';
}

export interface ShelfLines {
  readonly shelf: string;
  readonly title: string;
  readonly need: string;
  readonly lines: readonly CardLine[];
}

type Outcome = Decision['outcomes'][number];

const playWords = ({ plays, ms_played }: Outcome): string | null => {
  if (plays === 0) return null;
  const times = plays === 1 ? 'played' : `played ${counted(plays, 'time')}`;
  if (ms_played === null) return times;
  return `${times}, ${ms_played < 90_000 ? `${Math.round(ms_played / 1000)} s` : span(ms_played)}`;
};

export const outcomeWords = (outcome: Outcome | undefined): string => {
  if (outcome === undefined) return 'not seen';
  const { impressions, actions } = outcome;
  const seen = impressions > 0 ? 'seen' : null;
  const parts = [seen, playWords(outcome), ...new Set(actions.map(actionWord))].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(', ') : 'not seen';
};

const reactionOf = (outcome: Outcome | undefined): CardLine['reaction'] => {
  if (outcome === undefined) return 'none';
  if (outcome.actions.includes('hide') || outcome.actions.includes('dislike')) return 'refused';
  return outcome.plays + outcome.actions.length > 0 ? 'taken' : 'none';
};

export const viewDecision = ({ slate, outcomes }: Decision): readonly ShelfLines[] => {
  const byItem = new Map(outcomes.map((outcome) => [outcome.item_id, outcome]));
  return slate.shelves.map(({ shelf, title, need, cards }) => ({
    shelf,
    title,
    need,
    lines: cards.map((card) => {
      const outcome = byItem.get(card.item.item_id);
      return {
        card,
        outcome: outcomeWords(outcome),
        reaction: reactionOf(outcome),
      };
    }),
  }));
};

/** Name and value of what the whole decision rests on. */
export const decisionFacts = ({ slate, filtered }: Decision): readonly (readonly [string, string])[] => {
  const left = Object.entries(filtered).filter(([, items]) => items > 0);
  return [
    ['Model', slate.model],
    ['Policy', slate.policy],
    ['Seed', slate.seed],
    ['Rests on', unsnake(slate.basis)],
    ['Meant for exploration', percent(slate.exploration)],
    ['Log-probability of the slate', slate.log_propensity.toFixed(3)],
    ['Fallback', slate.fallback === null ? 'none' : unsnake(slate.fallback)],
    [
      'Left out before',
      left.length === 0 ? 'nothing' : left.map(([reason, items]) => `${unsnake(reason)} ${items}`).join(', '),
    ],
  ];
};

/** The propensity of a card, as a number and as a chance. */
export const propensityWords = (propensity: number): string =>
  propensity >= 0.9995 ? '1' : `${propensity.toPrecision(3)} (${chance(propensity)})`;
