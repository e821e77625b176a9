import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { problemSchema } from '#api';
import { startTestServer, type TestServer } from './test-server.contract.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.app.close();
  server = undefined;
});

const portOf = async (deps: Parameters<typeof startTestServer>[0] = {}): Promise<number> => {
  server = await startTestServer(deps);
  await server.app.listen({ host: '127.0.0.1', port: 0 });
  const address = server.app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** Sends bytes as they are and gives back all that comes until the end. */
const speak = (port: number, bytes: string | Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let heard = '';
    socket.on('data', (piece) => {
      heard += piece.toString('latin1');
    });
    socket.on('end', () => resolve(heard));
    socket.on('error', reject);
  });

describe('on a socket', () => {
  it('what is not HTTP gets a problem', async () => {
    const port = await portOf();
    for (const bytes of ['nonsense\r\n\r\n', `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`]) {
      const heard = await speak(port, bytes);
      expect(heard).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
      const problem = problemSchema.parse(JSON.parse(heard.slice(heard.indexOf('\r\n\r\n') + 4)));
      expect(problem).toMatchObject({ code: 'invalid_request', errors: [{ field: 'request' }] });
    }
  });

  it('a path that cannot be decoded gets one too', async () => {
    const port = await portOf();
    const heard = await speak(
      port,
      'GET /v1/users/%E0%A4%A/home HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    );
    expect(heard).toMatch(/^HTTP\/1\.1 400 /);
    expect(heard).toContain('"field":"path"');
  });

  it('a stop answers what is in flight, then takes nothing more', async () => {
    const port = await portOf();
    const { engine, app } = server!;
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const reached = new Promise<void>((resolve) => {
      const { accept } = engine.intake;
      Object.assign(engine.intake, {
        accept: async (wire: readonly unknown[]) => {
          resolve();
          await held;
          return accept(wire);
        },
      });
    });
    const inFlight = fetch(`http://127.0.0.1:${port}/v1/events`, {
      method: 'POST',
      body: '[{}]',
      headers: { 'content-type': 'application/json' },
    });
    await reached;
    const closed = app.close();
    letGo();
    const answer = await inFlight;
    expect(await answer.json()).toMatchObject({ refused: 1 });
    await closed;
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
  });

  it('a stop does not wait for ever', async () => {
    const port = await portOf({ limits: { stopTimeoutMs: 50 } });
    const { engine, app } = server!;
    const reached = new Promise<void>((resolve) => {
      Object.assign(engine.intake, {
        accept: () => {
          resolve();
          return new Promise(() => undefined);
        },
      });
    });
    const inFlight = fetch(`http://127.0.0.1:${port}/v1/events`, {
      method: 'POST',
      body: '[{}]',
      headers: { 'content-type': 'application/json' },
    });
    const cut = expect(inFlight).rejects.toThrow();
    await reached;
    await app.close();
    await cut;
  });

  it('an upload that breaks off starts nothing', async () => {
    const port = await portOf();
    const { engine } = server!;
    const broken = new Promise<unknown>((resolve) => {
      const { startImport } = engine.work;
      Object.assign(engine.work, {
        startImport: (...args: Parameters<typeof startImport>) => startImport(...args).catch(resolve),
      });
    });
    const head = 'POST /v1/studio/imports?file_name=x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`${head}Content-Type: application/octet-stream\r\n\r\nhalf`);
    });
    socket.on('error', () => undefined);
    await expect.poll(() => engine.received).toBe(4);
    socket.destroy();
    expect(await broken).toBeInstanceOf(Error);
    expect(engine.asked).toEqual([]);
  });

  it('an export whose reader goes before its first row lets go of its source', async () => {
    const port = await portOf();
    const gone = new Promise<void>((resolve) => {
      server!.app.server.once('connection', (peer) => peer.once('close', () => resolve()));
    });
    let closed = false;
    Object.assign(server!.engine.people, {
      async *exportUser() {
        try {
          socket.destroy();
          await gone;
          yield 'row';
        } finally {
          closed = true;
        }
      },
    });
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /v1/users/ada/export HTTP/1.1\r\nHost: localhost\r\n\r\n');
    });
    await expect.poll(() => closed, { timeout: 10_000 }).toBe(true);
    expect(server!.lines.filter(({ event }) => event === 'http.failed')).toEqual([]);
  });

  it('an export that nobody takes further is cut off', async () => {
    const port = await portOf({ limits: { stalledMs: 50 } });
    let closed = false;
    Object.assign(server!.engine.people, {
      async *exportUser() {
        try {
          for (;;) yield 'x'.repeat(70_000);
        } finally {
          closed = true;
        }
      },
    });
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('GET /v1/users/ada/export HTTP/1.1\r\nHost: localhost\r\n\r\n');
    }).pause();
    await expect.poll(() => closed, { timeout: 10_000 }).toBe(true);
    socket.destroy();
  });
});
