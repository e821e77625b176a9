/** From a measure's name to the measure. */

import { EngineError } from '#domain';
import type { Measure } from './measure.ts';
import { ndcg } from './ndcg.ts';
import { precision } from './precision.ts';
import { recall } from './recall.ts';

const MEASURES = { ndcg, precision, recall } as const satisfies Record<string, (cutoff: number) => Measure>;

/**
 * The measure of this name: `parseMeasure(measure.name)` is the measure again.
 * @throws {EngineError} invalid_request.
 */
export const parseMeasure = (name: string): Measure => {
  const [, kind, cutoff] = /^([a-z]+)@([1-9]\d{0,8})$/.exec(name) ?? [];
  if (kind !== undefined && Object.hasOwn(MEASURES, kind)) {
    return MEASURES[kind as keyof typeof MEASURES](Number(cutoff));
  }
  const known = Object.keys(MEASURES).join(', ');
  throw new EngineError('invalid_request', `unknown measure "${name}": expected one of ${known}, then @ and a cutoff`);
};
