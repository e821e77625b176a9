/** Fixed answers about policies: what cards led to, and what another policy would have earned. */

import type { DownstreamReport } from '#jobs';
import type { PoliciesFace } from './policies-face.ts';

const ACT = { ok: true, value: 0.02, interval: { lower: 0.01, upper: 0.03 }, level: 0.95, n: 30, method: 'x' } as const;
export const DOWNSTREAM: DownstreamReport = {
  slates: 3,
  replayed: 2,
  leftOut: [{ reason: 'inexact', slates: 1 }],
  cards: 60,
  lookedAt: 40,
  listeners: 30,
  passedOver: 900,
  acts: [
    {
      act: 'save',
      lastTouch: ACT,
      byPlace: ACT,
      placed: ACT,
      passedOver: ACT,
      incremental: { ok: false, reason: 'few_acts' },
    },
  ],
  sql: 'SELECT 8',
};

export const REPLAY: Awaited<ReturnType<PoliciesFace['replay']>> = {
  document: { exploration: 0 },
  report: {
    reward: 'home_shelf@1',
    slates: 2,
    replayed: 1,
    leftOut: [{ reason: 'too_young', slates: 1 }],
    units: 3,
    unknown: 1,
    slices: [
      {
        by: 'all',
        value: 'all',
        slates: 1,
        outside: 0,
        report: {
          n: 3,
          slots: 1,
          logged: {
            ok: true,
            value: 0.5,
            interval: { lower: 0.4, upper: 0.6 },
            level: 0.95,
            n: 3,
            method: 'mean',
          },
          estimates: [
            {
              name: 'snips',
              title: 'product, SN',
              bootstrap: { ok: false, reason: 'no_overlap' },
              delta: { ok: false, reason: 'no_overlap' },
            },
          ],
          diagnostics: {
            n: 3,
            effectiveSize: 2,
            largestShare: 0.5,
            largestWeight: 1,
            zeroShare: 0,
            meanWeight: { value: 1, z: undefined, pValue: undefined },
            rewardedRounds: 1,
            overlap: undefined,
          },
          bySlot: [{ slot: 0, effectiveSize: 2, largestShare: 0.5, meanWeight: 1 }],
          trust: { level: 'no', sentence: 'Do not trust this estimate.' },
        },
      },
      { by: 'device', value: 'tv', slates: 0, outside: 0, report: undefined },
    ],
    sql: 'SELECT 4',
  },
};
