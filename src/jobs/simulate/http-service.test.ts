import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createFrame } from '#simulation';
import { createHttpService } from './http-service.ts';
import { chooseWorld } from './simulate.ts';

const frame = createFrame(chooseWorld({ world: 'small', listeners: 4, seed: 1 }), {
  start: Date.UTC(2026, 0, 5),
  until: Date.UTC(2026, 0, 12),
  prefix: 'http',
});

const served = async (answer: RequestListener, use: (url: string) => Promise<void>): Promise<void> => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

it('waits for what the server learns by itself, and then has it learn from the whole day', async () => {
  const asked: string[] = [];
  let looks = 0;
  const answer: RequestListener = ({ method, url }, response) => {
    asked.push(`${method} ${url}`);
    if (method === 'POST') response.writeHead(looks === 0 ? 409 : 202).end('{}');
    else response.end(JSON.stringify({ training: ++looks % 2 === 1 ? 'running' : 'idle' }));
  };
  await served(answer, (url) => createHttpService(frame, { url, learnsAfter: () => true }).endDay(0, 0));
  const [train, look] = ['POST /v1/studio/train', 'GET /v1/studio/status'];
  expect(asked).toEqual([train, look, look, train, look, look]);
});

it('is told when the day could not be learned from, and not when something before it could not', async () => {
  let posts = 0;
  const training = ['failed', 'failed'];
  const answer: RequestListener = ({ method }, response) => {
    if (method === 'POST') response.writeHead(++posts === 1 ? 409 : 202).end('{}');
    else response.end(JSON.stringify({ training: training.shift() }));
  };
  await served(answer, async (url) => {
    const day = createHttpService(frame, { url, learnsAfter: () => true }).endDay(0, 0);
    await expect(day).rejects.toMatchObject({ message: 'the server could not learn; its log says why' });
  });
  expect(posts).toBe(2);
});

it('says what else the server refuses', async () => {
  const answer: RequestListener = (_, response) => response.writeHead(403).end('{"code":"forbidden"}');
  await served(answer, async (url) => {
    const refused = createHttpService(frame, { url, learnsAfter: () => true }).endDay(0, 0);
    await expect(refused).rejects.toMatchObject({ code: 'internal', message: expect.stringContaining('403') });
  });
});
