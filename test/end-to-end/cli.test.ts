import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../source-files.ts';

/** The program as it is shipped, in a folder of its own, as in a pipe. */
const folder = mkdtempSync(join(tmpdir(), 'cli-'));
const PROGRAM = join(ROOT, 'dist/cli/main.js');
const launch = (args: readonly string[]) => spawn(process.execPath, [PROGRAM, ...args], { cwd: folder });

const textOf = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  let text = '';
  for await (const piece of stream) text += piece.toString('utf8');
  return text;
};

const run = async (...args: string[]) => {
  const child = launch(args);
  const [out, err, [code]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'exit')]);
  return { out, err, code: code as number };
};

const history = (): string => {
  const rows = Array.from({ length: 60 }, (_, n) => {
    const at = new Date(Date.UTC(2026, 9, 1, n * 7)).toISOString();
    return `ada,track:${n % 12},Song ${n % 12},Band ${n % 4},${at},200000`;
  });
  return ['user_id,item_id,title,artist,at,ms_played', ...rows, 'ada,track:1,Song,Band,not a time,1'].join('\n');
};

describe('the command line on a data folder', () => {
  it('imports, says what was taken and what was not, and twice is the same as once', async () => {
    writeFileSync(join(folder, 'history.csv'), history());
    const first = await run('import', 'plays', 'history.csv', '--json');
    expect(first).toMatchObject({ err: '', code: 0 });
    const report = JSON.parse(first.out);
    expect(report).toMatchObject({ format: 'plays', rows: 61, taken: 60, repeated: 0, users: 1, items: 12 });
    expect(report.dead_letters.count).toBe(1);
    expect(report.first_at).toBe('2026-10-01T00:00:00.000Z');
    expect(readFileSync(join(report.dead_letters.path, 'dead-letters-000001.ndjson'), 'utf8')).toContain('"row":61');
    const second = await run('import', 'plays', 'history.csv');
    expect(second.code).toBe(0);
    expect(second.out).toContain('Known before: 60.');
  });

  it('learns, and prints a home of what was learned', async () => {
    const trained = await run('train', '--json');
    expect(JSON.parse(trained.out)).toMatchObject({ users: 1, interactions: 12 });
    const home = await run('recommend', '--user', 'ada', '--json');
    const slate = JSON.parse(home.out);
    expect(slate.user_id).toBe('ada');
    expect(slate.shelves.flatMap((shelf: { cards: unknown[] }) => shelf.cards).length).toBeGreaterThan(5);
    expect((await run('recommend', '--user', 'ada')).out).toContain('Song');
  });

  it('ends with the documented codes, errors on standard error with a remedy', async () => {
    const unknownVerb = await run('sing');
    expect(unknownVerb).toMatchObject({ out: '', code: 2 });
    const missing = await run('import', 'spotify', 'nowhere.zip');
    expect(missing).toMatchObject({ out: '', code: 3 });
    expect(missing.err).toContain('nowhere.zip');
    const badPort = await run('doctor', '--config', 'absent.yaml', '--json');
    expect(badPort.code).toBe(2);
    expect(JSON.parse(badPort.err).error).toMatchObject({ code: 'invalid_config', remedy: expect.any(String) });
    const nobody = await run('export', '--user', 'nobody');
    expect(nobody).toMatchObject({ out: '', code: 5 });
    expect((await run('erase', '--user', 'ada')).code).toBe(2);
  });

  it('asks the server that is at work on the data, and stops it without losing anything', async () => {
    const server = launch(['serve', '--port', '0', '--log-level', 'silent']);
    const ended = once(server, 'exit');
    const [hello] = (await once(server.stdout, 'data')) as [Buffer];
    const address = /http:\/\/\S+/.exec(hello.toString())?.[0];
    const report = await run('import', 'plays', 'history.csv', '--json');
    expect(report.err).toContain(address);
    expect(JSON.parse(report.out)).toMatchObject({ taken: 0, repeated: 60 });
    const event = { type: 'play', event_id: 'e1', user_id: 'ada', item_id: 'track:1', at: '2026-11-01T00:00:00Z' };
    const accepted = await fetch(`${address}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([event]),
    });
    expect(await accepted.json()).toMatchObject({ accepted: 1 });
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    const lines = (await run('export', '--user', 'ada')).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.filter((line) => line.event_id === 'e1')).toHaveLength(1);
    expect(lines.filter((line) => line.type === 'play')).toHaveLength(61);
  });

  it('erases and proves it', async () => {
    const erased = await run('erase', '--user', 'ada', '--yes', '--json');
    expect(erased.code).toBe(0);
    expect(JSON.parse(erased.out).left).toBe(0);
    expect((await run('export', '--user', 'ada')).code).toBe(5);
  });

  it('ends quietly when nobody reads on', async () => {
    const child = launch(['--help']);
    child.stdout.destroy();
    const [err, [code]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
  });
});

/** util-linux's script runs a command in a pseudo terminal of its own. */
const hasScript = existsSync('/usr/bin/script');
if (!hasScript) console.warn('skipped: no /usr/bin/script to make a pseudo terminal with');

describe.skipIf(!hasScript)('an assessor at a real terminal', () => {
  /** Types each line after its question has been asked. */
  const assess = async (collection: string, lines: readonly string[]): Promise<string> => {
    const words = [PROGRAM, 'collection', 'assess', collection];
    const command = [process.execPath, ...words, '--assessor', 'cleo'].map((word) => `'${word}'`).join(' ');
    const child = spawn('/usr/bin/script', ['-qec', command, '/dev/null'], { cwd: folder });
    let shown = '';
    let asked = 0;
    child.stdout.on('data', (piece: Buffer) => {
      shown += piece.toString('utf8');
      while (shown.split('s to skip, q to stop').length - 1 > asked) child.stdin.write(`${lines[asked++] ?? 'q'}\n`);
    });
    await once(child, 'exit');
    return shown;
  };

  it('judges documents, and parts of recordings', async () => {
    await run('collection', 'init', 'night', '--example', 'night-shelf');
    expect(await assess('night', ['2', 'what', '0'])).toMatch(/444 of 446 are left to cleo/);
    expect(readFileSync(join(folder, 'night/assessments/cleo.qrels'), 'utf8')).toMatch(
      /^n01 0 track:\d+ 2\nn01 0 track:\d+ 0\n$/,
    );
    await run('collection', 'init', 'spoken', '--example', 'spoken-parts');
    await assess('spoken', ['0.50-4.52, 6.00-7.10', '0']);
    expect(readFileSync(join(folder, 'spoken/assessments/cleo.qrels'), 'utf8')).toMatch(
      /^s1 Q0 episode:\d+ 0\.50 4\.52 1\ns1 Q0 episode:\d+ 6\.00 7\.10 1\ns1 Q0 episode:\d+ [\d.]+ [\d.]+ 0\n$/,
    );
  });
});
