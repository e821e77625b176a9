/** The document that the guide shows is one that the engine takes. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { experimentSchema } from '#domain';
import { plannedMetrics } from '#jobs';
import { standardDefinitions } from '#success';

const GUIDE = readFileSync(new URL('../docs/guides/run-an-experiment.md', import.meta.url), 'utf8');

describe('the guide to running an experiment', () => {
  it('shows a whole document, whose metrics are known and have a direction', () => {
    const [, text] = /```yaml\n(.*?)```/s.exec(GUIDE)!;
    const document = experimentSchema.parse(parse(text!));
    const planned = plannedMetrics(document, standardDefinitions());
    expect(planned.map(({ measure, role, better }) => [measure.metric.name, role, better])).toEqual([
      ['return_rate[7d]', 'success', 'up'],
      ['success_rate[sleep_playlist]', 'guardrail', 'up'],
      ['skip_rate', 'watch', 'down'],
    ]);
  });
});
