/** Fixed answers about success: a definition, the map and its page, outcomes and a preview. */

import { summarize } from '#jobs';
import { standardDefinitions, workedExamples } from '#success';
import type {
  DefinitionAnswer,
  KnownDefinition,
  OutcomesAnswer,
  PreviewAnswer,
  SuccessMapAnswer,
} from './success-face.ts';

export const KNOWN: KnownDefinition = { definition: standardDefinitions()[0]!, origin: 'shipped', decides: true };

export const SUCCESS_MAP: SuccessMapAnswer = { definitions: [KNOWN], cells: [], ties: [] };

export const DEFINITION_PAGE: DefinitionAnswer = {
  ...KNOWN,
  versions: [1],
  examples: workedExamples(KNOWN.definition),
  sql: 'SELECT 6',
};

export const OUTCOMES: Omit<OutcomesAnswer, 'engine' | 'timeline'> = {
  definition: KNOWN.definition,
  from: 0,
  to: 1,
  summary: summarize([]),
  perDay: [],
  units: [],
  sql: 'SELECT 7',
};

export const PREVIEW: PreviewAnswer = {
  before: KNOWN.definition,
  after: KNOWN.definition,
  comparison: { units: 0, moves: [], valueChanged: 0, changes: [] },
};
