import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { bind } from './listen.ts';

const open: Server[] = [];
const server = () => {
  const made = createServer();
  open.push(made);
  return {
    server: made,
    listen: ({ host, port }: { host: string; port: number }) =>
      new Promise<string>((resolve, reject) => {
        made.once('error', reject);
        made.listen(port, host, () => resolve('bound'));
      }),
  };
};

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

const takenPort = async (): Promise<number> => {
  const first = server();
  await first.listen({ host: '127.0.0.1', port: 0 });
  return (first.server.address() as AddressInfo).port;
};

it('takes the next port when the standard one is taken', async () => {
  const port = await takenPort();
  const bound = await bind(server(), { host: '127.0.0.1', port, asked: false });
  expect(bound.port).toBeGreaterThan(port);
  expect(bound.address).toBe(`http://127.0.0.1:${bound.port}`);
});

it('takes no other port than the one that was asked for', async () => {
  const port = await takenPort();
  await expect(bind(server(), { host: '127.0.0.1', port, asked: true })).rejects.toThrow(/EADDRINUSE/);
});
