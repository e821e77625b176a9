/** Answers about success → the wire. */

import type { CheckAnswer, DefinitionPage, DefinitionRow, OutcomesAnswer, PreviewAnswer, SuccessMap } from '#api';
import { type Finding, horizonWords, type Outcome, type Reason, reasonWords, timelineOf } from '#success';
import { toTime } from '#wire';
import type {
  DefinitionAnswer,
  DefinitionCheck,
  KnownDefinition,
  OutcomesAnswer as Outcomes,
  PreviewAnswer as Preview,
  SuccessMapAnswer,
} from '../success-face.ts';
import { toEstimate } from './metrics.ts';

/** Changes of a preview told one by one. */
const CHANGES_TOLD = 50;

export const toDefinitionRow = ({ definition, origin, decides }: KnownDefinition): DefinitionRow => {
  const { name, version, question, unit, horizonMs, cells } = definition;
  const held = (words: readonly string[] | undefined) => (words === undefined ? null : [...words]);
  const { surface, intent, device, item_type } = cells;
  return {
    name,
    version,
    question,
    unit,
    horizon: horizonWords(horizonMs),
    holds_for: { surface: held(surface), intent: held(intent), device: held(device), item_type: held(item_type) },
    origin,
    decides,
  };
};

export const toSuccessMap = ({ definitions, cells, ties }: SuccessMapAnswer): SuccessMap => ({
  definitions: definitions.map(toDefinitionRow),
  cells: cells.map((cell) => ({ ...cell, definitions: [...cell.definitions] })),
  ties: [...ties],
});

const toReason = (reason: Reason) => ({
  clause: reason.clause,
  text: reason.text,
  is: reason.is,
  words: reasonWords(reason),
});

const toOutcome = ({ label, value, effort, mature, evidence }: Outcome) => ({
  label,
  value,
  effort,
  mature,
  evidence: [...evidence],
});

export const toDefinitionPage = (answer: DefinitionAnswer): DefinitionPage => {
  const { rationale, lets, unknown, failed, achieved, value, effort, polarity, source } = answer.definition;
  return {
    row: toDefinitionRow(answer),
    versions: [...answer.versions],
    rationale,
    lets: lets.map(({ name, text }) => ({ name, text })),
    clauses: {
      unknown: unknown?.text ?? null,
      failed: failed?.text ?? null,
      achieved: achieved.text,
      value: value.text,
      effort: effort?.text ?? null,
    },
    polarity: { ...polarity },
    examples: answer.examples.map(({ title, unit, outcome, reasons, differences }) => ({
      title,
      outcome: toOutcome(outcome),
      reasons: reasons.map(toReason),
      timeline: [...timelineOf(unit, outcome.evidence)],
      differences: [...differences],
    })),
    source,
    sql: answer.sql,
  };
};

export const toOutcomes = ({
  definition,
  engine,
  from,
  to,
  summary,
  perDay,
  units,
  timeline,
  sql,
}: Outcomes): OutcomesAnswer => ({
  definition: definition.name,
  version: definition.version,
  engine,
  from: toTime(from),
  to: toTime(to),
  summary: {
    ...summary,
    labels: { ...summary.labels },
    success_rate: toEstimate(summary.success_rate),
    value: toEstimate(summary.value),
  },
  per_day: perDay.map(({ day, summary: ofDay }) => ({
    day,
    ...ofDay.labels,
    success_rate: toEstimate(ofDay.success_rate),
  })),
  units: units.map(({ unit, outcome, reasons }) => ({
    ...toOutcome(outcome),
    unit_id: outcome.unit_id,
    user_id: outcome.user_id,
    start: toTime(outcome.start),
    surface: unit.unit.surface ?? null,
    intent: unit.unit.intent ?? null,
    device: unit.unit.device ?? null,
    reasons: reasons.map(toReason),
    timeline: timeline ? [...timelineOf(unit, outcome.evidence)] : [],
  })),
  sql,
});

const toFinding = ({ rule, severity, message, from, to }: Finding) => ({
  rule,
  severity,
  message,
  line: from.line,
  column: from.column,
  end_line: to.line,
  end_column: to.column,
});

export const toCheckAnswer = ({ findings, known }: DefinitionCheck): CheckAnswer => ({
  findings: findings.map(toFinding),
  definition: known && toDefinitionRow(known),
});

export const toPreview = ({ before, after, comparison }: Preview): PreviewAnswer => ({
  before: `${before.name}@${before.version}`,
  after: `${after.name}@${after.version}`,
  units: comparison.units,
  moves: comparison.moves.map((move) => ({ ...move })),
  value_changed: comparison.valueChanged,
  changes: comparison.changes.slice(0, CHANGES_TOLD).map(({ unit_id, user_id, before: was, after: is, because }) => ({
    unit_id,
    user_id,
    before: toOutcome(was),
    after: toOutcome(is),
    because_before: because.before.map(toReason),
    because_after: because.after.map(toReason),
  })),
});
