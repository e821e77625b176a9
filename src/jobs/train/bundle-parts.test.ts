import { describe, expect, it } from 'vitest';
import { EngineError, PackedIds } from '#domain';
import { RULES_ALONE } from '#units';
import { type Learned, toBundle, toParts } from './bundle-parts.ts';
import { fitModels } from './fit-models.ts';
import { worldData } from './training-world.contract.ts';

const data = worldData(40);
const weights = Float64Array.from({ length: 6 }, (_, n) => n / 7);
const learned: Learned = {
  ...(await fitModels(data, { seed: 1, now: Date.UTC(2026, 10, 24), als: { factors: 8, epochs: 2 } })),
  intents: { ...RULES_ALONE, because: 'learned', model: { weights, ruleTrust: 0.8, answers: 60 } },
  trainedAt: Date.UTC(2026, 10, 24),
  items: PackedIds.from(data.items),
  listeners: data.listeners,
  users: data.users,
  interactions: data.userIndex.length,
  seconds: 1.5,
};
const content = toParts(learned);

describe('bundle parts', () => {
  it('give the bundle back, every model with the same bytes', () => {
    const { models, version, ...facts } = toBundle({ version: '000007', content });
    const { models: fitted, ...given } = learned;
    expect(version).toBe('000007');
    expect(facts).toEqual(given);
    expect(Object.keys(models).sort()).toEqual(['als', 'content', 'item-knn', 'popularity']);
    for (const { name, bytes } of fitted) expect(models[name]?.toBytes()).toEqual(bytes);
  });

  it('hold no listener by name', () => {
    expect(Buffer.from(content['bundle.json']!).toString()).not.toMatch(/"playground-\d/);
  });

  it('are refused when something is missing or wrong', () => {
    const refuse = (parts: Record<string, Uint8Array>, reason: RegExp) => {
      const load = () => toBundle({ version: '1', content: parts });
      expect(load).toThrow(reason);
      expect(load).toThrow(EngineError);
    };
    const without = (name: string) => Object.fromEntries(Object.entries(content).filter(([part]) => part !== name));
    refuse(without('als'), /part "als" is missing/);
    refuse(without('bundle.json'), /part "bundle.json" is missing/);
    refuse({ ...content, 'bundle.json': Uint8Array.of(123) }, /is not JSON/);
    refuse(without('intents'), /part "intents" is missing/);
    const { intents: _, ...older } = JSON.parse(Buffer.from(content['bundle.json']!).toString());
    refuse({ ...content, 'bundle.json': Buffer.from(JSON.stringify(older)) }, /an earlier version stored them/);
    refuse({ ...content, listeners: new Uint8Array(4) }, /part "listeners" has 4 bytes for \d+ items/);
    refuse(without('items'), /part "items" is missing/);
    refuse({ ...content, items: content['items']!.subarray(1) }, /part "items" holds no ids/);
    refuse({ ...content, als: content['content']! }, /als/);
  });
});
