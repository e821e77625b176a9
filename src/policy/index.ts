/**
 * From candidates to a slate: exploration within the plausible band with exact propensities, limits per artist, no item
 * twice, explanations that are checked. Pure: the same input and seed give the same slate, so a log can be replayed.
 * It does not find or score candidates, read any store, or know what a home page is: `serving` does.
 */

export { type ChanceCards, chanceCards } from './chance.ts';
export { changePolicy, type ItemTraits, type PolicyChange, type ScoringChange } from './change.ts';
export { type ClaimRecord, claimFromRecord, claimToRecord } from './claim-record.ts';
export { type Names, sentence } from './claim-sentence.ts';
export {
  type CatalogueFacts,
  type Facts,
  FORGOTTEN_AFTER_MS,
  FRESH_HERE_MS,
  FRESH_RELEASE_MS,
  holds,
  isFreshHere,
  isFreshRelease,
  type ListenerFacts,
  renewClaim,
} from './claims.ts';
export { composeSlate } from './compose.ts';
export {
  type Breadth,
  explorationShare,
  learnReadiness,
  type Readiness,
  UNLEARNED_READINESS,
} from './exploration.ts';
export { type LoggedCard, massOutside, propensityOf, type SlotLaw, slotLaws } from './replay.ts';
export type {
  Candidate,
  Claim,
  ComposedShelf,
  ComposedSlate,
  PlacedCard,
  PolicyInput,
  ShelfInput,
} from './slate.ts';
