/** Ids are branded strings: one kind cannot be passed for another, and none is made by concatenation outside this file. */

import { ITEM_TYPES, type ItemType } from './vocabulary.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type UserId = Branded<'UserId'>;
export type ItemId = Branded<'ItemId'>;
export type EventId = Branded<'EventId'>;
export type SlateId = Branded<'SlateId'>;
export type SessionId = Branded<'SessionId'>;

/** Longest id accepted, in UTF-16 code units. */
export const MAX_ID_LENGTH = 200;

/** `type:opaque`, e.g. `track:3n3Ppam7vgaVa1iaRUc9Lp`. */
export const ITEM_ID_PATTERN: RegExp = new RegExp(`^(?:${ITEM_TYPES.join('|')}):[^\\s\\p{Cc}]{1,180}$`, 'u');

export const itemId = (type: ItemType, opaque: string): ItemId => `${type}:${opaque}` as ItemId;

export const itemTypeOf = (id: ItemId): ItemType => id.slice(0, id.indexOf(':')) as ItemType;
