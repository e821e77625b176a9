/** What an ended experiment adds to the corpus of past ones. */

import type { EpochMs, ExperimentDocument } from '#domain';
import type { EffectRow, ExperimentReport } from '#experiments';

/**
 * One row a metric and treatment, against the first arm; with several treatments each is an experiment of its own,
 * `name: arm`. Metrics whose change could not be computed, or had no variance, are left out: they tell nothing.
 */
export const archiveRows = (document: ExperimentDocument, report: ExperimentReport, endedAt: EpochMs): EffectRow[] =>
  report.metrics.flatMap(({ name, changes }) =>
    changes.flatMap(({ arm, effect }): EffectRow[] => {
      if (!(Number.isFinite(effect.value) && effect.variance > 0 && effect.n > 0)) return [];
      return [
        {
          experiment: changes.length > 1 ? `${document.name}: ${arm}` : document.name,
          metric: name,
          effect: effect.value,
          standardError: Math.sqrt(effect.variance),
          n: effect.n,
          at: endedAt,
          days: document.window_days,
        },
      ];
    }),
  );
