/** What the process of an import step and the one that started it say to each other. */

import type { Failure } from '#domain';
import type { Answers } from '#http';
import type { ImportStep, StepWork } from './steps.ts';

export interface StepOrder extends StepWork {
  readonly step: ImportStep;
}

export type StepMessage =
  | { readonly kind: 'progress'; readonly progress: Answers.Progress }
  | { readonly kind: 'done'; readonly report: Answers.ImportReport | null }
  | { readonly kind: 'failed'; readonly failure: Failure };
