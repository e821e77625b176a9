import { describe, expect, it } from 'vitest';
import { checkSet } from '../check/check.ts';
import { formatFinding } from '../source/finding.ts';
import { standardDefinitions } from './standard-definitions.ts';
import { STANDARD_TEXTS } from './texts.ts';

describe('the standard definitions', () => {
  it('are eleven, each with a question, a rationale, polarity and examples of more than one outcome', () => {
    const definitions = standardDefinitions();
    expect(definitions).toHaveLength(11);
    for (const { name, question, rationale, polarity, examples } of definitions) {
      expect([question.endsWith('?'), rationale.length > 100, Object.keys(polarity).length > 0], name).toEqual([
        true,
        true,
        true,
      ]);
      expect(new Set(examples.map(({ expect: expected }) => expected.label)).size, name).toBeGreaterThan(1);
    }
  });

  it('pass every check: examples come out as they say, nothing ties', { timeout: 60_000 }, () => {
    const { findings } = checkSet(STANDARD_TEXTS);
    expect(findings.filter(({ rule }) => rule !== 'gap').map(formatFinding)).toEqual([]);
  });
});
