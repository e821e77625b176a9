import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './program.ts';

/** A server that holds the data folder: ada has two lines, bo's break off after the first, of others nothing is known. */
const startServer = async (): Promise<Server> => {
  const server = createServer((request, response) => {
    const user = request.url?.split('/')[3];
    if (user !== 'ada' && user !== 'bo') return void response.end();
    response.write('{"n":1}\n', () => (user === 'ada' ? response.end('{"n":2}\n') : response.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

let folder: string;
let server: Server;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'export-'));
  server = await startServer();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // Held from another machine a moment ago: such a holder is taken to be alive.
  const holder = { pid: 1, began: null, host: 'another', address: `http://127.0.0.1:${port}` };
  writeFileSync(join(folder, 'lock.json'), JSON.stringify(holder));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const runExport = async (user: string, output?: string) => {
  const said = { out: '', err: '' };
  const terminal = {
    print: (text: string) => {
      said.out += `${text}\n`;
    },
    talk: (text: string) => {
      said.err += `${text}\n`;
    },
    outIsTty: false,
    errIsTty: false,
  };
  const place = output === undefined ? [] : ['--output', output];
  const code = await runCli(['export', '--user', user, '--data', folder, ...place], terminal);
  return { ...said, code };
};

describe('export', { timeout: 60_000 }, () => {
  it('prints the lines, or writes them to a file that is its owner’s alone', async () => {
    const lines = '{"n":1}\n{"n":2}\n';
    expect(await runExport('ada')).toEqual({ out: lines, err: '', code: 0 });
    const output = join(folder, 'ada.ndjson');
    expect(await runExport('ada', output)).toEqual({ out: `2 lines in ${output}\n`, err: '', code: 0 });
    expect(readFileSync(output, 'utf8')).toBe(lines);
    expect(statSync(output).mode & 0o777).toBe(0o600);
  });

  it('leaves an older file as it is until the new one is whole', async () => {
    const output = join(folder, 'older.ndjson');
    writeFileSync(output, 'older');
    const before = readdirSync(folder);
    expect(await runExport('adda', output)).toMatchObject({ out: '', code: 5 });
    expect((await runExport('bo', output)).code).toBe(1);
    expect(readFileSync(output, 'utf8')).toBe('older');
    expect(readdirSync(folder)).toEqual(before);
    symlinkSync(output, join(folder, 'link'));
    expect((await runExport('ada', join(folder, 'link'))).code).toBe(0);
    expect(readFileSync(output, 'utf8')).toBe('{"n":1}\n{"n":2}\n');
  });

  it.each([
    ['in a folder that is not there', ['none', 'a.ndjson'], 'no such file or directory'],
    ['of a folder', [''], 'illegal operation on a directory'],
  ])('says that a path %s cannot be written', async (_, path, reason) => {
    const output = join(folder, ...path);
    const { out, err, code } = await runExport('ada', output);
    expect([out, code]).toEqual(['', 2]);
    expect(err).toMatch(new RegExp(`^error: "${output}" cannot be written: .*${reason}`));
    expect(err).not.toContain('    at ');
  });

  it('writes to what is no file as it is', async () => {
    expect(await runExport('ada', '/dev/null')).toMatchObject({ out: '2 lines in /dev/null\n', code: 0 });
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
