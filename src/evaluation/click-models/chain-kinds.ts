/** Click models in which a listener goes down the list: what makes them go on. */

/** Parameters of all chain models; each uses its own. Probabilities. */
export interface ChainParameters {
  /** α by item: clicked when examined. */
  readonly attraction: Float64Array;
  /** σ by item: satisfied once clicked. */
  readonly satisfaction: Float64Array;
  /** λ by slot: going on after a click there. */
  readonly goOnBySlot: Float64Array;
  /** Going on after a card that was not clicked. */
  goOn: number;
  /** Going on after a click on what turned out irrelevant, relevant. */
  goOnIrrelevant: number;
  goOnRelevant: number;
}

/** Expected counts of a sweep: [times it was so, times it could have been]. */
export interface ChainTally {
  readonly attraction: Tallies;
  readonly satisfaction: Tallies;
  readonly goOnBySlot: Tallies;
  readonly goOn: Tallies;
  readonly goOnIrrelevant: Tallies;
  readonly goOnRelevant: Tallies;
}

export interface Tallies {
  readonly hits: Float64Array;
  readonly all: Float64Array;
}

/** A click with the chance that the listener went on below it. */
export interface ClickMoment {
  readonly item: number;
  readonly slot: number;
  readonly wentOn: number;
}

export interface ChainKind {
  readonly name: string;
  /** Going on after an examined card without a click. */
  afterSkip(parameters: ChainParameters): number;
  afterClick(parameters: ChainParameters, item: number, slot: number): number;
  /** What a click that was not on the last slot tells. */
  tallyClick(tally: ChainTally, parameters: ChainParameters, moment: ClickMoment): void;
  /** Whether `goOn` is learned. */
  readonly learnsGoOn: boolean;
}

export const tell = (tallies: Tallies, place: number, hits: number, all: number): void => {
  tallies.hits[place]! += hits;
  tallies.all[place]! += all;
};

/** Nobody goes on after a click [Chuklin2015, section 3.4]: sessions with two clicks contradict it. */
const cascade: ChainKind = {
  name: 'cascade',
  afterSkip: () => 1,
  afterClick: () => 0,
  tallyClick: () => undefined,
  learnsGoOn: false,
};

/** After a click on slot k the listener goes on with λ_k [Chuklin2015, section 3.6]. */
const dependentClick: ChainKind = {
  name: 'dcm',
  afterSkip: () => 1,
  afterClick: ({ goOnBySlot }, _, slot) => goOnBySlot[slot]!,
  tallyClick: ({ goOnBySlot }, _, { slot, wentOn }) => tell(goOnBySlot, slot, wentOn, 1),
  learnsGoOn: false,
};

/** τ1 after a skip; after a click τ2 or τ3, as the item turns out irrelevant or, with α, relevant [Chuklin2015, section 3.7]. */
const clickChain: ChainKind = {
  name: 'ccm',
  afterSkip: ({ goOn }) => goOn,
  afterClick: ({ attraction, goOnIrrelevant, goOnRelevant }, item) =>
    goOnIrrelevant * (1 - attraction[item]!) + goOnRelevant * attraction[item]!,
  tallyClick: (tally, { attraction, goOnIrrelevant, goOnRelevant }, { item, wentOn }) => {
    const alpha = attraction[item]!;
    const goes = goOnIrrelevant * (1 - alpha) + goOnRelevant * alpha;
    const relevantWent = goes > 0 ? (wentOn * goOnRelevant * alpha) / goes : 0;
    const relevantStopped = goes < 1 ? ((1 - wentOn) * (1 - goOnRelevant) * alpha) / (1 - goes) : 0;
    const relevant = relevantWent + relevantStopped;
    tell(tally.goOnRelevant, 0, relevantWent, relevant);
    tell(tally.goOnIrrelevant, 0, wentOn - relevantWent, 1 - relevant);
    // Relevance after the click is drawn with the same α as attraction before it.
    tell(tally.attraction, item, relevant, 1);
  },
  learnsGoOn: true,
};

/** Satisfied with σ_i, else going on with γ, as after a skip [Chuklin2015, section 3.8]. */
const dynamicBayesian: ChainKind = {
  name: 'dbn',
  afterSkip: ({ goOn }) => goOn,
  afterClick: ({ satisfaction, goOn }, item) => goOn * (1 - satisfaction[item]!),
  tallyClick: (tally, { satisfaction, goOn }, { item, wentOn }) => {
    const sigma = satisfaction[item]!;
    const stops = sigma + (1 - sigma) * (1 - goOn);
    const satisfied = stops > 0 ? ((1 - wentOn) * sigma) / stops : 0;
    tell(tally.satisfaction, item, satisfied, 1);
    tell(tally.goOn, 0, wentOn, 1 - satisfied);
  },
  learnsGoOn: true,
};

/** The dynamic Bayesian model with γ = 1. */
const simplifiedBayesian: ChainKind = {
  name: 'sdbn',
  afterSkip: () => 1,
  afterClick: ({ satisfaction }, item) => 1 - satisfaction[item]!,
  tallyClick: (tally, _, { item, wentOn }) => tell(tally.satisfaction, item, 1 - wentOn, 1),
  learnsGoOn: false,
};

export const CHAIN_KINDS: readonly ChainKind[] = [
  cascade,
  dependentClick,
  clickChain,
  dynamicBayesian,
  simplifiedBayesian,
];
