/** What checks of definitions said: one tries some hundred made-up units, and takes a tenth of a second. */

import { checkDefinition, type Definition, type Sourced } from '#success';

/** By file and text. Null: it has errors. */
const CHECKED = new Map<string, Definition | null>();
const MOST = 1000;

const keyOf = ({ file, text }: Sourced): string => `${file}\n${text}`;

export const isChecked = (source: Sourced): boolean => CHECKED.has(keyOf(source));

/** What a check said elsewhere, so that it is not made again. */
export const rememberChecked = (source: Sourced, definition: Definition | undefined): void => {
  if (CHECKED.size >= MOST) CHECKED.clear();
  CHECKED.set(keyOf(source), definition ?? null);
};

/** The definition that the text is, checked now unless it was before; null where it has errors. */
export const checkedOf = (source: Sourced): Definition | null => {
  if (!isChecked(source)) rememberChecked(source, checkDefinition(source.text, source.file).definition);
  return CHECKED.get(keyOf(source)) ?? null;
};
