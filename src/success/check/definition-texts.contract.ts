/** A good definition to change: tests mark in « » where the first error must be told. */

const SLEEP: Readonly<Record<string, string>> = {
  name: 'sleep_test',
  version: '3',
  question: 'Did the listener fall asleep to it?',
  for: '{ surface: playlist, intent: sleep }',
  unit: 'session',
  horizon: '14h',
  let: `
  listened_ms: plays.map(p, p.ms_played).sum()
  late_touches: actions.filter(a, a.at > minutes(8)).size()
  late_skips: plays.filter(p, p.skipped && p.at > minutes(8)).size()`,
  failed: 'late_skips >= 4',
  achieved: `>-
  listened_ms >= minutes(15) && late_touches <= 1 && late_skips < 4 &&
  unit.end_reason in ['sleep_timer', 'idle_timeout']`,
  unknown: "unit.end_reason in ['device_lost', 'trackerror']",
  value: 'saturate(listened_ms, minutes(30)) * (1.0 - 0.2 * min(late_touches, 5))',
  effort: 'actions.filter(a, a.at <= minutes(8)).size()',
  polarity: '{ listened_ms: up, late_touches: down }',
  examples: `
  - given:
      unit: { duration_ms: 16m, end_reason: sleep_timer }
      plays: [{ times: 4, every: 4m, ms_played: 4m, skipped: false }]
    expect: { label: achieved, value: 0.5333333 }`,
};

/** The definition with fields put in place of others; null leaves a field out. */
export const definitionText = (changes: Readonly<Record<string, string | null>> = {}): string =>
  Object.entries({ ...SLEEP, ...changes })
    .flatMap(([field, text]) => (text === null ? [] : [`${field}:${text.startsWith('\n') ? '' : ' '}${text}`]))
    .join('\n');

/** The text without its marks, and where the marked part begins. */
export const unmarked = (text: string): { readonly text: string; readonly line: number; readonly column: number } => {
  const before = text.slice(0, text.indexOf('«')).split('\n');
  return { text: text.replaceAll(/[«»]/g, ''), line: before.length, column: before.at(-1)!.length + 1 };
};
