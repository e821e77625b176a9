/** A history of experiments in a file: one line an experiment and metric. docs/reference/corpus.md describes it. */

import { EngineError } from '#domain';
import { CONTEXT_DIMENSIONS, type Context, type EffectRow, type NoiseCorrelation } from '#experiments';
import { hasColumn, momentOf, numberColumn, optionalNumberColumn, textColumn } from '../tables/columns.ts';
import { readTable, type Table } from '../tables/read-table.ts';

const KINDS = ['', 'ab', 'aa'];

/** @throws {EngineError} unreadable_file, invalid_data with the line that is wrong. */
export const readCorpusFile = async (path: string): Promise<readonly EffectRow[]> => corpusRows(await readTable(path));

/** Rows of a table with the columns experiment, metric, effect, se, n, and what else is known. */
export const corpusRows = (table: Table): readonly EffectRow[] => {
  const [experiments, metrics] = [textColumn(table, 'experiment'), textColumn(table, 'metric')];
  const [effects, errors] = [numberColumn(table, 'effect'), numberColumn(table, 'se')];
  const units = numberColumn(table, 'n');
  const days = hasColumn(table, 'days') ? optionalNumberColumn(table, 'days') : undefined;
  const words = Object.fromEntries(
    ['surface', 'intent', 'device', 'at', 'kind'].flatMap((name) =>
      hasColumn(table, name) ? [[name, textColumn(table, name)]] : [],
    ),
  );
  return table.rows.map((_, row): EffectRow => {
    const word = (name: string): string => words[name]?.[row] ?? '';
    const check = (holds: boolean, column: string, value: string | number, expected: string): void => {
      if (holds) return;
      const where = `line ${row + table.firstLine} of ${table.path}, column "${column}"`;
      throw new EngineError('invalid_data', `${where} is "${String(value).slice(0, 60)}": expected ${expected}`);
    };
    check(experiments[row] !== '', 'experiment', '', 'a name');
    check(metrics[row] !== '', 'metric', '', 'a name');
    check(errors[row]! > 0, 'se', errors[row]!, 'a standard error above 0');
    check(units[row]! > 0, 'n', units[row]!, 'the units of the experiment, above 0');
    check(KINDS.includes(word('kind')), 'kind', word('kind'), 'ab or aa');
    const at = momentOf(word('at'));
    check(word('at') === '' || at !== undefined, 'at', word('at'), 'a date like 2026-03-01');
    return {
      experiment: experiments[row]!,
      metric: metrics[row]!,
      effect: effects[row]!,
      standardError: errors[row]!,
      n: units[row]!,
      ...contextOf(word),
      ...(at !== undefined && { at }),
      ...(days !== undefined && !Number.isNaN(days[row]) && { days: days[row]! }),
      ...(word('kind') === 'aa' && { aa: true }),
    };
  });
};

const contextOf = (word: (name: string) => string): Context =>
  Object.fromEntries(CONTEXT_DIMENSIONS.flatMap((name) => (word(name) === '' ? [] : [[name, word(name)]])));

/** Error correlations of metrics: columns metric, other, correlation. @throws as `readCorpusFile` */
export const readNoiseFile = async (path: string): Promise<readonly NoiseCorrelation[]> => {
  const table = await readTable(path);
  const [metrics, others] = [textColumn(table, 'metric'), textColumn(table, 'other')];
  return Array.from(numberColumn(table, 'correlation'), (correlation, row) => {
    if (!(Math.abs(correlation) < 1)) {
      const where = `line ${row + table.firstLine} of ${path}`;
      throw new EngineError('invalid_data', `${where}: correlation ${correlation}, expected a number between -1 and 1`);
    }
    return { metric: metrics[row]!, other: others[row]!, correlation };
  });
};
