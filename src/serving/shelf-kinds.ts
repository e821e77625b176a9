/** The shelves there are: what each is for and whether it is familiar ground. */

import type { Character } from './answers.ts';

export interface ShelfKind {
  readonly need: string;
  readonly character: Character;
}

/** An editorial shelf is named `editors:<pool>`, a because shelf `because:<n>`. */
const KINDS = {
  jump_back_in: { need: 'Carry on with what you play now', character: 'familiar' },
  daypart: { need: 'Something that fits this time of your day', character: 'mixed' },
  because: { need: 'More in the manner of something you like', character: 'discovery' },
  again: { need: 'Come back to what goes with something you like', character: 'familiar' },
  hardly_heard: { need: 'Give a chance to what you have hardly heard', character: 'mixed' },
  all_time: { need: 'Play what you have played most of all', character: 'familiar' },
  picked: { need: 'New things for you, without having to search', character: 'discovery' },
  new_artists: { need: 'Meet artists you have not played', character: 'discovery' },
  favourites_more: { need: 'Go deeper with artists you know', character: 'discovery' },
  forgotten: { need: 'Find again what you have not played for a while', character: 'familiar' },
  session: { need: 'Stay in the mood of your last session', character: 'mixed' },
  fresh: { need: 'Keep up with what is new', character: 'discovery' },
  editors: { need: 'Let someone with a good ear choose', character: 'mixed' },
  popular: { need: 'Hear what others here play', character: 'mixed' },
  weekly: { need: 'A weekly list of things you have not played', character: 'discovery' },
  radio: { need: 'Keep the music going', character: 'mixed' },
} as const satisfies Record<string, ShelfKind>;

/** The log may hold slates of other makers, with shelves of their own. */
const FOREIGN: ShelfKind = { need: 'Not known: the shelf was made elsewhere', character: 'mixed' };

/** The kind of a shelf by its id, `name` or `name:part`. */
export const shelfKind = (shelf: string): ShelfKind => {
  const colon = shelf.indexOf(':');
  const name = colon < 0 ? shelf : shelf.slice(0, colon);
  return Object.hasOwn(KINDS, name) ? KINDS[name as keyof typeof KINDS] : FOREIGN;
};
