/** The Lab on the wire. */

import type { LabLifeWire, LabResultWire, LabRunWire, LabWire } from '#api';
import type { LabResult } from '#jobs';
import type { LabLife, LabRun, LabState } from '../answers.ts';
import { toEstimate } from './metrics.ts';
import { toProgress } from './status.ts';

export const toLab = ({ choices, run }: LabState): LabWire => ({
  worlds: choices.worlds.map((world) => ({ ...world })),
  fields: choices.fields.map((field) => ({ ...field })),
  policies: choices.policies.map(({ name, about, knowsTruth }) => ({ name, about, knows_truth: knowsTruth })),
  listener_days: { ...choices.listenerDays },
  run: run === null ? null : toRun(run),
});

const toRun = ({ request, state, progress, result, error }: LabRun): LabRunWire => ({
  request: { ...request },
  state,
  progress: toProgress(progress),
  result: result === null ? null : toResult(result),
  error,
});

const toResult = ({ curves, events, people }: LabResult): LabResultWire => ({
  curves: curves.map(({ name, doc, truth, first, second, difference }) => ({
    name,
    doc,
    truth,
    first: first.map(toEstimate),
    second: second.map(toEstimate),
    difference: difference.map(toEstimate),
  })),
  events,
  people: people.map(({ listener, kind, timeZone, readiness }) => ({
    listener,
    kind,
    time_zone: timeZone,
    readiness,
  })),
});

export const toLabLife = ({ person, week, first, second }: LabLife): LabLifeWire => ({
  listener: person.listener,
  kind: person.kind,
  week,
  first: toOwn(first, week),
  second: toOwn(second, week),
});

const toOwn = ({ days, sessions }: LabLife['first'], week: number): LabLifeWire['first'] => ({
  days: days.map((day) => ({ ...day })),
  sessions: sessions
    .filter((session) => session.week === week)
    .map(({ date, time, device, intent, felt, companions, shown, plays }) => ({
      date,
      time,
      device,
      intent,
      felt,
      companions,
      shown: shown.map((card) => ({ ...card })),
      plays: plays.map(({ msPlayed, ...play }) => ({ ...play, ms_played: msPlayed })),
    })),
});
