import { describe, expect, it, vi } from 'vitest';
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

  it('are read one after the other ahead of a question, and each once, whoever asks meanwhile', async () => {
    vi.resetModules();
    const anew = await import('./standard-definitions.ts');
    let pauses = 0;
    const early: unknown[] = [];
    await anew.readStandardDefinitions(async () => {
      if (++pauses === 3) early.push(...anew.standardDefinitions());
    });
    expect(pauses).toBe(3);
    expect(early).toHaveLength(11);
    expect(early.map((definition, n) => definition === anew.standardDefinitions()[n])).not.toContain(false);

    vi.resetModules();
    const again = await import('./standard-definitions.ts');
    await again.readStandardDefinitions(async () => void pauses++);
    expect(pauses).toBe(3 + 11);
    expect(again.standardDefinitions().map(({ name }) => name)).toEqual(standardDefinitions().map(({ name }) => name));
  });
});
