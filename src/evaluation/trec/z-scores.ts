/** Scores by how far they lie from those of other runs. */

import { textOf } from './bytes.ts';
import { leadingDecimal } from './numbers.ts';
import { type FileReader, type Layout, RowScanner, readWhole, type TextFile } from './rows.ts';

/** What trec_eval writes where the mean and deviation are not known. Never a score: so far off no run is. */
export const MISSING_Z_SCORE = -1_000_000;

const LAYOUT: Layout = {
  fields: ['topic', 'measure', 'mean', 'deviation'],
  more: false,
  blankLines: false,
};

/** Deviations from the mean of a reference set of runs, in standard deviations. */
export interface ZScores {
  /** MISSING_Z_SCORE where the reference lacks the measure, or has no spread and another value. */
  readonly convert: (topic: string, column: string, value: number) => number;
}

/** Reads `topic measure mean deviation` lines. @throws {EngineError} unreadable_file, from its parts. */
export const createZScoresReader = (name: string): FileReader<ZScores> => {
  const references = new Map<string, { mean: number; deviation: number }>();
  const scanner = new RowScanner(name, LAYOUT, ({ bytes, starts, ends }) => {
    const [topic = '', column = '', mean = '', deviation = ''] = Array.from(starts, (start, n) =>
      textOf(bytes, start, ends[n]!),
    );
    const reference = { mean: leadingDecimal(mean) ?? 0, deviation: leadingDecimal(deviation) ?? 0 };
    references.set(`${topic}\n${column}`, reference);
  });
  const convert = (topic: string, column: string, value: number): number => {
    const reference = references.get(`${topic}\n${column}`);
    if (reference === undefined) return MISSING_Z_SCORE;
    if (reference.deviation !== 0) return (value - reference.mean) / reference.deviation;
    return value === reference.mean ? 0 : MISSING_Z_SCORE;
  };
  return {
    push: (bytes) => scanner.push(bytes),
    end: () => {
      scanner.end();
      return { convert };
    },
  };
};

/** Means and deviations from a file that is there whole. @throws {EngineError} unreadable_file. */
export const readZScores = (file: TextFile): ZScores => readWhole(file, createZScoresReader(file.name));
