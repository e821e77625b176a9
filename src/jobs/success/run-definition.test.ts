import { describe, expect, it } from 'vitest';
import { hintsOf, makeUnit, standardDefinitions } from '#success';
import { runByStream, runInTurns } from './run-definition.ts';

describe('a definition in turns', () => {
  it.each(standardDefinitions())(
    '$name comes to what it does at once, and lets others go first',
    async (definition) => {
      const units = Array.from({ length: 1201 }, (_, n) => makeUnit(definition.unit, hintsOf(definition), 'turns', n));
      let turns = 0;
      let isOver = false;
      const other = (): void => {
        turns++;
        if (!isOver) setImmediate(other);
      };
      setImmediate(other);
      const outcomes = await runInTurns(definition, units);
      isOver = true;
      expect(outcomes).toEqual(runByStream(definition, units));
      expect(outcomes).toHaveLength(1201);
      expect(turns).toBeGreaterThan(0);
    },
  );

  it('has nothing to say of no units', async () => {
    expect(await runInTurns(standardDefinitions()[0]!, [])).toEqual([]);
  });
});
