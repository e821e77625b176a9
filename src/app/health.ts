/** Whether requests can be answered, and what is behind. */

import { setTimeout as delay } from 'node:timers/promises';
import type { HealthFace, LoopDelay } from '#http';
import type { Journal } from '#journal';
import type { Warehouse } from '#warehouse';

/** Who takes longer to answer is as good as away. */
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
    const warehouseState = (await inTime(answers(warehouse), false)) ? 'ok' : 'away';
    return {
      ready: journalState === 'ok',
      journal: journalState,
      warehouse: warehouseState,
      models: hasModels() ? 'ok' : 'none',
    };
  },
  // Of a journal that has failed nobody knows.
  journalLag: () => (journalAnswers(journal) ? lagOf(journal) : Number.NaN),
  // A thread that takes the place of another answers when it has read the catalogue.
  answeringDelay: () => inTime(answeringDelay(), null),
});

const journalAnswers = (journal: Journal): boolean => {
  try {
    journal.status();
    return true;
  } catch {
    return false;
  }
};

const answers = (warehouse: Warehouse): Promise<boolean> => warehouse.ping().then(() => true);

/** `otherwise` where it fails or takes too long. */
const inTime = async <Value, Other>(asked: Promise<Value>, otherwise: Other): Promise<Value | Other> => {
  const answered = new AbortController();
  const tooLate = delay(PATIENCE_MS, otherwise, { signal: answered.signal, ref: false });
  return Promise.race([asked, tooLate])
    .catch(() => otherwise)
    .finally(() => answered.abort());
};
