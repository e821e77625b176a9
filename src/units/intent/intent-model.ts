/** What was learned of intents from answers: corrections to the scores of the rules. */

export interface IntentModel {
  /** Row-major, INTENTS × FEATURE_NAMES. */
  readonly weights: Float64Array;
  /** What the scores of the rules are multiplied with: below 1 where answers show them too sure. */
  readonly ruleTrust: number;
  /** Answers it was learned from. */
  readonly answers: number;
}
