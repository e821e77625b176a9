/** What is wrong with an expression, and where in its text. */

/** `broken`: it reads a let that is wrong itself and has its finding already. */
export type ExpressionRule = 'syntax' | 'name' | 'type' | 'word' | 'broken';

export class ExpressionError extends Error {
  readonly rule: ExpressionRule;
  readonly start: number;
  readonly end: number;

  constructor(rule: ExpressionRule, place: { readonly start: number; readonly end: number }, message: string) {
    super(message);
    this.name = 'ExpressionError';
    this.rule = rule;
    this.start = place.start;
    this.end = place.end;
  }
}
