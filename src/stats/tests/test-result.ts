/** What a test of a hypothesis says, or why it says nothing. */
export type TestResult =
  | {
      readonly ok: true;
      readonly statistic: number;
      /** Probability, if the hypothesis holds, of a statistic at least as far out; in [0, 1]. */
      readonly pValue: number;
      readonly method: string;
    }
  | { readonly ok: false; readonly reason: string };
