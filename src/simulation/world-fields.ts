/** Every field of a world document once: what it is, what it may be, what it is when nobody says. */

export interface WorldField {
  readonly standard: number;
  readonly from: number;
  readonly to: number;
  /** A whole number. */
  readonly whole?: true;
  /** What it does, in the reader's words. */
  readonly doc: string;
}

export const WORLD_FIELDS = {
  'catalogue.tracks': { standard: 3000, from: 60, to: 200_000, whole: true, doc: 'Tracks that exist by the end.' },
  'catalogue.shows': { standard: 20, from: 0, to: 2000, whole: true, doc: 'Podcast shows.' },
  'catalogue.bait': {
    standard: 0.5,
    from: 0,
    to: 2,
    doc: 'How far covers and titles draw clicks beyond what the track is worth; bait goes with lower quality.',
  },
  'listeners.count': { standard: 300, from: 1, to: 1_000_000, whole: true, doc: 'People.' },
  'listeners.readiness': {
    standard: 0,
    from: -0.6,
    to: 0.6,
    doc: 'Added to everyone’s willingness to hear the unfamiliar.',
  },
  'listeners.drift': {
    standard: 0.08,
    from: 0,
    to: 1,
    doc: 'How far tastes wander in 28 days: with drift s the expected cosine of a taste with itself a period later is 1/√(1+s²).',
  },
  'listeners.together': {
    standard: 0.35,
    from: 0,
    to: 1,
    doc: 'Share of sessions at moments made for company that are heard by a group: the least pleased of them counts half.',
  },
  'listeners.parties': {
    standard: 0,
    from: 0,
    to: 10,
    doc: 'How much Friday and Saturday nights are for parties to everybody; usual moments weigh 1 to 6. Without it only some people give them.',
  },
  'listeners.enthusiasm': {
    standard: 0,
    from: 0,
    to: 3,
    doc: 'Confounder: log-odds of coming on a day between people with many tastes and people with one. Breadth does not cause it.',
  },
  'editors.purposes': {
    standard: 0,
    from: 0,
    to: 1,
    doc: 'Share of sessions for sleep and for parties that go to a list which editors keep for just that; without it there are no such lists.',
  },
  'effects.satiation': { standard: 1, from: 0, to: 3, doc: 'Strength of warming and wearing out by repetition.' },
  'effects.novelty': {
    standard: 1,
    from: 0,
    to: 3,
    doc: 'Strength of the pleasure in the new: an inverted U over the distance from one’s tastes, by readiness.',
  },
  'effects.context': { standard: 1, from: 0, to: 1.5, doc: 'How much the moment decides which energy suits.' },
  'effects.clock': {
    standard: 0,
    from: 0,
    to: 1.5,
    doc: 'How much the hour decides which energy suits where what one is doing leaves it open: calm mornings and nights, driving evenings.',
  },
  'effects.return': {
    standard: 6,
    from: 0,
    to: 12,
    doc: 'Log-odds of coming on a day per unit of recent true utility.',
  },
  'effects.attachment': {
    standard: 0.15,
    from: 0,
    to: 1,
    doc: 'Log-odds that each session’s true utility adds to or takes from the habit for good.',
  },
  'effects.diversity': {
    standard: 0,
    from: -2,
    to: 2,
    doc: 'Log-odds that a session of many artists adds to the habit for good, beyond its utility: zero is a world where diversity does not cause return.',
  },
  'effects.surveys': { standard: 0.012, from: 0, to: 1, doc: 'Share of sessions after which the listener answers.' },
} as const satisfies Readonly<Record<string, WorldField>>;

export type WorldFieldName = keyof typeof WORLD_FIELDS;
export type WorldRules = Readonly<Record<WorldFieldName, number>>;

export const WORLD_FIELD_NAMES = Object.keys(WORLD_FIELDS) as readonly WorldFieldName[];

/** A world in which nobody said anything. */
export const standardRules = (): Record<WorldFieldName, number> =>
  Object.fromEntries(WORLD_FIELD_NAMES.map((name) => [name, WORLD_FIELDS[name].standard])) as Record<
    WorldFieldName,
    number
  >;
