/** Whether requests can be answered, and what is behind. */

import { setTimeout as delay } from 'node:timers/promises';
import type { HealthFace, LoopDelay } from '#http';
import type { Journal } from '#journal';
import type { Warehouse } from '#warehouse';

/** A warehouse that takes longer is as good as away. */
const PATIENCE_MS = 2000;

export interface HealthDeps {
  readonly journal: Journal;
  readonly warehouse: Warehouse;
  readonly hasModels: () => boolean;
  readonly answeringDelay: () => Promise<LoopDelay>;
}

/** Records acknowledged but not yet in the warehouse. */
export const lagOf = (journal: Journal): number => {
  const { first, next } = journal.status();
  return next - first;
};

export const createHealth = ({ journal, warehouse, hasModels, answeringDelay }: HealthDeps): HealthFace => ({
  readiness: async () => {
    const journalState = journalAnswers(journal) ? 'ok' : 'failed';
    const warehouseState = (await answersInTime(warehouse)) ? 'ok' : 'away';
    return {
      ready: journalState === 'ok',
      journal: journalState,
      warehouse: warehouseState,
      models: hasModels() ? 'ok' : 'none',
    };
  },
  // Of a journal that has failed nobody knows.
  journalLag: () => (journalAnswers(journal) ? lagOf(journal) : Number.NaN),
  answeringDelay: () => answeringDelay().catch(() => null),
});

const journalAnswers = (journal: Journal): boolean => {
  try {
    journal.status();
    return true;
  } catch {
    return false;
  }
};

const answersInTime = async (warehouse: Warehouse): Promise<boolean> => {
  const away = new AbortController();
  const tooLate = delay(PATIENCE_MS, false, { signal: away.signal, ref: false }).catch(() => false);
  const answered = warehouse.ping().then(
    () => true,
    () => false,
  );
  return Promise.race([answered, tooLate]).finally(() => away.abort());
};
