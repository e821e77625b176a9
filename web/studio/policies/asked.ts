/** From the page's address to what is asked of the engine. */

import type { POLICY_REWARDS } from '#api';

/** Policies that are tried often; `text` is their document. */
export const PRESETS: Readonly<Record<string, { readonly label: string; readonly text: string }>> = {
  none: { label: 'no exploration', text: 'exploration: 0' },
  quarter: { label: 'a quarter of the exploration', text: 'exploration_factor: 0.25' },
  half: { label: 'half the exploration', text: 'exploration_factor: 0.5' },
  twice: { label: 'twice the exploration', text: 'exploration_factor: 2' },
  narrow: { label: 'a narrower band', text: 'band: 2' },
};

/** The document is written on the page. */
export const OWN = 'document';

export const EXAMPLE = `exploration_factor: 0.5
band: 2
scoring:
  tags: { jazz: 0.5 }
  per_year: -0.05
`;

export const REWARD_WORDS: Readonly<Record<(typeof POLICY_REWARDS)[number], string>> = {
  played: 'it was played',
  listened_30s: 'it was heard for 30 s',
};

export interface Asked {
  readonly surface?: string | undefined;
  readonly policy?: string | undefined;
  readonly reward?: string | undefined;
  readonly document?: string | undefined;
}

/** Document and query of the address; what it does not name is as the page has it at first. */
export const replayAsked = ({ surface, policy = 'half', reward = 'played', document = '' }: Asked) => ({
  text: policy === OWN ? document : (PRESETS[policy] ?? PRESETS['half']!).text,
  query: {
    surface,
    ...(reward in REWARD_WORDS ? { reward } : { success: reward }),
  },
});
