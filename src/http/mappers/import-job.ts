/** A running or ended import on the wire. */

import type { ImportReportWire, ImportJob as WireJob } from '#api';
import type { ImportReport } from '#ingest';
import { toTimeOrNull } from '#wire';
import type { ImportJob } from '../answers.ts';
import { toProgress } from './status.ts';

const toReport = (report: ImportReport): ImportReportWire => ({
  format: report.format,
  files: report.files,
  rows: report.rows,
  taken: report.taken,
  repeated: report.repeated,
  dropped: { ...report.dropped },
  noted: { ...report.noted },
  dead_letters: { count: report.deadLetters.count, path: report.deadLetters.path },
  first_at: toTimeOrNull(report.firstAt),
  last_at: toTimeOrNull(report.lastAt),
  users: report.users,
  items: report.items,
  seconds: report.seconds,
});

export const toImportJob = (job: ImportJob): WireJob => ({
  import_id: job.importId,
  format: job.format,
  file_name: job.fileName,
  user_id: job.userId,
  state: job.state,
  progress: toProgress(job.progress),
  report: job.report === null ? null : toReport(job.report),
  error: job.error,
});
