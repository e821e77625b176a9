/** The full account of one card: from context to choice, one sentence a step. */

import { EngineError, type EpochMs, type EventOf, type ItemId, type SlateId } from '#domain';
import { composeSlate } from '#policy';
import type { Basis, Why } from './answers.ts';
import { loggedInput } from './compact-input.ts';
import { extraOf } from './decision.ts';
import type { ServingMemory } from './memory.ts';
import { explanationOf } from './served-slate.ts';
import { shelfKind } from './shelf-kinds.ts';

type Slate = EventOf<'slate'>;
type Card = Slate['cards'][number];

const CONTRIBUTIONS = 10;

export const why = async (memory: ServingMemory, slateId: SlateId, itemId: ItemId): Promise<Why> => {
  const slate = await memory.slate(slateId);
  const card = slate.cards.find((each) => each.itemId === itemId);
  if (card === undefined) throw new EngineError('unknown_item', `slate "${slateId}" has no item "${itemId}"`);
  const { catalogue } = memory;
  const explanation = explanationOf(card, slate.at, catalogue);
  const choices = choicesOf(slate, card);
  const { basis } = extraOf(slate);
  return {
    slateId,
    item: catalogue.item(catalogue.place(itemId)),
    shelf: card.shelf,
    slot: card.slot,
    explanation,
    account: [
      { step: 'context', text: contextText(slate) },
      { step: 'basis', text: BASIS_TEXTS[basis] },
      { step: 'filters', text: filterText(slate.filtered) },
      { step: 'shelf', text: shelfText(slate, card) },
      {
        step: 'source',
        text: `It came from the source ${words(card.source)}, scored ${card.score} by ${words(card.stage)}.`,
      },
      { step: 'choice', text: choiceText(card, choices) },
      { step: 'explanation', text: explanation?.text ?? unexplainedText(card) },
    ],
    source: card.source,
    stage: card.stage,
    score: card.score,
    contributions: await contributionsTo(memory, slate, itemId),
    explored: card.explored,
    propensity: card.propensity,
    logPropensity: slate.logPropensity,
    choices,
    filtered: slate.filtered,
    fallback: slate.fallback,
    basis,
    model: slate.model,
    policy: slate.policy,
    seed: slate.seed,
  };
};

/** Drawn again: how many items could have stood here is not logged a second time. Null where it is not drawn as it was logged. */
const choicesOf = (slate: Slate, card: Card): number | null => {
  const input = loggedInput(slate);
  if (input === null) return null;
  const again = composeSlate(input, slate.seed).shelves[card.row]?.cards[card.slot];
  return again?.candidate.itemId === card.itemId && again.propensity === card.propensity ? again.choices : null;
};

/** What in the listener's history brings the score, by the first model that can tell, with the models of now. */
const contributionsTo = async (memory: ServingMemory, slate: Slate, itemId: ItemId): Promise<Why['contributions']> => {
  const now: EpochMs = memory.deps.clock.now();
  const taste = memory.tasteOf(await memory.listener(slate.userId, now), now);
  // Those of the taste: others may have been taken up while the log was read.
  const { learned, catalogue } = taste;
  if (learned === null) return [];
  const place = catalogue.place(itemId);
  for (const { model, user } of taste.rankers()) {
    const reasons = learned.reasons(model, user, place);
    const total = reasons.reduce((sum, { value }) => sum + Math.abs(value), 0);
    if (total === 0) continue;
    return reasons
      .slice(0, CONTRIBUTIONS)
      .map((reason) => ({ item: catalogue.item(reason.place), share: reason.value / total }));
  }
  return [];
};

const BASIS_TEXTS: Readonly<Record<Basis, string>> = {
  collaborative: 'It rests on what listeners with a history like yours play.',
  content_only: 'It rests on what the items are: artists, albums, tags, and what is heard together.',
  popularity_only: 'It rests on what others here play, since the models know nothing of your own history.',
  untrained: 'Nothing had been learned yet; it rests on your own plays alone.',
  unknown: 'What it rests on was not noted with it.',
};

const contextText = ({ surface, context, at }: Slate): string =>
  `You asked for ${words(surface)} at ${new Date(at).toISOString()}; where you are it was ` +
  `${context.localHour} o'clock, ${words(context.daypart)}.`;

const filterText = (filtered: Readonly<Record<string, number>>): string => {
  const parts = Object.entries(filtered).map(([reason, count]) => `${count} ${words(reason)}`);
  return parts.length === 0
    ? 'Nothing was left out before the choice.'
    : `Left out before the choice: ${parts.join(', ')}.`;
};

const shelfText = (slate: Slate, { shelf, row }: Card): string => {
  const { title, need } = slate.shelves[row] ?? { title: shelf, need: shelfKind(shelf).need };
  return `The shelf "${title}" serves a need: ${need}.`;
};

const choiceText = ({ explored, propensity }: Card, choices: number | null): string => {
  const chance = `its probability here was ${Number(propensity.toPrecision(3))}`;
  const manner = explored ? 'drawn by exploration' : 'chosen';
  if (choices === null) return `It was ${manner}, from how many choices is not known; ${chance}.`;
  if (choices === 1) return 'It was the best that was left for this place, and nothing else could be drawn.';
  return explored
    ? `It was drawn by exploration from ${choices} plausible choices; ${chance}.`
    : `It was the best of ${choices} valid choices; ${chance}.`;
};

const unexplainedText = ({ claim }: Card): string =>
  claim === null ? 'Nothing was said of it.' : 'What was said of it is of a kind that is not known here.';

const words = (name: string): string => name.replaceAll('_', ' ');
