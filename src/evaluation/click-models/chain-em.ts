/** Expectation maximization of chain models: exact, because only where the listener stopped is hidden. */

import { type ChainKind, type ChainParameters, type ChainTally, type Tallies, tell } from './chain-kinds.ts';
import { type ClickSessions, type EmOptions, type EmReport, runEm } from './click-sessions.ts';

/** Least and greatest a probability is learned to be, so that no log is of 0. */
const LEAST = 1e-6;

export const startChain = ({ slots, itemCount }: ClickSessions): ChainParameters => ({
  attraction: new Float64Array(itemCount).fill(0.5),
  satisfaction: new Float64Array(itemCount).fill(0.5),
  goOnBySlot: new Float64Array(slots).fill(0.5),
  goOn: 0.5,
  goOnIrrelevant: 0.5,
  goOnRelevant: 0.5,
});

/** Learns in place. O(sweeps · cards). */
export const fitChain = (
  kind: ChainKind,
  sessions: ClickSessions,
  parameters: ChainParameters,
  options: EmOptions,
): EmReport =>
  runEm(
    sessions.size * sessions.slots,
    () => {
      const tally = startTally(sessions);
      let likelihood = 0;
      for (let session = 0; session < sessions.size; session++) {
        likelihood += addSession(kind, sessions, parameters, session, tally);
      }
      update(kind, parameters, tally);
      return likelihood;
    },
    options,
  );

const startTally = ({ slots, itemCount }: ClickSessions): ChainTally => {
  const of = (size: number): Tallies => ({ hits: new Float64Array(size), all: new Float64Array(size) });
  return {
    attraction: of(itemCount),
    satisfaction: of(itemCount),
    goOnBySlot: of(slots),
    goOn: of(1),
    goOnIrrelevant: of(1),
    goOnRelevant: of(1),
  };
};

/** Expected counts of one session; returns its log-likelihood. */
const addSession = (
  kind: ChainKind,
  { slots, items, clicks }: ClickSessions,
  parameters: ChainParameters,
  session: number,
  tally: ChainTally,
): number => {
  const own = items.subarray(session * slots, (session + 1) * slots);
  const clicked = clicks.subarray(session * slots, (session + 1) * slots);
  const last = clicked.lastIndexOf(1);
  let likelihood = 0;
  // Everything down to the last click was examined, and the listener went on from all of it but, perhaps, the last.
  for (let slot = 0; slot <= last; slot++) {
    const item = own[slot]!;
    const click = clicked[slot] === 1;
    tell(tally.attraction, item, click ? 1 : 0, 1);
    likelihood += Math.log(bounded(click ? parameters.attraction[item]! : 1 - parameters.attraction[item]!));
    if (slot === last) continue;
    if (click) kind.tallyClick(tally, parameters, { item, slot, wentOn: 1 });
    else tell(tally.goOn, 0, 1, 1);
    const goes = click ? kind.afterClick(parameters, item, slot) : kind.afterSkip(parameters);
    likelihood += Math.log(bounded(goes));
  }
  return likelihood + addTail(kind, parameters, { own, last }, tally);
};

/** Cards below the last click: how far the listener went is hidden. Returns the log-likelihood of no click among them. */
const addTail = (
  kind: ChainKind,
  parameters: ChainParameters,
  { own, last }: { own: Uint32Array; last: number },
  tally: ChainTally,
): number => {
  const slots = own.length;
  if (last === slots - 1) return 0;
  const enters = last === -1 ? 1 : kind.afterClick(parameters, own[last]!, last);
  const goes = kind.afterSkip(parameters);
  // reached[s]: goes down to slot s without a click there, given where the tail begins.
  const ends = new Float64Array(slots);
  let reached = enters;
  let total = 1 - enters;
  for (let slot = last + 1; slot < slots; slot++) {
    reached *= 1 - parameters.attraction[own[slot]!]!;
    ends[slot] = slot === slots - 1 ? reached : reached * (1 - goes);
    total += ends[slot]!;
    reached *= goes;
  }
  // From below: the chance that the listener came at least as far as a slot.
  let beyond = 0;
  for (let slot = slots - 1; slot > last; slot--) {
    const here = beyond + ends[slot]! / total;
    tell(tally.attraction, own[slot]!, 0, here);
    if (slot < slots - 1) tell(tally.goOn, 0, beyond, here);
    beyond = here;
  }
  if (last !== -1) kind.tallyClick(tally, parameters, { item: own[last]!, slot: last, wentOn: beyond });
  return Math.log(bounded(total));
};

const update = (kind: ChainKind, parameters: ChainParameters, tally: ChainTally): void => {
  const learn = ({ hits, all }: Tallies, into: Float64Array): void => {
    for (let n = 0; n < into.length; n++) if (all[n]! > 0) into[n] = bounded(hits[n]! / all[n]!);
  };
  const rate = ({ hits, all }: Tallies, before: number): number => (all[0]! > 0 ? bounded(hits[0]! / all[0]!) : before);
  learn(tally.attraction, parameters.attraction);
  learn(tally.satisfaction, parameters.satisfaction);
  learn(tally.goOnBySlot, parameters.goOnBySlot);
  if (kind.learnsGoOn) parameters.goOn = rate(tally.goOn, parameters.goOn);
  parameters.goOnIrrelevant = rate(tally.goOnIrrelevant, parameters.goOnIrrelevant);
  parameters.goOnRelevant = rate(tally.goOnRelevant, parameters.goOnRelevant);
};

const bounded = (probability: number): number => Math.min(1 - LEAST, Math.max(LEAST, probability));

/** P(click at each slot | the clicks above it), into `into`: the chance of being examined, filtered down the list. */
export const predictChain = (
  kind: ChainKind,
  parameters: ChainParameters,
  items: ArrayLike<number>,
  clicks: ArrayLike<number>,
  into: Float64Array,
): void => {
  let examined = 1;
  for (let slot = 0; slot < into.length; slot++) {
    const item = items[slot]!;
    const alpha = parameters.attraction[item]!;
    into[slot] = examined * alpha;
    if (clicks[slot] === 1) examined = kind.afterClick(parameters, item, slot);
    else examined = ((examined * (1 - alpha)) / Math.max(LEAST, 1 - examined * alpha)) * kind.afterSkip(parameters);
  }
};
