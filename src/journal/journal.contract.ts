/** What every journal must do. `open` opens the journal of the running test, again after a close. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { UserId } from '#domain';
import type { Appended, Journal, JournalEntry, JournalRecord } from './journal.ts';

const entry = (userId: string, eventId: string, row = `{"event_id":${JSON.stringify(eventId)}}`): JournalEntry => ({
  kind: 'play',
  userId: userId as UserId,
  eventId,
  row,
});

const outcomesOf = (appended: readonly Appended[]): string => appended.map(({ outcome }) => outcome[0]).join('');

const textsOf = (records: readonly JournalRecord[]) =>
  records.map((record) => ({ ...record, row: record.row.toString() }));

const idsOf = async (journal: Journal): Promise<string[]> =>
  (await journal.read(1, 1_000_000)).map(({ eventId }) => eventId);

const numbered = (count: number, userId = 'u'): JournalEntry[] =>
  Array.from({ length: count }, (_, index) => entry(userId, `e${index}`));

export const journalContract = (open: () => Promise<Journal>): void => {
  it('gives records back in the order of appending, from any place, as many as asked', async () => {
    const journal = await open();
    const appended = await journal.append(numbered(5));
    expect(appended).toEqual([1, 2, 3, 4, 5].map((sequence) => ({ outcome: 'accepted', sequence })));
    expect(textsOf(await journal.read(2, 2))).toEqual([
      { ...entry('u', 'e1'), sequence: 2 },
      { ...entry('u', 'e2'), sequence: 3 },
    ]);
    expect(journal.status()).toMatchObject({ first: 1, next: 6 });
    await journal.close();
  });

  it('keeps any text as it came', async () => {
    const journal = await open();
    const texts = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 50 }), { seed: 5, numRuns: 200 });
    const entries = texts.map((text, index) => entry(text, `${index}${text}\n 3 \n`, JSON.stringify({ text })));
    await journal.append(entries);
    expect(textsOf(await journal.read(1, 1000)).map(({ sequence: _, ...rest }) => rest)).toEqual(entries);
    await journal.close();
  });

  it('gives the records of one listener, however many others lie between', async () => {
    const journal = await open();
    await journal.append([...numbered(5000), entry('v', 'x'), ...numbered(5, 'w'), entry('v', 'y'), entry('v', 'z')]);
    const read = async (from: number, limit: number): Promise<string> =>
      (await journal.read(from, limit, 'v' as UserId)).map(({ eventId, userId }) => userId + eventId).join(' ');
    expect(await read(1, 100)).toBe('vx vy vz');
    expect(await read(1, 2)).toBe('vx vy');
    expect(await read(5002, 100)).toBe('vy vz');
    expect(await journal.read(1, 100, 'nobody' as UserId)).toEqual([]);
    await journal.close();
  });

  it('stores batches that are too large for one message whole, beside small ones', async () => {
    const journal = await open();
    const batches = [numbered(3000, 'large'), numbered(1, 'small'), numbered(2200, 'other')];
    const outcomes = await Promise.all(batches.map((batch) => journal.append(batch)));
    expect(outcomes.map(outcomesOf)).toEqual(batches.map((batch) => 'a'.repeat(batch.length)));
    const stored = await journal.read(1, 10_000);
    for (const [n, batch] of batches.entries()) {
      const sequences = outcomes[n]!.map((appended) => (appended.outcome === 'accepted' ? appended.sequence : 0));
      expect(sequences).toEqual(batch.map((_, index) => sequences[0]! + index));
      expect(textsOf([stored[sequences[0]! - 1]!])[0]).toMatchObject(batch[0]!);
    }
    await journal.close();
  });

  it('takes nothing for an empty batch', async () => {
    const journal = await open();
    expect(await journal.append([])).toEqual([]);
    expect(journal.status()).toEqual({ first: 1, next: 1, bytes: 0 });
    await journal.close();
  });

  it('knows a repeat of the same user: in the batch, in the next, and between batches in flight', async () => {
    const journal = await open();
    expect(outcomesOf(await journal.append([entry('u', 'a'), entry('u', 'a'), entry('v', 'a')]))).toBe('ara');
    expect(outcomesOf(await journal.append([entry('u', 'a'), entry('u', 'b')]))).toBe('ra');
    const racing = await Promise.all(Array.from({ length: 50 }, () => journal.append([entry('u', 'c')])));
    expect(racing.map(outcomesOf).sort().join('')).toBe(`a${'r'.repeat(49)}`);
    expect(await idsOf(journal)).toEqual(['a', 'a', 'b', 'c']);
    await journal.close();
  });

  it('takes a changed thing again when its version is not the last one', async () => {
    const journal = await open();
    const item = (version: string): JournalEntry => ({ ...entry('', 'track:a'), kind: 'item', version });
    expect(outcomesOf(await journal.append(['1', '1', '2', '1', '1'].map(item)))).toBe('araar');
    expect(outcomesOf(await journal.append([item('1'), item('2')]))).toBe('ra');
    await journal.close();
  });

  it('keeps a thousand appends in flight apart and in order', async () => {
    const journal = await open();
    const appended = await Promise.all(numbered(1000).map((one) => journal.append([one])));
    expect(appended.flat()).toEqual(
      Array.from({ length: 1000 }, (_, index) => ({ outcome: 'accepted', sequence: index + 1 })),
    );
    expect(await idsOf(journal)).toEqual(numbered(1000).map(({ eventId }) => eventId));
    await journal.close();
  });

  it('holds rows of a megabyte', async () => {
    const journal = await open();
    const rows = [1, 2, 3].map((digit) => JSON.stringify({ text: String(digit).repeat(1_000_000) }));
    await journal.append(rows.map((row, index) => entry('u', `big${index}`, row)));
    expect((await journal.read(1, 10)).map(({ row }) => row.toString())).toEqual(rows);
    expect(journal.status().bytes).toBeGreaterThan(3_000_000);
    await journal.close();
  });

  it('trims what is before a place, once, and still knows late repeats', async () => {
    const journal = await open();
    await journal.append(numbered(6000));
    await journal.trim(5999);
    expect(await idsOf(journal)).toEqual(['e5998', 'e5999']);
    expect(journal.status()).toMatchObject({ first: 5999, next: 6001 });
    await journal.trim(100);
    expect(journal.status()).toMatchObject({ first: 5999, next: 6001 });
    await journal.trim(1_000_000);
    expect(journal.status()).toEqual({ first: 6001, next: 6001, bytes: 0 });
    expect(outcomesOf(await journal.append([entry('u', 'e0'), entry('u', 'new')]))).toBe('ra');
    await journal.close();
  });

  it('erases a user: records, identities, and nobody else', async () => {
    const journal = await open();
    await journal.append([...numbered(2500, 'u'), entry('v', 'x')]);
    await journal.trim(1001);
    expect(await journal.eraseUsers(['u' as UserId])).toBe(1500);
    expect(await journal.eraseUsers(['u' as UserId])).toBe(0);
    expect((await journal.read(1, 10)).map(({ userId }) => userId)).toEqual(['v']);
    expect(journal.status()).toMatchObject({ first: 2501, next: 2502 });
    expect(outcomesOf(await journal.append([entry('u', 'e0'), entry('v', 'x')]))).toBe('ar');
    await journal.close();
  });

  it('is empty when cleared, and its sequence goes on', async () => {
    const journal = await open();
    await journal.append(numbered(10));
    await journal.clear();
    expect(journal.status()).toEqual({ first: 11, next: 11, bytes: 0 });
    expect(await idsOf(journal)).toEqual([]);
    expect(await journal.append([entry('u', 'e0')])).toEqual([{ outcome: 'accepted', sequence: 11 }]);
    await journal.close();
  });

  it('is the same after opening again, whatever was trimmed, erased or cleared before', async () => {
    let journal = await open();
    await journal.append(numbered(10));
    await journal.trim(4);
    const before = journal.status();
    await journal.close();

    journal = await open();
    expect(journal.status()).toEqual(before);
    expect(await idsOf(journal)).toEqual(['e3', 'e4', 'e5', 'e6', 'e7', 'e8', 'e9']);
    expect(outcomesOf(await journal.append([entry('u', 'e1')]))).toBe('r');
    await journal.trim(11);
    await journal.close();

    journal = await open();
    expect(journal.status()).toEqual({ first: 11, next: 11, bytes: 0 });
    await journal.clear();
    await journal.close();

    journal = await open();
    expect(await journal.append([entry('u', 'e1')])).toEqual([{ outcome: 'accepted', sequence: 11 }]);
    await journal.close();
  });

  it('does what a list and a set would do', async () => {
    const command = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.array(fc.tuple(fc.constantFrom('u', 'v'), fc.integer({ min: 0, max: 20 })), { maxLength: 8 }),
      },
      { weight: 3, arbitrary: fc.record({ trim: fc.integer({ min: 1, max: 80 }) }) },
      { weight: 3, arbitrary: fc.record({ erase: fc.constantFrom('u', 'v') }) },
      { weight: 1, arbitrary: fc.constant('open again' as const) },
    );
    let journal = await open();
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 15 }), async (commands) => {
        await journal.clear();
        const known = new Set<string>();
        const { next: base } = journal.status();
        let records: { sequence: number; userId: string; eventId: string }[] = [];
        let next = base;
        for (const step of commands) {
          if (step === 'open again') {
            await journal.close();
            journal = await open();
          } else if (Array.isArray(step)) {
            const outcomes = await journal.append(step.map(([userId, n]) => entry(userId, `e${n}`)));
            const expected = step.map(([userId, n]): Appended => {
              const id = `${userId} e${n}`;
              if (known.has(id)) return { outcome: 'repeated' };
              known.add(id);
              records.push({ sequence: next, userId, eventId: `e${n}` });
              return { outcome: 'accepted', sequence: next++ };
            });
            expect(outcomes).toEqual(expected);
          } else if ('trim' in step) {
            await journal.trim(base - 1 + step.trim);
            records = records.filter(({ sequence }) => sequence >= base - 1 + step.trim);
          } else {
            const removed = await journal.eraseUsers([step.erase as UserId]);
            expect(removed).toBe(records.filter(({ userId }) => userId === step.erase).length);
            records = records.filter(({ userId }) => userId !== step.erase);
            for (const id of known) if (id.startsWith(step.erase)) known.delete(id);
          }
          expect(
            (await journal.read(1, 1000)).map(({ sequence, userId, eventId }) => ({ sequence, userId, eventId })),
          ).toEqual(records);
          expect(journal.status().next).toBe(next);
        }
        await journal.trim(next);
        expect(journal.status().bytes).toBe(0);
      }),
      { seed: 6, numRuns: 40 },
    );
    await journal.close();
  });

  it('refuses a second opening while it is open, and says who has it', async () => {
    const journal = await open();
    await expect(open()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`${process.pid}`),
    });
    await journal.close();
    await (await open()).close();
  });

  it('takes nothing after it was closed', async () => {
    const journal = await open();
    const inFlight = journal.append([entry('u', 'a')]);
    await journal.close();
    expect(outcomesOf(await inFlight)).toBe('a');
    await expect(journal.append([entry('u', 'b')])).rejects.toMatchObject({ code: 'unavailable' });
    await journal.close();
  });
};
