/** Fixed answers about the Lab: its state after a run, and the life of a person in it. */

import type { LabLife, LabState } from './answers.ts';

export const PERSON = { listener: 0, kind: 'generalist', timeZone: 'Europe/Berlin', readiness: 0.5 };
export const LIFE: LabLife['first'] = {
  days: [{ returns: 0.8, came: true }],
  sessions: [
    {
      week: 1,
      date: '2026-01-12',
      time: '07:30',
      device: 'mobile',
      intent: 'background',
      felt: 0.6,
      companions: 0,
      shown: [{ title: 'One', artist: 'The First', seen: true, chosen: true }],
      plays: [{ title: 'One', artist: 'The First', msPlayed: 9000, felt: 0.1, skip: 'rejection' }],
    },
  ],
};

export const LAB: LabState = {
  choices: {
    worlds: [{ name: 'small', about: 'A first look.', text: 'name: small\n', own: false }],
    fields: [{ name: 'listeners.count', standard: 300, from: 1, to: 1000, doc: 'People.' }],
    policies: [{ name: 'popular', about: 'What most listened to.', knowsTruth: false }],
    listenerDays: { reference: 1000, engine: 100 },
  },
  run: {
    request: { world: 'small', first: 'popular', second: 'random', listeners: 20, weeks: 2, worlds: 3, seed: 1 },
    state: 'done',
    progress: { done: 4, total: 4, unit: 'days' },
    result: {
      curves: [
        {
          name: 'clicks',
          doc: 'cards chosen',
          truth: false,
          first: [{ ok: true, value: 1, interval: { lower: 0.5, upper: 1.5 }, level: 0.95, n: 2, method: 'mean' }],
          second: [{ ok: false, reason: 'one_unit' }],
          difference: [{ ok: false, reason: 'one_unit' }],
        },
      ],
      events: 9,
      people: [PERSON],
      lives: { first: [], second: [] },
    },
    error: null,
  },
};
