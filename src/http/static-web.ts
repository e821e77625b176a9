/** The web application's files, and the page that stands in while it is not built. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isInterfacePath } from './paths.ts';

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Ritornello</title>
<body style="font:16px/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>Ritornello is running</h1>
<p>The web application is not built here. Build it with <code>npm run build</code> and start again.</p>
<p>The interface works: <a href="/docs">/docs</a> describes it, <a href="/health/ready">/health/ready</a> tells how it stands.</p>
</body></html>
`;

/** Tells whether it answered: pages of the application are made in the browser, so each of its paths gets index.html. */
export type WebAnswer = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null;

const wantsPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') &&
  (request.headers.accept ?? '').includes('text/html') &&
  !isInterfacePath(request.url.split('?', 1)[0]!);

/**
 * Serves the files of `root` when it holds a built application.
 * Files under assets/ carry a hash in their name and may be kept for ever; everything else is asked for again.
 */
export const addWeb = async (app: FastifyInstance, root: string | null): Promise<WebAnswer> => {
  if (root === null || !existsSync(join(root, 'index.html'))) {
    return (request, reply) => (wantsPage(request) ? reply.type('text/html; charset=utf-8').send(NOT_BUILT) : null);
  }
  await app.register(fastifyStatic, {
    root,
    index: ['index.html'],
    wildcard: false,
    cacheControl: false,
    schemaHide: true,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(root, 'assets'));
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request, reply) => (wantsPage(request) ? reply.sendFile('index.html') : null);
};
