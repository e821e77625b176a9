import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runCli } from '#cli';

const folder = mkdtempSync(join(tmpdir(), 'success-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const run = async (...args: string[]) => {
  const printed: string[] = [];
  const told: string[] = [];
  const code = await runCli(['success', ...args], {
    print: (text) => printed.push(text),
    talk: (text) => told.push(text),
    outIsTty: false,
    errIsTty: false,
  });
  return { code, out: printed.join('\n'), talk: told.join('\n') };
};

const FORTY_SKIPS = {
  unit_id: 's1',
  kind: 'session',
  user_id: 'u1',
  start: '2026-11-20T20:00:00Z',
  unit: { surface: 'playlist', device: 'mobile', duration_ms: 1_200_000, end_reason: 'endplay' },
  plays: Array.from({ length: 40 }, (_, n) => ({
    event_id: `p${n}`,
    at: n * 30_000,
    item_id: `track:${n}`,
    ms_played: 30_000,
    skipped: true,
  })),
  actions: [180_000, 720_000].map((at) => ({ event_id: `a${at}`, at, action: 'add_to_playlist' })),
};
const units = file('units.ndjson', `${JSON.stringify(FORTY_SKIPS)}\n\n`);
const data = ['--data', join(folder, 'data')];

describe('ritornello success', () => {
  it.each(['sql', 'stream'])(
    'reads the same forty skips as failure to sleep and as a party, by %s',
    { timeout: 60_000 },
    async (engine) => {
      const outcome = async (name: string) => {
        const { code, out } = await run(
          'run',
          '--definition',
          name,
          '--units',
          units,
          '--engine',
          engine,
          '--json',
          ...data,
        );
        expect(code).toBe(0);
        return JSON.parse(out).units[0];
      };
      // Skips after the eighth minute are those from 8:30 on: p17 to p39.
      expect(await outcome('sleep_playlist')).toMatchObject({
        unit_id: 's1',
        label: 'failed',
        mature: true,
        effort: 1,
      });
      expect((await outcome('sleep_playlist')).evidence).toEqual(Array.from({ length: 23 }, (_, n) => `p${n + 17}`));
      expect(await outcome('party_playlist')).toMatchObject({ label: 'achieved', evidence: ['a180000', 'a720000'] });
    },
  );

  it('tells lines and fields of a file that cannot be read', async () => {
    const bad = file(
      'bad.ndjson',
      `{"unit_id":"a","kind":"sesion","user_id":"u","plays":[{"event_id":"x","at":-1,"item_id":"t","ms_playd":3}]}\nno\n`,
    );
    const { code, talk } = await run('run', '--definition', 'sleep_playlist', '--units', bad, ...data);
    expect(code).toBe(3);
    expect(talk).toMatch(/line 1, kind: expected one of/);
    expect(talk).toMatch(/line 1, plays\.0\.at: counts from when the unit began/);
    expect(talk).toMatch(/line 1, plays\.0\.ms_playd: unknown field: did you mean ms_played\?/);
    expect(talk).toMatch(/line 2: is not JSON/);
    expect((await run('run', '--definition', 'sleep_playlist', '--units', join(folder, 'no'), ...data)).code).toBe(3);
    expect((await run('run', '--definition', 'sleepy', '--units', units, ...data)).code).toBe(5);
  });

  it('checks a file, points at the place, and ends with 3', { timeout: 60_000 }, async () => {
    const path = file(
      'wrong.yaml',
      'name: wrong\nversion: 1\nquestion: Is it?\nunit: session\nhorizon: 1h\nachieved: playz.size() > 3\nvalue: 1\n',
    );
    const { code, out } = await run('check', path);
    expect([code, out]).toEqual([3, `${path}:6:11: error: unknown name "playz": did you mean plays? [name]`]);
    const json = JSON.parse((await run('check', path, '--json')).out);
    expect(json.findings[0]).toMatchObject({ line: 6, column: 11, end_column: 16, rule: 'name', severity: 'error' });
    expect((await run('check')).code).toBe(0);
    expect((await run('check', '--complete')).code).toBe(3);
  });

  it('tells whose label changes between two versions, and why', async () => {
    const { out: page } = await run('docs', ...data);
    expect(page).toContain('# sleep_playlist');
    const next = file(
      'next.yaml',
      'name: sleep_playlist\nversion: 2\nquestion: Is it?\nunit: session\nhorizon: 14h\nlet:\n  late: plays.filter(p, p.at > minutes(19) && p.skipped).size()\nfailed: late >= 4\nachieved: late < 4\nvalue: 1\n',
    );
    const { code, out } = await run('diff', 'sleep_playlist@1', next, '--units', units, '--json', ...data);
    expect(code).toBe(0);
    const { moves, changes } = JSON.parse(out);
    expect(moves).toEqual([{ from: 'failed', to: 'achieved', units: 1 }]);
    expect(changes[0].because.before).toEqual([
      { clause: 'failed', text: 'late_skips >= 4', is: true, with: { late_skips: 23 } },
    ]);
    expect(changes[0].because.after).toEqual([{ clause: 'achieved', text: 'late < 4', is: true, with: { late: 1 } }]);
  });
});
