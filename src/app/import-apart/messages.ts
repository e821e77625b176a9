/** What the process of an import step and the one that started it say to each other. */

import type { ErrorCode, FieldError } from '#domain';
import type { Answers } from '#http';
import type { ImportStep, StepWork } from './steps.ts';

export interface StepOrder extends StepWork {
  readonly step: ImportStep;
}

export type StepMessage =
  | { readonly kind: 'progress'; readonly progress: Answers.Progress }
  | { readonly kind: 'done'; readonly report: Answers.ImportReport | null }
  | {
      readonly kind: 'failed';
      /** Null for what is no error of the engine's own. */
      readonly code: ErrorCode | null;
      readonly message: string;
      readonly fields: readonly FieldError[];
    };
