/** An import in words: how it stands, and what became of each row. */

import type { ImportJob, ImportReportWire } from '#api';
import { count, counted, day, unsnake } from '../../words.ts';

const DROPPED: Readonly<Record<string, string>> = {
  duplicate: 'the same play twice in the export',
  duplicate_other_time: 'the same play twice, under another time',
  incognito: 'played in a private session',
  unsupported_audiobook: 'audiobooks, which are not handled yet',
  unnamed: 'without the name of a track or an episode',
  no_time: 'without a time',
  pinned_recording: 'pins, which are not plays',
  feedback_without_listen: 'loved or hated, but never listened to in this export',
  feedback_neutral: 'love or hate that was taken back',
};

const NOTED: Readonly<Record<string, string>> = {
  overlapping: 'overlap the play before',
  out_of_order: 'stand out of order',
  skipped_inferred: 'skips told from how the play ended, because the export’s own mark was not kept then',
  skipped_unknown: 'do not say whether they were skipped',
  start_from_offline_timestamp: 'start told from the device’s own clock',
  offline_time_unclear: 'played offline at a time that is not clear',
  minute_precision: 'known to the minute only',
  assumed_utc: 'without a time zone, read as UTC',
  tally_at_file_time: 'counts without a time, dated by their file',
};

export interface Line {
  readonly rows: number;
  readonly words: string;
}

const lines = (counts: Readonly<Record<string, number>>, words: Readonly<Record<string, string>>): readonly Line[] =>
  Object.entries(counts)
    .filter(([, rows]) => rows > 0)
    .map(([code, rows]) => ({ rows, words: words[code] ?? unsnake(code).toLowerCase() }))
    .sort((a, b) => b.rows - a.rows);

export interface ReportView {
  readonly headline: string;
  readonly range: string | null;
  readonly taken: string;
  readonly repeated: string | null;
  readonly dropped: readonly Line[];
  readonly noted: readonly Line[];
  readonly refused: string | null;
  readonly work: string;
}

const seconds = (n: number) => (n < 10 ? `${n.toFixed(1)} seconds` : counted(Math.round(n), 'second'));

export const viewReport = (report: ImportReportWire): ReportView => ({
  headline:
    report.taken > 0
      ? `${counted(report.taken, 'row')} taken`
      : report.repeated > 0
        ? 'Everything in it was here already'
        : 'Nothing in it could be taken',
  range:
    report.first_at === null || report.last_at === null
      ? null
      : `From ${day(report.first_at)} to ${day(report.last_at)}.`,
  taken: `${counted(report.items, 'item')}, ${counted(report.users, 'listener')}.`,
  repeated: report.repeated > 0 ? `${counted(report.repeated, 'row')} were here already; none counts twice.` : null,
  dropped: lines(report.dropped, DROPPED),
  noted: lines(report.noted, NOTED),
  refused:
    report.dead_letters.count === 0
      ? null
      : `${counted(report.dead_letters.count, 'row')} could not be read${
          report.dead_letters.path === null ? '' : `; each is kept with its reason in ${report.dead_letters.path}`
        }.`,
  work: `${counted(report.rows, 'row')} in ${counted(report.files, 'file')}, ${seconds(report.seconds)}.`,
});

/** `50 of 200 rows`, `2.5 MB`. */
const amount = ({ done, total, unit }: ImportJob['progress']): string => {
  if (unit === 'bytes')
    return `${(done / 1e6).toFixed(1)}${total === null ? '' : ` of ${(total / 1e6).toFixed(1)}`} MB`;
  return `${count(done)}${total === null ? '' : ` of ${count(total)}`} ${unit}`;
};

export interface ProgressView {
  readonly words: string;
  /** Null where the end is not known. */
  readonly ratio: number | null;
}

export const viewProgress = (doing: string, progress: ImportJob['progress'] | null): ProgressView => {
  if (progress === null) return { words: `${doing}…`, ratio: null };
  const { done, total } = progress;
  const ratio = total === null || total === 0 ? null : Math.min(1, done / total);
  return { words: `${doing}… ${amount(progress)}`, ratio };
};
