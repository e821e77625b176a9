/** Types of expressions, and how they are called in messages. All numbers are float64. */

import type { RecordName, ScalarType } from '../unit/fields.ts';

export type Type =
  | ScalarType
  | 'intents'
  | { readonly record: RecordName | 'later' | 'usual' }
  | { readonly list: ScalarType | { readonly record: RecordName } };

export interface ListType {
  readonly list: ScalarType | { readonly record: RecordName };
}

export const isList = (type: Type): type is ListType => typeof type === 'object' && 'list' in type;

export const listOf = (list: ListType['list']): ListType => ({ list });

const RECORD_WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  unit: ['the unit', 'units'],
  item: ['the item', 'items'],
  play: ['a play', 'plays'],
  action: ['an action', 'actions'],
  impression: ['an impression', 'impressions'],
  search: ['a search step', 'search steps'],
  turn: ['a turn', 'turns'],
  session: ['a session', 'sessions'],
  past: ['an earlier unit', 'earlier units'],
  later: ['what came later', ''],
  usual: ['what is usual', ''],
};
const SCALAR_WORDS = {
  number: ['a number', 'numbers'],
  bool: ['true or false', 'truths'],
  string: ['a text', 'texts'],
};

/** `a number`, `a list of plays`: as a message says it. */
export const typeWords = (type: Type): string => {
  if (type === 'intents') return 'the intents';
  if (typeof type === 'string') return SCALAR_WORDS[type][0]!;
  if ('record' in type) return RECORD_WORDS[type.record]![0];
  const { list } = type;
  return `a list of ${typeof list === 'string' ? SCALAR_WORDS[list][1] : RECORD_WORDS[list.record]![1]}`;
};

export const sameType = (a: Type, b: Type): boolean => typeWords(a) === typeWords(b);
