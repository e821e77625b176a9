/** Fixed answers about who comes back: the report and what diversity does to it. */

import type { DiversityReport, ReturnReport } from '#jobs';

export const RETURNS: Omit<ReturnReport, 'by' | 'horizon'> = {
  users: 3,
  rows: [{ weekOf: '2026-11-23', week: null, returned: { ok: false, reason: 'no_units' } }],
  sql: 'SELECT 6',
};

export const DIVERSITY: Omit<DiversityReport, 'horizon' | 'experiment'> = {
  moment: 0,
  users: 0,
  tooFewPlays: 3,
  parts: [],
  claim: null,
  reason: 'few_users',
  sql: 'SELECT 7',
};
