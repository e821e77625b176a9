/** Binds the server: the asked port, or the next free one when none was asked for. */

import type { AddressInfo } from 'node:net';

const TRIES = 20;

interface Listener {
  listen(options: { host: string; port: number }): Promise<string>;
  readonly server: { address(): AddressInfo | string | null };
}

export interface Bound {
  /** http://host:port, as a person would open it. */
  readonly address: string;
  readonly port: number;
}

/** @throws the system's EADDRINUSE when the port was asked for, or twenty in a row are taken. */
export const bind = async (
  app: Listener,
  { host, port, asked }: { readonly host: string; readonly port: number; readonly asked: boolean },
): Promise<Bound> => {
  for (let next = port; ; next++) {
    try {
      await app.listen({ host, port: next });
      break;
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!isTaken || asked || next - port >= TRIES) throw error;
    }
  }
  const bound = (app.server.address() as AddressInfo).port;
  return { address: `http://${readable(host)}:${bound}`, port: bound };
};

const readable = (host: string): string => {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};
