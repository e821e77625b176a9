/** Rounds of a log that are ready to be weighed, from one CSV file. */

import { type PolicyRounds, toPolicyRounds } from '#evaluation';
import { readTable } from './read-table.ts';

const WEIGHED = ['reward', 'pscore', 'pi_e'] as const;
const PREDICTED = ['q_hat', 'dm'] as const;

/**
 * Columns reward, pscore (the log's probability of the action it took), pi_e (the judged policy's); with q_hat and dm
 * (predicted reward of that action, and Σ_a π_e q̂) the estimators that need a model; with action the overlap by action.
 * Other columns, such as position, are not looked at.
 * @throws {EngineError} unreadable_file, invalid_data.
 */
export const readRounds = async (path: string): Promise<PolicyRounds> => {
  const table = await readTable(path, WEIGHED);
  const predicted = PREDICTED.some((column) => table.header.includes(column));
  const known = [...WEIGHED, ...(predicted ? PREDICTED : [])];
  if (predicted) await readTable(path, PREDICTED);
  const values = new Map<string, number[]>(known.map((column) => [column, []]));
  const names = new Map<string, number>();
  const actions: number[] = [];
  const named = table.header.includes('action');
  for await (const row of table.rows) {
    for (const [column, cells] of values) cells.push(row.amount(column));
    if (!named) continue;
    const name = row.text('action');
    if (!names.has(name)) names.set(name, names.size);
    actions.push(names.get(name)!);
  }
  const column = (name: string): Float64Array => Float64Array.from(values.get(name) ?? []);
  return toPolicyRounds({
    rewards: column('reward'),
    loggedProbabilities: column('pscore'),
    targetProbabilities: column('pi_e'),
    predictions: predicted ? { logged: column('q_hat'), expected: column('dm') } : undefined,
    actions: named ? Uint32Array.from(actions) : undefined,
  });
};
