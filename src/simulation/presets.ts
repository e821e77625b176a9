/** Worlds that come with the program. */

import { parseWorld, type WorldDocument } from './world-document.ts';

/** By name; the text is what a document of one's own looks like. */
export const PRESETS: Readonly<Record<string, string>> = {
  playground: `
name: playground
about: The small world that a first start shows.
listeners: { parties: 0.25 }
editors: { purposes: 0.6 }
effects: { surveys: 0.05 }
`,
  small: `
name: small
about: Enough people for a first look at a policy, in seconds.
catalogue: { tracks: 1000, shows: 10 }
listeners: { count: 200 }
`,
  city: `
name: city
about: A large catalogue and thousands of people, a hit and a holiday.
catalogue: { tracks: 20000, shows: 200 }
listeners: { count: 5000 }
shocks:
  - { day: 20, kind: hit, days: 14 }
  - { day: 40, kind: holiday, days: 4 }
`,
  'claim/clickbait': `
name: claim/clickbait
about: Covers promise more than the tracks keep.
catalogue: { tracks: 800, shows: 0, bait: 1.2 }
listeners: { count: 150 }
`,
  'claim/discovery': `
name: claim/discovery
about: Repetition wears out and the right distance pleases.
catalogue: { tracks: 800, shows: 0, bait: 0 }
listeners: { count: 150 }
effects: { satiation: 1.4, novelty: 1.2 }
`,
  'claim/purpose': `
name: claim/purpose
about: Nights and parties as they are, everybody asked how it was.
catalogue: { tracks: 800, shows: 0 }
listeners: { count: 240 }
effects: { surveys: 1 }
`,
  'claim/devices': `
name: claim/devices
about: The same people on screens of every kind.
catalogue: { tracks: 800, shows: 0 }
listeners: { count: 200 }
`,
  'claim/diversity-causes': `
name: claim/diversity-causes
about: Diverse sessions make people stay, and eager people are broad as well.
catalogue: { tracks: 800, shows: 0, bait: 0 }
listeners: { count: 400, enthusiasm: 1.2, drift: 0 }
effects: { satiation: 0, novelty: 0, return: 0, attachment: 0, diversity: 2 }
`,
  'claim/diversity-accompanies': `
name: claim/diversity-accompanies
about: Eager people are broad; diversity itself does nothing.
catalogue: { tracks: 800, shows: 0, bait: 0 }
listeners: { count: 400, enthusiasm: 1.2, drift: 0 }
effects: { satiation: 0, novelty: 0, return: 0, attachment: 0, diversity: 0 }
`,
  'claim/clock': `
name: claim/clock
about: The moment and the hour decide what suits.
catalogue: { tracks: 800, shows: 0 }
listeners: { count: 200 }
effects: { context: 1.5, clock: 1.5 }
`,
};

export const PRESET_NAMES: readonly string[] = Object.keys(PRESETS);

/** Null when no preset has that name. */
export const presetWorld = (name: string): WorldDocument | null => {
  const text = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  return text === undefined ? null : parseWorld(text);
};
