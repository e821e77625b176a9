/** Answers about success → what is drawn. */

import type { CheckAnswer, OutcomesAnswer, SuccessMap } from '#api';
import { rowsCsv } from '../metrics/view.ts';

export interface MapCell {
  readonly intent: string;
  /** Definitions that decide there, one a kind of unit; none: a gap. */
  readonly definitions: readonly string[];
  /** They differ between devices. */
  readonly differs: boolean;
}

export interface MapRow {
  readonly surface: string;
  readonly cells: readonly MapCell[];
}

/** The map for one device, or over all of them. */
export const mapOf = ({ cells }: SuccessMap, device: string | null): readonly MapRow[] => {
  const surfaces = [...new Set(cells.map(({ surface }) => surface))];
  const intents = [...new Set(cells.map(({ intent }) => intent))];
  return surfaces.map((surface) => ({
    surface,
    cells: intents.map((intent) => {
      const here = cells.filter((cell) => cell.surface === surface && cell.intent === intent);
      const asked = here.filter((cell) => device === null || cell.device === device);
      const names = [...new Set(asked.flatMap(({ definitions }) => definitions))];
      const differs = new Set(asked.map(({ definitions }) => definitions.join(' '))).size > 1;
      return { intent, definitions: names, differs };
    }),
  }));
};

/** `12 of 195 places have no definition`, or that none lacks one. */
export const gapsSaid = (rows: readonly MapRow[]): string => {
  const all = rows.flatMap(({ cells }) => cells);
  const gaps = all.filter(({ definitions }) => definitions.length === 0).length;
  const many = all.filter(({ definitions }) => definitions.length > 1).length;
  const gapWords = gaps === 0 ? 'Every place has a definition' : `${gaps} of ${all.length} places have no definition`;
  return `${gapWords}; in ${many} more than one kind of unit is judged.`;
};

export const OUTCOME_GROUPS = ['achieved', 'failed', 'unknown', 'immature'] as const;
export type OutcomeGroup = (typeof OUTCOME_GROUPS)[number];

export const GROUP_WORDS: Readonly<Record<OutcomeGroup, string>> = {
  achieved: 'that achieved',
  failed: 'that failed',
  unknown: 'that cannot be told',
  immature: 'not yet mature',
};

/** What has matured counts by its label; the rest may still change. */
export const groupOf = ({ label, mature }: Pick<OutcomesAnswer['units'][number], 'label' | 'mature'>): OutcomeGroup =>
  mature ? label : 'immature';

/** A row a day; a rate that cannot be told is empty, with the reason. */
export const daysCsv = (days: OutcomesAnswer['per_day']): string =>
  rowsCsv(
    days.map(({ day, achieved, failed, unknown, success_rate: rate }) => ({
      day,
      achieved,
      failed,
      unknown,
      success_rate: rate.ok ? rate.value : '',
      lower: rate.ok ? (rate.interval.lower ?? '') : '',
      upper: rate.ok ? (rate.interval.upper ?? '') : '',
      listeners: rate.ok ? rate.n : '',
      reason: rate.ok ? '' : rate.reason,
    })),
  );

/** `a session`, `an impression`. */
export const aUnit = (kind: string): string => `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`;

/** Of a timeline, in percent of its length; an event that lasts is at least a sliver. */
export const placedOn = (
  events: readonly { readonly at: number; readonly lasts_ms: number }[],
): readonly { readonly left: number; readonly width: number }[] => {
  const end = Math.max(1, ...events.map(({ at, lasts_ms }) => at + lasts_ms));
  return events.map(({ at, lasts_ms }) => ({ left: (100 * at) / end, width: Math.max(0.4, (100 * lasts_ms) / end) }));
};

export type Finding = CheckAnswer['findings'][number];

export interface Mark {
  /** Where it begins on its line, from 0. */
  readonly at: number;
  readonly text: string;
  readonly finding: Finding | null;
}

/** The text in lines, each cut where a finding begins and ends on it, so that the place can be marked. */
export const markedLines = (text: string, findings: readonly Finding[]): readonly (readonly Mark[])[] =>
  text.split('\n').map((line, place) => {
    const number = place + 1;
    const here = findings.filter((finding) => finding.line === number).sort((a, b) => a.column - b.column);
    const marks: Mark[] = [];
    let at = 0;
    for (const finding of here) {
      const from = Math.max(at, finding.column - 1);
      const to = finding.end_line > number ? line.length : Math.max(from + 1, finding.end_column - 1);
      if (from > at) marks.push({ at, text: line.slice(at, from), finding: null });
      marks.push({ at: from, text: line.slice(from, to) || ' ', finding });
      at = to;
    }
    if (at < line.length || marks.length === 0) marks.push({ at, text: line.slice(at), finding: null });
    return marks;
  });

/** The text as a copy to change: the next version of the same name. */
export const nextVersion = (source: string, version: number): string =>
  source.replace(/^version:.*$/m, `version: ${version + 1}`);

/** Where a place stands in a text, for the cursor: line and column from 1. */
export const offsetOf = (text: string, line: number, column: number): number =>
  text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, each) => sum + each.length + 1, 0) +
  column -
  1;

/** The next finding from a place of the text on, or back from it, and round at the ends; undefined when there is none. */
export const findingAfter = (
  text: string,
  findings: readonly Finding[],
  caret: number,
  direction: 1 | -1,
): Finding | undefined => {
  const placed = findings
    .map((finding) => ({ finding, at: offsetOf(text, finding.line, finding.column) }))
    .sort((a, b) => a.at - b.at);
  const found = direction === 1 ? placed.find(({ at }) => at > caret) : placed.findLast(({ at }) => at < caret);
  return (found ?? placed.at(direction === 1 ? 0 : -1))?.finding;
};
