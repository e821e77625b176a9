import { describe, expect, it } from 'vitest';
import { createMixture } from './mixture.ts';
import { selectDefinition } from './select.ts';
import { standardDefinitions } from './standard/standard-definitions.ts';
import { readUnit } from './unit/read-unit.ts';
import type { Unit } from './unit/unit.ts';

const fortySkips = (unit: object): Unit => {
  const read = readUnit({
    unit_id: 's1',
    user_id: 'u1',
    kind: 'session',
    unit: { surface: 'playlist', device: 'mobile', duration_ms: 1_200_000, end_reason: 'endplay', ...unit },
    plays: Array.from({ length: 40 }, (_, n) => ({
      event_id: `p${n}`,
      at: n * 30_000,
      item_id: `track:${n}`,
      ms_played: 30_000,
      skipped: true,
    })),
    actions: [180_000, 720_000].map((at) => ({ event_id: `a${at}`, at, action: 'add_to_playlist' })),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return read.unit;
};

describe('uncertain intent', () => {
  const definitions = standardDefinitions();
  const mix = createMixture(definitions);

  it('lets the same forty skips fail as sleep and succeed as party', () => {
    expect(mix(fortySkips({ intent: 'sleep' }))).toMatchObject({ label: 'failed', covered: 1 });
    // 0.5 · 2/3 + 0.3 · 20/60 + 0.2 · 1, by hand.
    expect(mix(fortySkips({ intent: 'party' })).value).toBeCloseTo(0.5 * (2 / 3) + 0.3 / 3 + 0.2, 12);
    expect(mix(fortySkips({ intent: 'party' })).label).toBe('achieved');
  });

  it('mixes value and label by the posterior', () => {
    const alone = (intent: string) => mix(fortySkips({ intent })).value!;
    const mixed = mix(fortySkips({ intents: { sleep: 0.25, party: 0.75 } }));
    expect(mixed.value).toBeCloseTo(0.25 * alone('sleep') + 0.75 * alone('party'), 12);
    expect(mixed).toMatchObject({
      label: 'achieved',
      labels: { achieved: 0.75, failed: 0.25, unknown: 0 },
      covered: 1,
    });
    expect(mix(fortySkips({ intents: { sleep: 0.5, party: 0.5 } })).label).toBe('unknown');
  });

  it('says how much of the posterior has a definition', () => {
    const mixed = mix(fortySkips({ intents: { sleep: 0.5, mood: 0.5 } }));
    expect(mixed).toMatchObject({ covered: 0.5, label: 'unknown', labels: { failed: 0.5, unknown: 0.5 } });
    expect(mix(fortySkips({ intent: 'mood' }))).toMatchObject({ value: null, covered: 0, label: 'unknown' });
  });

  it('takes the most specific definition of the kind', () => {
    const cell = { surface: 'playlist', intent: 'focus', device: null, item_type: null };
    expect(selectDefinition(definitions, 'session', cell)?.name).toBe('focus_listening');
    expect(selectDefinition(definitions, 'play', cell)).toBeNull();
    const [focus] = definitions.filter(({ name }) => name === 'focus_listening');
    const narrow = { ...focus!, name: 'focus_at_the_desk', cells: { intent: ['focus'], device: ['desktop'] } } as const;
    const all = [...definitions, narrow];
    expect(selectDefinition(all, 'session', { ...cell, device: 'desktop' })?.name).toBe('focus_at_the_desk');
    expect(selectDefinition(all, 'session', { ...cell, device: 'mobile' })?.name).toBe('focus_listening');
  });
});
