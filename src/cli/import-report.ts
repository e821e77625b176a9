/** An import's report in words: what was taken, what was dropped and why, what was noted. */

import type { ImportReportWire } from '#api';
import { columns } from './terminal.ts';

export const describeReport = (report: ImportReportWire): string => {
  const span =
    report.first_at === null || report.last_at === null ? '' : `, ${day(report.first_at)} to ${day(report.last_at)}`;
  return [
    `Read ${report.rows} rows of ${report.files} files in ${report.seconds.toFixed(1)} s.`,
    `Took ${report.taken} (${report.users} listeners, ${report.items} items${span}).`,
    ...(report.repeated > 0 ? [`Known before: ${report.repeated}.`] : []),
    ...reasons('Dropped:', report.dropped),
    ...reasons('Noted:', report.noted),
    ...(report.dead_letters.count > 0
      ? [`Dead letters: ${report.dead_letters.count} in ${report.dead_letters.path}`]
      : []),
  ].join('\n');
};

const day = (time: string): string => time.slice(0, 10);

const reasons = (head: string, counts: Readonly<Record<string, number>>): string[] => {
  const rows = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => [`  ${String(count).padStart(8)}`, reason.replaceAll('_', ' ')]);
  return rows.length === 0 ? [] : [head, columns(rows)];
};
