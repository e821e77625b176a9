/** A policy judged on a log of slates, from one CSV file. */

import { EngineError } from '#domain';
import {
  evaluateSlates,
  type SlateEvaluationOptions,
  type SlateReport,
  type SlateRounds,
  toSlateRounds,
} from '#evaluation';
import { createRng } from '#math';
import { readTable } from './read-table.ts';

export interface EvaluateSlateOptions extends SlateEvaluationOptions {
  readonly seed: number;
}

const REQUIRED = ['slate', 'slot', 'reward', 'pscore', 'pi_e'] as const;
const MODELS = { slotModel: ['r_hat', 'r_dm'], cascadeModel: ['q_hat', 'q_dm'] } as const;

/** @throws {EngineError} unreadable_file, invalid_data. */
export const evaluateSlateFile = async (path: string, options: EvaluateSlateOptions): Promise<SlateReport> =>
  evaluateSlates(await readSlates(path), createRng(options.seed), options);

/**
 * One line a card: slate (its name), slot (from 1; the cards of a slate in any order), reward, pscore and pi_e (probability
 * of the card given those above it, of the log and of the judged policy), and predictions: r_hat and r_dm of the slot's
 * reward, q_hat and q_dm of the rewards from the slot on. All slates have as many slots.
 */
const readSlates = async (path: string): Promise<SlateRounds> => {
  const table = await readTable(path, REQUIRED);
  const predicted = Object.values(MODELS).filter((pair) => pair.some((column) => table.header.includes(column)));
  for (const pair of predicted) await readTable(path, pair);
  const names = ['reward', 'pscore', 'pi_e', ...predicted.flat()];
  const slates = new Map<string, Map<number, readonly number[]>>();
  for await (const row of table.rows) {
    const name = row.text('slate');
    const slot = row.amount('slot');
    const cards = slates.get(name) ?? new Map<number, readonly number[]>();
    if (cards.has(slot))
      throw new EngineError('invalid_data', `${path}, row ${row.number}: slate ${name} has slot ${slot} twice`);
    cards.set(
      slot,
      names.map((column) => row.amount(column)),
    );
    slates.set(name, cards);
  }
  const slots = slates.values().next().value?.size ?? 0;
  const columns = new Map(names.map((name): [string, number[]] => [name, []]));
  for (const [name, cards] of slates) {
    for (let slot = 1; slot <= Math.max(slots, cards.size); slot++) {
      const card = cards.get(slot);
      if (card === undefined || slot > slots) {
        throw new EngineError(
          'invalid_data',
          `${path}: slate ${name} has ${cards.size} slots, expected 1 to ${slots}, each once`,
        );
      }
      names.forEach((column, at) => void columns.get(column)!.push(card[at]!));
    }
  }
  return toRounds(slots, columns);
};

const toRounds = (slots: number, columns: ReadonlyMap<string, readonly number[]>): SlateRounds => {
  const column = (name: string): Float64Array => Float64Array.from(columns.get(name) ?? []);
  const model = ([logged, expected]: readonly [string, string]) =>
    columns.has(logged) ? { logged: column(logged), expected: column(expected) } : undefined;
  return toSlateRounds({
    slots,
    rewards: column('reward'),
    loggedProbabilities: column('pscore'),
    targetProbabilities: column('pi_e'),
    slotModel: model(MODELS.slotModel),
    cascadeModel: model(MODELS.cascadeModel),
  });
};
