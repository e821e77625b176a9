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

/** Asks and lets the body go by, so that whoever asks has little to do. Rejects when the answer is none. */
export const take = (url: string, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the server answered ${response.statusCode}`));
      response.on('end', resolve).on('error', reject).resume();
    });
    sent.on('error', reject);
    sent.end();
  });

/** The text of an answer. Rejects when it is none. */
export const good = async (answer: Promise<Answer>): Promise<string> => {
  const { status, text } = await answer;
  if (status >= 300) throw new Error(`the server answered ${status}: ${text.slice(0, 200)}`);
  return text;
};
