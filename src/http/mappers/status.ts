/** The engine's state on the wire. */

import type { Status as WireStatus } from '#api';
import type { Progress, Status } from '../answers.ts';

export const toProgress = ({ done, total, unit }: Progress): { done: number; total: number | null; unit: string } => ({
  done,
  total,
  unit,
});

const toProgressOrNull = (progress: Progress | null) => (progress === null ? null : toProgress(progress));

export const toStatus = (status: Status, needsKey: boolean): WireStatus => ({
  data: status.data,
  playground: status.playground,
  playground_progress: toProgressOrNull(status.playgroundProgress),
  training: status.training,
  training_progress: toProgressOrNull(status.trainingProgress),
  default_user: status.defaultUser,
  needs_key: needsKey,
  version: status.version,
});
