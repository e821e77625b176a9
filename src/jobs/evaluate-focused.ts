/** A run of parts of recordings judged against judgments of parts, both in files. */

import {
  createJudgedPartsReader,
  createRetrievedPartsReader,
  evaluateParts,
  type FocusedOptions,
  type PartsReport,
} from '#evaluation';
import { readInto } from './read-into.ts';

export interface EvaluateFocusedOptions extends FocusedOptions {
  /** Paths; files compressed with gzip are read as well. */
  readonly qrels: string;
  readonly run: string;
}

/** Reads the files and judges. @throws {EngineError} unreadable_file, and what `evaluateParts` throws. */
export const evaluateFocused = async (options: EvaluateFocusedOptions): Promise<PartsReport> => {
  const judgments = await readInto(options.qrels, createJudgedPartsReader(options.qrels));
  const run = await readInto(options.run, createRetrievedPartsReader(options.run));
  return evaluateParts(run, judgments, options);
};
