import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';
import { type RunningEngine, startEngine } from './engine.ts';
import { SILENT } from './log.ts';

const { config } = loadConfig({
  env: {},
  standardFile: false,
  flags: { data: join(mkdtempSync(join(tmpdir(), 'success-')), 'data'), autoTrain: false, playground: false },
});

const START = Date.now() - 3 * 86_400_000;
const FORTY_SKIPS = [
  ...Array.from({ length: 40 }, (_, n) => ({
    type: 'play',
    event_id: `p${n}`,
    user_id: 'ada',
    at: START + n * 30_000,
    item_id: `track:${n}`,
    ms_played: 29_000,
    duration_ms: 200_000,
    skipped: true,
    source: 'editorial',
    device: 'mobile',
    reason_end: n === 39 ? 'endplay' : 'fwdbtn',
  })),
  ...[180_000, 720_000].map((at) => ({
    type: 'action',
    event_id: `a${at}`,
    user_id: 'ada',
    at: START + at,
    action: 'add_to_playlist',
    item_id: 'track:3',
  })),
];
/** A search that was clicked and heard, a voice request that played, a show that was come back to. */
const OTHERS = [
  { type: 'search', event_id: 's1', search_id: 'q', step: 'key', query: 'a', at: START },
  { type: 'search', event_id: 's2', search_id: 'q', step: 'click', item_id: 'track:3', position: 0, at: START + 3000 },
  { type: 'play', event_id: 'p', item_id: 'track:3', ms_played: 120_000, source: 'search', at: START + 3500 },
  { type: 'dialogue', event_id: 'd1', dialogue_id: 'd', turn: 0, speaker: 'user', act: 'play', at: START + 4_000_000 },
  { type: 'play', event_id: 'v', item_id: 'track:4', ms_played: 90_000, source: 'voice', at: START + 4_003_000 },
].map((event) => ({ user_id: 'bea', ...event }));

let engine: RunningEngine;
beforeAll(async () => {
  engine = await startEngine({ config, log: SILENT, background: true });
  const receipts = await engine.intake.accept([...FORTY_SKIPS, ...OTHERS]);
  expect(receipts.every(({ outcome }) => outcome === 'accepted')).toBe(true);
});
afterAll(() => engine.stop());

const outcomesOf = (name: string, engineName: 'stream' | 'sql', userId?: string) =>
  engine.success.outcomes({
    name,
    engine: engineName,
    from: undefined,
    to: undefined,
    listeners: 100,
    userId,
    limit: 10,
    eachLabel: false,
    timeline: true,
  });

describe('success on the events of the warehouse', () => {
  it.each(['stream', 'sql'] as const)(
    'lets the same forty skips fail as sleep and succeed as party, by %s',
    async (reader) => {
      const sleep = await outcomesOf('sleep_playlist', reader, 'ada');
      const party = await outcomesOf('party_playlist', reader, 'ada');
      expect(sleep.units.map(({ outcome }) => outcome)).toMatchObject([{ label: 'failed', mature: true, effort: 1 }]);
      expect(sleep.units[0]!.outcome.evidence).toHaveLength(23);
      expect(party.units.map(({ outcome }) => outcome)).toMatchObject([
        { label: 'achieved', mature: false, evidence: ['a180000', 'a720000'] },
      ]);
      expect(sleep.units[0]!.outcome.unit_id).toBe(party.units[0]!.outcome.unit_id);
      expect(sleep.summary.labels).toEqual({ achieved: 0, failed: 1, unknown: 0 });
    },
  );

  it('cuts searches, dialogues and plays, alike for both readers', async () => {
    for (const [name, label] of [
      ['search_known_item', 'achieved'],
      ['voice_request', 'achieved'],
    ] as const) {
      const streamed = await outcomesOf(name, 'stream', 'bea');
      expect(
        streamed.units.map(({ outcome }) => outcome.label),
        name,
      ).toEqual([label]);
      const asked = await outcomesOf(name, 'sql', 'bea');
      expect(
        asked.units.map(({ outcome }) => outcome),
        name,
      ).toEqual(streamed.units.map(({ outcome }) => outcome));
    }
    expect((await outcomesOf('autoplay_radio', 'stream')).summary.units).toBe(42);
  });

  it('previews a copy, keeps it once, and lets it decide', async () => {
    const { definition } = engine.success.page('sleep_playlist');
    const text = definition.source
      .replace('version: 1', 'version: 2')
      .replace('late_skips >= 4', 'late_skips >= 40')
      .replace('late_skips < 4 ', 'late_skips < 40 ')
      .split('examples:')[0]!;
    const request = { text, against: 'sleep_playlist', from: undefined, to: undefined, listeners: 100, userId: 'ada' };
    const { comparison } = await engine.success.preview(request);
    expect(comparison.moves).toEqual([{ from: 'failed', to: 'achieved', units: 1 }]);
    expect((await engine.success.check(text)).known?.decides).toBe(true);
    expect(await engine.success.save(text)).toMatchObject({ origin: 'own', decides: true });
    await expect(engine.success.save(text)).rejects.toThrow(/is there already/);
    expect((await outcomesOf('sleep_playlist', 'stream', 'ada')).definition.version).toBe(2);
    expect(() => engine.success.page('../../etc/passwd')).toThrow(/is no name/);
    await expect(engine.success.save('name: x')).rejects.toThrow(/has errors/);
  });
});
