/** What a check found: the rule, the words, and the place in the file. */

export const RULES = {
  yaml: 'The file is not YAML.',
  field: 'A field is missing, unknown, given twice, or not of its kind.',
  word: 'A word is not in the closed vocabulary of its place.',
  duration: 'A horizon is not a duration such as 30m, 14h or 7d.',
  version: 'A version is not a whole number from 1 on.',
  syntax: 'An expression cannot be read as CEL.',
  name: 'An expression names what there is not.',
  type: 'An expression mixes types, or gives the wrong one for its field.',
  horizon: 'An expression asks for what lies after the horizon.',
  example: 'A worked example cannot be read, or does not come out as it says.',
  contradiction: 'An example both achieves and fails.',
  polarity: 'A declared polarity is contradicted when its let is moved.',
  range: 'The value leaves [0, 1], or the effort falls below 0, on a made-up unit.',
  tie: 'Two definitions are equally specific for the same unit.',
  gap: 'A (surface, intent, device) cell has no definition.',
} as const;
export type Rule = keyof typeof RULES;

export interface Place {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface Finding {
  readonly rule: Rule;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Name under which the source was given; empty when it has none. */
  readonly file: string;
  readonly from: Place;
  readonly to: Place;
}

/** `sleep.yaml:12:9: error: unknown name "playz": did you mean plays? [name]` */
export const formatFinding = ({ file, from, severity, message, rule }: Finding): string =>
  `${file === '' ? '' : `${file}:`}${from.line}:${from.column}: ${severity}: ${message} [${rule}]`;

export const isError = ({ severity }: Finding): boolean => severity === 'error';
