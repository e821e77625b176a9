/** What the thread that analyses and the one that started it ask of each other. */

import type { Answers } from '#http';
import type { LentRows } from '#warehouse';
import type { AnalysisName } from './analyses.ts';

/** What the thread is started with. */
export interface AnalysesThreadData {
  /** To those that answer listeners. */
  readonly givesWay: boolean;
}

/** What the thread offers. */
export interface AnalysesThreadFace {
  /** @param question by which it is told how far this is */
  analyze(question: number, name: AnalysisName, request: unknown): Promise<unknown>;
}

/** What the thread asks for. */
export interface AnalysesStarterFace extends LentRows {
  progress(question: number, progress: Answers.Progress): void;
  /** As long as it is gone through nobody else writes to the warehouse or erases from it. */
  exclusive(): AsyncIterable<true>;
  /** Journal sequence up to which the warehouse has every event. */
  carried(): number;
}
