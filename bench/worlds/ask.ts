/** Requests over HTTP on connections that are kept. */

import { Agent, request } from 'node:http';

export const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export interface Answer {
  readonly status: number;
  readonly text: string;
}

export const ask = (
  url: string,
  method: string,
  path: string,
  body?: string,
  type = 'application/json',
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      `${url}${path}`,
      {
        method,
        agent,
        headers: body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(pieces).toString('utf8') }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

/** The text of an answer. Rejects when it is none. */
export const good = async (answer: Promise<Answer>): Promise<string> => {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`the server answered ${status}: ${text.slice(0, 200)}`);
  return text;
};
