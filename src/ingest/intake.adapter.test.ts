import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedClock, type Item, type ListenerEvent } from '#domain';
import { type Journal, type JournalRecord, openLmdbJournal } from '#journal';
import { type DeadLetters, openDeadLetters } from './dead-letters.ts';
import { createIntake, type Intake, type IntakeOptions } from './intake.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const clock = fixedClock(NOW);

let path: string;
let journal: Journal;
let deadLetters: DeadLetters;
let errors: unknown[];
beforeEach(async () => {
  path = mkdtempSync(join(tmpdir(), 'intake-'));
  journal = await openLmdbJournal({ path: join(path, 'journal') });
  deadLetters = await openDeadLetters({ path: join(path, 'letters'), clock });
  errors = [];
});
afterEach(async () => {
  await journal.close();
  rmSync(path, { recursive: true, force: true });
});

const intakeWith = (options: Partial<IntakeOptions> = {}): Intake =>
  createIntake({ journal, clock, deadLetters, onError: (error) => errors.push(error), ...options });

const play = (event_id: string, more: object = {}) => ({
  type: 'play',
  event_id,
  user_id: 'u',
  at: NOW - 1000,
  item_id: 'track:a',
  ...more,
});

describe('the intake', () => {
  it('answers for each entry in order; the bad ones name field and reason and hold up nothing', async () => {
    const receipts = await intakeWith().accept([
      play('a'),
      play('b', { ms_played: -1 }),
      'no event',
      play('a'),
      play('c'),
    ]);
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused', 'refused', 'repeated', 'accepted']);
    expect(receipts[1]).toMatchObject({ fields: [{ field: 'ms_played', reason: expect.stringContaining('>=0') }] });
    expect((await journal.read(1, 10)).map(({ eventId }) => eventId)).toEqual(['a', 'c']);
    const letters = await deadLetters.list(10);
    expect(letters.map(({ origin, fields }) => `${origin} ${fields[0]?.field}`)).toEqual([
      'events ',
      'events ms_played',
    ]);
  });

  it('writes nothing when nothing is good', async () => {
    expect(await intakeWith().accept([])).toEqual([]);
    expect((await intakeWith().accept([1, null])).map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
    expect(journal.status().next).toBe(1);
  });

  it('tells subscribers what is durable, in the order of the journal, before it answers, and no repeats', async () => {
    const intake = intakeWith();
    const told: string[] = [];
    const looks: Promise<boolean>[] = [];
    const holds = (kept: readonly JournalRecord[], event: ListenerEvent): boolean =>
      kept.some(({ eventId }) => eventId === event.eventId);
    const stop = intake.subscribe({
      events: (events: readonly ListenerEvent[]) => {
        told.push(...events.map(({ eventId }) => eventId));
        // What is asked for at once is read before anything that is appended later.
        const { next } = journal.status();
        looks.push(journal.read(1, next - 1).then((kept) => events.every((event) => holds(kept, event))));
      },
    });
    const answered: number[] = [];
    await Promise.all(
      Array.from({ length: 300 }, async (_, index) => {
        await intake.accept([play(`x${index}`), play(`y${index % 50}`)]);
        answered.push(told.length);
        expect(told).toContain(`x${index}`);
      }),
    );
    expect(told).toEqual((await journal.read(1, 10_000)).map(({ eventId }) => eventId));
    expect(new Set(told).size).toBe(350);
    expect(new Set(await Promise.all(looks))).toEqual(new Set([true]));
    stop();
    await intake.accept([play('later')]);
    expect(told).not.toContain('later');
    expect(errors).toEqual([]);
  });

  it('keeps its word when a subscriber fails', async () => {
    const intake = intakeWith();
    const heard: string[] = [];
    intake.subscribe({
      events: () => {
        throw new Error('subscriber');
      },
    });
    intake.subscribe({ events: (events) => heard.push(...events.map(({ eventId }) => eventId)) });
    expect(await intake.accept([play('a')])).toEqual([{ outcome: 'accepted' }]);
    expect(heard).toEqual(['a']);
    expect(errors.map((error) => (error as Error).message)).toEqual(['subscriber']);
  });

  it('takes an item again only when it says something new', async () => {
    let now = NOW;
    const intake = intakeWith({ clock: { now: () => now } });
    const told: Item[] = [];
    intake.subscribe({ items: (items) => told.push(...items) });
    const outcomes: string[] = [];
    for (const title of ['A', 'A', 'B', 'A']) {
      now += 1000;
      outcomes.push(...(await intake.acceptItems([{ item_id: 'track:a', title }])).map(({ outcome }) => outcome));
    }
    expect(outcomes).toEqual(['accepted', 'repeated', 'accepted', 'accepted']);
    expect(told.map(({ title }) => title)).toEqual(['A', 'B', 'A']);
    const [refused] = await intake.acceptItems([{ item_id: 'nothing' }]);
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect((await deadLetters.list(1))[0]?.origin).toBe('items');
  });

  it('leaves room for others after so many checks, and sooner where they take long', async () => {
    const reads = async (msACheck: number): Promise<number> => {
      let [time, turn] = [0, 0];
      const inTurn = new Map<number, number>();
      const stopwatch = (): number => {
        inTurn.set(turn, (inTurn.get(turn) ?? 0) + 1);
        time += msACheck;
        return time;
      };
      const next = (): void => {
        turn += 1;
        waiting = setImmediate(next);
      };
      let waiting = setImmediate(next);
      await intakeWith({ stopwatch }).accept(Array.from({ length: 500 }, (_, index) => play(`${msACheck}-${index}`)));
      clearImmediate(waiting);
      return Math.max(...inTurn.values());
    };
    expect(await reads(0)).toBe(201);
    expect(await reads(2)).toBe(4);
  });

  it("takes the engine's own events on the same way", async () => {
    const intake = intakeWith();
    const told: string[] = [];
    intake.subscribe({ events: (events) => told.push(...events.map(({ eventId }) => eventId)) });
    const own = {
      kind: 'action',
      eventId: 'own',
      userId: 'u',
      at: NOW,
      receivedAt: NOW,
      extra: {},
      action: 'why',
    } as unknown as ListenerEvent;
    await intake.record([own]);
    expect(told).toEqual(['own']);
    expect((await journal.read(1, 1))[0]).toMatchObject({ kind: 'action', eventId: 'own' });
  });

  it('refuses when too much waits for the warehouse, and takes again when less does', async () => {
    const intake = intakeWith({ maxJournalBytes: 1000 });
    const note = 'x'.repeat(900);
    await intake.accept([play('a', { note }), play('b', { note })]);
    await expect(intake.accept([play('c')])).rejects.toMatchObject({ code: 'unavailable' });
    await journal.trim(3);
    expect(await intake.accept([play('c')])).toEqual([{ outcome: 'accepted' }]);
  });
});
