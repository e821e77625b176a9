import { describe, expect, it } from 'vitest';
import { EngineError } from '#domain';
import { PRESET_NAMES, presetWorld } from './presets.ts';
import { parseWorld } from './world-document.ts';
import { standardRules, WORLD_FIELD_NAMES, WORLD_FIELDS } from './world-fields.ts';

const refusal = (yaml: string): EngineError => {
  try {
    parseWorld(yaml);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('parseWorld', () => {
  it('fills what is not said with the standard', () => {
    const world = parseWorld('name: mine\nlisteners: { count: 12 }\nshocks: [{ day: 3, kind: holiday, days: 2 }]');
    expect(world).toEqual({
      name: 'mine',
      about: '',
      seed: 1,
      rules: { ...standardRules(), 'listeners.count': 12 },
      shocks: [{ day: 3, kind: 'holiday', days: 2 }],
    });
  });

  it('names every field that is wrong, what is allowed, and where it stands', () => {
    const error = refusal(`
listeners: { count: 0, age: 3 }
effects: { satiation: lots }
effect: {}
shocks: [{ day: -1, kind: hit }]
`);
    expect(error.code).toBe('invalid_data');
    expect(error.fields).toEqual([
      { field: 'listeners.count', reason: '0: expected a whole number from 1 to 1000000 (line 2, column 14)' },
      expect.objectContaining({ field: 'listeners.age', reason: expect.stringContaining('expected listeners.count,') }),
      { field: 'effects.satiation', reason: '"lots": expected a number from 0 to 3 (line 3, column 12)' },
      expect.objectContaining({ field: 'effect', reason: expect.stringContaining('unknown: expected name, about') }),
      {
        field: 'shocks.0',
        reason: 'expected day from 0, days from 1, kind hit or holiday (line 5, column 10)',
      },
    ]);
  });

  it('says so when the text is no YAML or no document', () => {
    expect(refusal('name: x\na: [').message).toMatch(/^the world is not YAML: .* at line 2, column 5/);
    expect(refusal('name: x\nname: y').message).toMatch(/^the world is not YAML: Map keys must be unique at line 2/);
    expect(refusal('name: *nobody').message).toMatch(/^the world is not YAML: .*nobody/);
    expect(refusal('').message).toContain('empty');
    expect(refusal('- 1').message).toContain('empty');
    expect(refusal('seed: [1]').fields).toEqual([
      { field: 'seed', reason: 'expected a number or text (line 1, column 1)' },
    ]);
  });

  it('takes its own presets, each with what it is for', () => {
    expect(PRESET_NAMES.length).toBeGreaterThan(5);
    for (const name of PRESET_NAMES) {
      const world = presetWorld(name);
      expect(world?.name).toBe(name);
      expect(world?.about).not.toBe('');
    }
    expect(presetWorld('atlantis')).toBeNull();
    expect(presetWorld('constructor')).toBeNull();
  });

  it('has standards within their own ranges', () => {
    for (const name of WORLD_FIELD_NAMES) {
      const { standard, from, to } = WORLD_FIELDS[name];
      expect(standard).toBeGreaterThanOrEqual(from);
      expect(standard).toBeLessThanOrEqual(to);
    }
  });
});
