/** A policy replayed against the log, on the wire. */

import type { PolicyReplayWire, PolicySliceWire } from '#api';
import type { ReplayReport } from '#jobs';
import { toEstimate } from './metrics.ts';

export const toPolicyReplay = ({ slates, replayed, slices, sql }: ReplayReport): PolicyReplayWire => ({
  slates,
  replayed,
  slices: slices.map(toSlice),
  sql,
});

const toSlice = ({ by, value, slates, report }: ReplayReport['slices'][number]): PolicySliceWire => ({
  by,
  value,
  slates,
  report:
    report === undefined
      ? null
      : {
          shelves: report.n,
          logged: toEstimate(report.logged),
          estimates: report.estimates.map(({ name, title, bootstrap }) => ({
            name,
            title,
            estimate: toEstimate(bootstrap),
          })),
          by_slot: report.bySlot.map(({ slot, effectiveSize, meanWeight }) => ({
            slot: slot + 1,
            effective_size: effectiveSize,
            mean_weight: meanWeight,
          })),
          trust: report.trust,
        },
});
