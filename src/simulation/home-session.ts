/** A session that a service leads: a page is looked through, a card is chosen, and radio goes on from it. */

import { type EventId, type ItemId, type ListenerEvent, SECOND_MS } from '#domain';
import { glance, hasScreen } from './browse.ts';
import { lastingOf } from './life.ts';
import { type Cue, type Program, runSession, type SessionEnd, type SessionFacts, type Stage } from './session.ts';
import { drawLength } from './session-plan.ts';
import type { Asking, Slate, SlateRequest } from './slate.ts';
import { clamp, sigmoid } from './weighted-draw.ts';

export const HOME_CARDS = 24;
export const RADIO_CARDS = 12;

/** Log-odds of choosing a card that promises an even worth, and per unit of what it promises. */
const CHOICE_LEVEL = -3.6;
const CHOICE_STEEPNESS = 6;
const EVEN_PROMISE = 0.55;
const HOOK_EFFECT = 1.1;
/** Known things promise a little more than they are. */
const FAMILIAR = 0.12;
/** How much of the worth of an unknown thing its card tells. */
const TOLD = 0.6;

/** Null when nothing on the page was chosen. */
export function* runHomeSession(facts: SessionFacts, stage: Stage): Asking<SessionEnd | null> {
  const { life, tally } = stage;
  const page = yield request('home', facts, stage, facts.startedAt, null);
  publish(page, stage);
  tally.add(life.n, 'slates', 1);
  const { chosen, endedAt } = browse(page, facts, stage);
  if (chosen === null) return null;
  tally.add(life.n, 'clicks', 1);
  const radio = yield request('radio', facts, stage, endedAt, chosen);
  publish(radio, stage);
  return runSession(
    programOf(page, chosen, radio, drawLength(facts.intent, life.rng)),
    { ...facts, startedAt: endedAt },
    stage,
  );
}

const request = (
  surface: 'home' | 'radio',
  facts: SessionFacts,
  { life, frame }: Stage,
  at: number,
  chosen: Choice | null,
): SlateRequest => ({
  surface,
  life,
  at,
  sessionId: facts.sessionId,
  device: facts.device,
  hour: facts.hour,
  weekday: facts.weekday,
  intent: facts.intent,
  seed: chosen?.track ?? -1,
  seedItem: chosen === null ? null : frame.catalogue.tracks[chosen.track]!.id,
  count: surface === 'home' ? HOME_CARDS : RADIO_CARDS,
});

const publish = ({ event, tracks }: Slate, { emit, tally, life }: Stage): void => {
  if (event !== null) emit(event);
  tally.shown(tracks);
  tally.add(life.n, 'shown', tracks.length);
};

interface Choice {
  readonly place: number;
  readonly track: number;
}

/** Looks from card to card until one is chosen; every card looked at leaves an impression. */
const browse = (page: Slate, facts: SessionFacts, stage: Stage) => {
  const { life, frame, tally, truth } = stage;
  const seen: ItemId[] = [];
  let at = facts.startedAt;
  let chosen: Choice | null = null;
  for (const place of glance(page.cards, facts.device, life.rng)) {
    const card = page.cards[place]!;
    const track = page.tracks[place]!;
    const looked = Math.round(SECOND_MS * (0.4 + 1.6 * life.rng.next()));
    if (at + looked >= frame.until) break;
    stage.emit(impressionOf(page, place, looked, facts, stage, at));
    tally.add(life.n, 'examined', 1);
    stage.service?.memory.note('examined', stage.service.group, track);
    seen.push(card.itemId as ItemId);
    at += looked;
    // A voice names one thing, and it plays.
    const takes = track >= 0 && (!hasScreen(facts.device) || life.rng.next() < choiceProbability(track, stage));
    if (takes && !life.memory.hidden.has(track)) {
      chosen = { place, track };
      stage.service?.memory.note('clicked', stage.service.group, track);
      break;
    }
  }
  truth?.examination({ userId: life.listener.userId, slateId: page.slateId, items: seen });
  return { chosen, endedAt: at };
};

/** Probability of choosing a card that was looked at: by what it promises, which is not what it is worth. */
export const choiceProbability = (index: number, { life, frame }: Pick<Stage, 'life' | 'frame'>): number => {
  const track = frame.catalogue.tracks[index]!;
  const { traces, collection } = life.memory;
  const lasting = lastingOf(life, track);
  const isKnown = traces.has(index) || collection.inLibrary.has(index);
  const promise = isKnown ? lasting + FAMILIAR : EVEN_PROMISE + TOLD * (lasting - EVEN_PROMISE);
  return sigmoid(CHOICE_LEVEL + CHOICE_STEEPNESS * (clamp(promise, 0, 1) - EVEN_PROMISE) + HOOK_EFFECT * track.hook);
};

const impressionOf = (
  page: Slate,
  place: number,
  visibleMs: number,
  facts: SessionFacts,
  stage: Stage,
  at: number,
): ListenerEvent => {
  const card = page.cards[place]!;
  const { listener, memory } = stage.life;
  return {
    kind: 'impression',
    eventId: `e${++memory.events}` as EventId,
    userId: listener.userId,
    at,
    receivedAt: at + visibleMs,
    utcOffsetMin: facts.utcOffsetMin,
    timeZone: listener.zone.timeZone,
    sessionId: facts.sessionId,
    device: facts.device,
    slateId: page.slateId,
    shelf: card.shelf,
    slot: card.slot,
    itemId: card.itemId,
    visibleMs,
    maxVisibleFraction: 1,
    extra: NOTHING,
  };
};

const NOTHING: Readonly<Record<string, unknown>> = Object.freeze({});

/** The chosen card, then the radio’s cards in their order. */
const programOf = (page: Slate, chosen: Choice, radio: Slate, length: number): Program => {
  const cueOf = (slate: Slate, place: number, isAutoplay: boolean): Cue => {
    const { shelf, slot } = slate.cards[place]!;
    return { track: slate.tracks[place]!, isAutoplay, from: { slateId: slate.slateId, shelf, slot } };
  };
  let place = 0;
  return {
    source: 'algorithmic',
    shuffle: false,
    length,
    next: (plays, _, played) => {
      if (plays === 0) return cueOf(page, chosen.place, false);
      while (place < radio.tracks.length && (radio.tracks[place]! < 0 || played.has(radio.tracks[place]!))) place++;
      return place < radio.tracks.length ? cueOf(radio, place++, true) : null;
    },
  };
};
