/** The reference policies by name. */

export const POLICIES = {
  random: { about: 'Evenly from all that is out.', knowsTruth: false },
  popular: { about: 'What most people listened to.', knowsTruth: false },
  click_greedy: {
    about: 'The highest click rate among listeners of the same main genre; a twentieth of the slots explored.',
    knowsTruth: false,
  },
  click_only: { about: 'As click_greedy, exploring nothing.', knowsTruth: false },
  click_explore: { about: 'As click_greedy, exploring a tenth of the slots.', knowsTruth: false },
  journey_value: {
    about: 'Click rate times what follows from it: heard to the end, found and come back to.',
    knowsTruth: false,
  },
  more_of_same: { about: 'What the listener played most.', knowsTruth: false },
  discover: { about: 'Known ground that is rested, and steps of a middle distance from it.', knowsTruth: false },
  discover_random: { about: 'As discover, with steps to anywhere.', knowsTruth: false },
  oracle: { about: 'Knows what each track is truly worth to the listener, there and then.', knowsTruth: true },
  oracle_fair: { about: 'As oracle, and of nearly equal tracks it takes those rarely shown.', knowsTruth: true },
  encourage: {
    about: 'As oracle; a random half of the listeners gets many artists, the other half few.',
    knowsTruth: true,
  },
} as const satisfies Readonly<Record<string, { readonly about: string; readonly knowsTruth: boolean }>>;

export type PolicyName = keyof typeof POLICIES;
export const POLICY_NAMES = Object.keys(POLICIES) as readonly PolicyName[];

export const isPolicyName = (name: string): name is PolicyName => Object.hasOwn(POLICIES, name);
