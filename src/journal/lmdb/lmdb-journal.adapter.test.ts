import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserId } from '#domain';
import { startThread } from '#threads';
import { journalContract } from '../journal.contract.ts';
import type { Journal, JournalEntry } from '../journal.ts';
import { JournalBeside } from './journal-beside.ts';
import { openJournalLine } from './journal-line.ts';
import type { JournalThreadData } from './journal-thread.ts';
import { openLmdbJournal, openLmdbJournalBeside } from './open-lmdb-journal.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const NODE = `'${process.execPath}' scripts/run-source.mjs`;

const OPENINGS = { openLmdbJournal, openLmdbJournalBeside };
type Opening = keyof typeof OPENINGS;

/** Runs a script that has `journal` open, in a process of its own. `before` are shell commands ahead of it. */
const inChild = (opening: Opening, script: string, before = ''): ChildProcessWithoutNullStreams => {
  const text = `import { ${opening} as open } from '#journal';
const journal = await open({ path: process.argv[1] });
const entriesOf = (prefix, count, size) => Array.from({ length: count }, (_, index) => ({
  kind: 'play', userId: 'u' + (index % 7), eventId: prefix + index, row: JSON.stringify({ text: 'x'.repeat(size) }) }));
${script}`;
  return spawn('sh', ['-c', `${before} exec ${NODE} -e "$0" '${path}'`, text]);
};

const outputOf = async (child: ChildProcessWithoutNullStreams): Promise<string> => {
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  if (code !== 0 && child.killed === false) throw new Error(`the child ended with ${code}: ${errors}`);
  return text;
};

/** How many of these it takes for repeats when they come again. */
const repeatsAmong = async (
  journal: Journal,
  some: readonly Pick<JournalEntry, 'userId' | 'eventId'>[],
): Promise<number> => {
  const outcomes = await journal.append(
    some.map(({ userId, eventId }) => ({ kind: 'play', userId, eventId, row: '{}' })),
  );
  return outcomes.filter(({ outcome }) => outcome === 'repeated').length;
};

describe.each(Object.keys(OPENINGS) as Opening[])('the journal on LMDB by %s', (opening) => {
  const open = () => OPENINGS[opening]({ path });
  journalContract(open);

  it('has everything it acknowledged after kill -9, whenever it comes, and opens at once', async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const child = inChild(
        opening,
        `for (let batch = 0; ; batch++) {
        const entries = entriesOf('${round}-' + batch + '-', 50, 300);
        await journal.append(entries);
        process.stdout.write(entries.map(({ eventId }) => eventId).join(' ') + '\\n');
      }`,
      );
      // Killed in the middle of work: at another amount of output each round.
      child.stdout.on('data', () => {
        if (child.stdout.readableFlowing && ++chunks > 10 + 7 * round) child.kill('SIGKILL');
      });
      let chunks = 0;
      const text = await outputOf(child);
      const lines = text.slice(0, text.lastIndexOf('\n')).split('\n');
      for (const id of lines.join(' ').split(' ')) acknowledged.add(id);

      const started = performance.now();
      const journal = await open();
      expect(performance.now() - started).toBeLessThan(3000);
      const records = await journal.read(1, 1_000_000);
      const ids = records.map(({ eventId }) => eventId);
      const found = new Set(ids);
      expect(found.size).toBe(ids.length);
      expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
      expect(await repeatsAmong(journal, records)).toBe(ids.length);
      expect(journal.status().next).toBe(ids.length + 1);
      await journal.close();
    }
    expect(acknowledged.size).toBeGreaterThan(1000);
  });

  it('refuses when the disk is full, stores nothing of the batch, and goes on when there is room', async () => {
    // A limit on the size of a file stands for the full disk: 8 MiB in blocks of 512 bytes.
    const child = inChild(
      opening,
      `let stored = 0;
      let refusal;
      while (refusal === undefined) {
        await journal.append(entriesOf('batch-' + stored + '-', 100, 1000)).then(() => { stored += 100; }, (error) => { refusal = error; });
      }
      const again = await journal.append(entriesOf('again-', 100, 1000)).catch((error) => error.code);
      const { next } = journal.status();
      const kept = (await journal.read(1, 1_000_000)).length;
      const small = await journal.trim(next - 100).then(() => 'trimmed', (error) => error.code);
      const after = await journal.append(entriesOf('batch-' + stored + '-', 100, 1000)).then(
        (outcomes) => outcomes.map(({ outcome, sequence }) => outcome + sequence), (error) => [error.code]);
      console.log(JSON.stringify({ code: refusal.code, message: refusal.message, stored, again, next, kept, small, after }));
      await journal.close();`,
      "trap '' XFSZ; ulimit -f 16384;",
    );
    const found = JSON.parse(await outputOf(child)) as Record<string, unknown> & { stored: number; after: string[] };
    expect(found).toMatchObject({ code: 'disk_full', again: 'disk_full', small: 'trimmed' });
    expect(found['kept']).toBe(found.stored);
    expect(found['next']).toBe(found.stored + 1);
    expect(found.after[0]).toBe(`accepted${found.stored + 1}`);

    const journal = await open();
    expect(journal.status()).toMatchObject({ first: found.stored - 99, next: found.stored + 101 });
    // Trimmed on a full disk, and known all the same.
    const trimmed = Array.from({ length: 100 }, (_, n) => ({ userId: `u${n % 7}` as UserId, eventId: `batch-0-${n}` }));
    expect(await repeatsAmong(journal, trimmed)).toBe(100);
    await journal.close();
  });

  it('knows repeats of far more events than came lately, trimmed or not, before and after it is opened again', async () => {
    let journal = await open();
    const events = Array.from({ length: 24_000 }, (_, n) => ({ userId: `u${n % 501}` as UserId, eventId: `e${n}` }));
    expect(await repeatsAmong(journal, events.slice(0, 12_000))).toBe(0);
    for (let from = 12_000; from < events.length; from += 2000) {
      expect(await repeatsAmong(journal, events.slice(from, from + 2000))).toBe(0);
    }
    expect(await repeatsAmong(journal, events)).toBe(events.length);
    await journal.trim(19_001);
    await journal.close();
    journal = await open();
    expect(await repeatsAmong(journal, events)).toBe(events.length);
    expect(await journal.eraseUsers(['u500' as UserId])).toBe(
      events.slice(19_000).filter(({ userId }) => userId === 'u500').length,
    );
    const erased = events.filter(({ userId }) => userId === 'u500');
    expect(await repeatsAmong(journal, erased)).toBe(0);
    await journal.close();
  });

  it('knows a thing that has changed beside one that never does, after it is opened again', async () => {
    const entry = (version?: string): JournalEntry => {
      const plain = { kind: 'play', userId: 'u' as UserId, eventId: 'a', row: '{}' } as const;
      return version === undefined ? plain : { ...plain, version };
    };
    const outcomesOf = async (journal: Journal, ...entries: JournalEntry[]) =>
      (await journal.append(entries)).map(({ outcome }) => outcome);
    let journal = await open();
    expect(await outcomesOf(journal, entry(), entry('1'), entry('1'))).toEqual(['accepted', 'accepted', 'repeated']);
    await journal.close();
    journal = await open();
    expect(await outcomesOf(journal, entry('1'), entry(), entry())).toEqual(['repeated', 'accepted', 'repeated']);
    await journal.close();
    journal = await open();
    expect(await outcomesOf(journal, entry(), entry('1'))).toEqual(['repeated', 'accepted']);
    await journal.close();
  });

  // Once: it is what the file does, whichever thread has it open.
  const isMeasured = process.platform === 'linux' && opening === 'openLmdbJournal';
  it.runIf(isMeasured)('keeps little of a large file in memory, and all of it on disk', async () => {
    // Each batch is read and half of all is trimmed, as by the warehouse's writer.
    const child = inChild(
      opening,
      `import { readFileSync } from 'node:fs';
      const mappedMib = () => Number(/^RssFile:\\s+(\\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
      const before = mappedMib();
      let most = 0;
      for (let batch = 0; batch < 100; batch++) {
        await journal.append(entriesOf(batch + '-', 1000, 3000));
        await journal.read(batch * 1000 + 1, 1000);
        most = Math.max(most, mappedMib() - before);
      }
      await journal.trim(50_001);
      most = Math.max(most, mappedMib() - before);
      const again = await journal.append(entriesOf('99-', 1000, 3000));
      const kept = (await journal.read(1, 1_000_000)).map(({ sequence }) => sequence);
      console.log(JSON.stringify({ most, kept: kept.length, first: kept[0], last: kept.at(-1),
        repeated: again.filter(({ outcome }) => outcome === 'repeated').length, bytes: journal.status().bytes }));
      await journal.close();`,
    );
    const found = JSON.parse(await outputOf(child)) as Record<string, number>;
    expect(found).toMatchObject({ kept: 50_000, first: 50_001, last: 100_000, repeated: 1000 });
    expect(found['bytes']).toBeGreaterThan(150_000_000);
    expect(found['most']).toBeLessThan(160);
  });

  // Where the timers of the thread that trims can be seen.
  it.runIf(opening === 'openLmdbJournal')('trims with pauses in steps, and without any at once', async () => {
    const child = inChild(
      opening,
      `await journal.append(entriesOf('', 2000, 10));
      const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
      const pausesOf = async (before, pace) => {
        while (timers() > 0) await new Promise(setImmediate);
        let [hasPaused, isOver] = [false, false];
        const trimmed = journal.trim(before, pace).finally(() => { isOver = true; });
        while (!isOver) {
          await new Promise(setImmediate);
          hasPaused ||= timers() > 0;
        }
        await trimmed;
        return hasPaused;
      };
      console.log(JSON.stringify([await pausesOf(1001, 'at_once'), await pausesOf(2001, 'in_steps')]));
      await journal.close();`,
    );
    expect(JSON.parse(await outputOf(child))).toEqual([false, true]);
  });

  it('is refused to a second process, which hears who has it', async () => {
    const journal = await open();
    const child = spawn('sh', [
      '-c',
      `exec ${NODE} -e "$0"`,
      `import { openLmdbJournal } from '#journal';
      console.log(await openLmdbJournal({ path: ${JSON.stringify(path)} }).catch(({ code, message }) => code + ': ' + message));`,
    ]);
    expect(await outputOf(child)).toContain(`conflict: the journal is in use by process ${process.pid} (${path}`);
    await journal.close();
  });
});

describe('a line to the thread of a journal', () => {
  const entry = (eventId: string, row = '{}'): JournalEntry => ({ kind: 'play', userId: 'u' as UserId, eventId, row });

  it('brings what is appended into one order with what others append, and all know how the journal stands', async () => {
    const journal = await openLmdbJournalBeside({ path });
    const lines = [openJournalLine(journal.line()), openJournalLine(journal.line())] as const;
    const large = '{}'.repeat(400_000);
    const appended = await Promise.all([
      journal.append([entry('a'), entry('b')]),
      lines[0].append([entry('a'), entry('c', large), entry('d')]),
      lines[1].append([entry('c'), entry('e')]),
      lines[1].append([]),
    ]);
    const accepted = appended.flat().flatMap((one) => (one.outcome === 'accepted' ? [one.sequence] : []));
    expect(accepted.sort()).toEqual([1, 2, 3, 4, 5]);
    for (const one of [journal, ...lines]) expect(one.status()).toEqual(journal.status());
    expect(journal.status()).toMatchObject({ first: 1, next: 6 });
    const records = await journal.read(1, 10);
    expect(records.map(({ eventId }) => eventId).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    await journal.trim(6);
    expect(lines[0].status()).toEqual({ first: 6, next: 6, bytes: 0 });
    await journal.close();
  });

  it('is refused what the journal refuses, and everything once it is closed', async () => {
    const journal = await openLmdbJournalBeside({ path });
    const line = openJournalLine(journal.line());
    await line.append([entry('a')]);
    const closing = journal.close();
    await expect(line.append([entry('b')])).rejects.toMatchObject({ code: 'unavailable' });
    await closing;
    await expect(line.append([entry('c')])).rejects.toMatchObject({ code: 'unavailable' });
    const again = await openLmdbJournalBeside({ path });
    expect((await again.read(1, 10)).map(({ eventId }) => eventId)).toEqual(['a']);
    await again.close();
  });
});

describe('the thread of a journal', () => {
  it('that ends says so to whoever waits and to all who ask afterwards; what was acknowledged is there', async () => {
    const threads: Worker[] = [];
    const start = (workerData: JournalThreadData): Worker => {
      threads.push(startThread(new URL('./journal-thread.ts', import.meta.url), { workerData }));
      return threads[0]!;
    };
    const journal = await JournalBeside.open(path, () => undefined, start);
    const line = openJournalLine(journal.line());
    const entry = (eventId: string): JournalEntry => ({ kind: 'play', userId: 'u' as UserId, eventId, row: '{}' });
    await journal.append([entry('a')]);
    await threads[0]?.terminate();
    const message = expect.stringContaining('the journal takes nothing more: its thread ended');
    await expect(journal.append([entry('b')])).rejects.toMatchObject({ code: 'unavailable', message });
    await expect(journal.read(1, 1)).rejects.toMatchObject({ code: 'unavailable' });
    expect(() => journal.status()).toThrow('the journal takes nothing more');
    await expect(line.append([entry('c')])).rejects.toMatchObject({ code: 'unavailable', message });
    expect(() => line.status()).toThrow('the journal takes nothing more');
    await journal.close();
    const again = await openLmdbJournalBeside({ path });
    expect((await again.read(1, 10)).map(({ eventId }) => eventId)).toEqual(['a']);
    await again.close();
  });
});
