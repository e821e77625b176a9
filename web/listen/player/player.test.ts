import { describe, expect, it } from 'vitest';
import type { ItemSummary } from '#api';
import type { Played } from '../events/wire-event.ts';
import { ASSUMED_DURATION_MS, createPlayer, type Track } from './player.ts';

const item = (name: string, part: Partial<ItemSummary> = {}): ItemSummary => ({
  item_id: `track:${name}`,
  type: 'track',
  title: name,
  artist: 'Someone',
  artist_id: 'artist:someone',
  album: null,
  tags: [],
  duration_ms: 100_000,
  audio_url: null,
  image_url: null,
  ...part,
});

const track = (name: string, part: Partial<ItemSummary> = {}): Track => ({
  item: item(name, part),
  place: { slateId: 'slate', shelf: 'radio', slot: 0 },
  source: 'radio',
  because: null,
});

/** A radio that answers n1, n2, n3, … in lots of four. */
const world = () => {
  const reports: Played[] = [];
  const seeds: (string | null)[] = [];
  const clock = { now: 1000 };
  let answered = 0;
  const player = createPlayer({
    now: () => clock.now,
    report: async (played) => void reports.push(played),
    next: async (seed) => {
      seeds.push(seed);
      return Array.from({ length: 4 }, () => track(`n${++answered}`));
    },
  });
  const names = () => player.state().queue.map((each) => each.item.title);
  const current = () => player.state().current?.item.title;
  return { player, reports, seeds, clock, names, current };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the player', () => {
  it('plays a card and goes on with radio from it', async () => {
    const { player, seeds, names, current } = world();
    await player.play(track('a'));
    expect(current()).toBe('a');
    expect(player.state().playing).toBe(true);
    expect(seeds).toEqual(['track:a']);
    expect(names()).toEqual(['n1', 'n2', 'n3', 'n4']);
  });

  it('reports a finished track with all of its time, then plays the next', async () => {
    const { player, reports, current } = world();
    await player.play(track('a'));
    player.advance(60_000);
    player.advance(60_000);
    await settled();
    expect(reports).toMatchObject([
      {
        itemId: 'track:a',
        msPlayed: 100_000,
        durationMs: 100_000,
        reasonEnd: 'trackdone',
        skipped: false,
        startedAt: 1000,
      },
    ]);
    expect(current()).toBe('n1');
  });

  it('reports a skip with the time heard, and takes the answer that follows it', async () => {
    const { player, reports, names, current } = world();
    await player.play(track('a'));
    player.advance(12_000);
    await player.skip();
    expect(reports).toMatchObject([{ msPlayed: 12_000, reasonEnd: 'fwdbtn', skipped: true, simulated: true }]);
    expect(current()).toBe('n1');
    expect(names()).toEqual(['n5', 'n6', 'n7', 'n8']);
    expect(player.state().changedBy).toBe('skip');
  });

  it('does not count what was jumped over', async () => {
    const { player, reports } = world();
    await player.play(track('a'));
    player.advance(5000);
    player.seek(90_000);
    player.advance(20_000);
    await settled();
    expect(reports).toMatchObject([{ msPlayed: 15_000, seeks: 1, reasonEnd: 'trackdone' }]);
  });

  it('stands still while paused', async () => {
    const { player } = world();
    await player.play(track('a'));
    player.toggle();
    player.advance(5000);
    expect(player.state().current?.positionMs).toBe(0);
  });

  it('never reports a length that it assumed', async () => {
    const { player, reports } = world();
    await player.play(track('a', { duration_ms: null }));
    player.advance(ASSUMED_DURATION_MS);
    await settled();
    expect(reports).toMatchObject([{ durationMs: null, msPlayed: ASSUMED_DURATION_MS }]);
  });

  it('marks sound as sound', async () => {
    const { player, reports } = world();
    await player.play(track('a', { audio_url: 'https://example.org/a.ogg' }));
    await player.stop();
    expect(reports).toMatchObject([{ simulated: false, reasonEnd: 'endplay' }]);
    expect(player.state().current).toBeNull();
  });

  it('says why the next tracks could not be had, and keeps playing', async () => {
    const failure = new Error('away');
    const player = createPlayer({ now: () => 0, report: async () => undefined, next: () => Promise.reject(failure) });
    await player.play(track('a'));
    expect(player.state()).toMatchObject({ failure, loading: false, playing: true });
  });

  it('asks for more before the queue is empty', async () => {
    const { player, names } = world();
    await player.play(track('a'));
    for (let n = 0; n < 2; n++) {
      player.advance(100_000);
      await settled();
    }
    expect(names()).toEqual(['n5', 'n6', 'n7', 'n8']);
  });
});
