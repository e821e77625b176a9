/** Every way a request can fail ends here, as a problem. */

import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EngineError } from '#domain';
import { type HttpLog, logFailure, requestFields } from './log.ts';
import { PROBLEM_TYPE, toEngineError, toProblem } from './problem.ts';

const pathOf = (url: string): string => {
  const end = url.search(/[?#]/);
  return end === -1 ? url : url.slice(0, end);
};

/** Answers with the problem that the thrown thing is; what is our fault is logged with its cause. */
export const sendProblem = (
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: HttpLog,
): FastifyReply => {
  const error = toEngineError(thrown);
  if (error.status >= 500) logFailure(log, error, request);
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  if (error.status === 503) reply.header('retry-after', '1');
  const problem = toProblem(error, request.id, pathOf(request.url));
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
};

/** What Node's own parser refused before there was a request. */
const REASONS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'the request line and headers are longer than 16 KiB',
  ERR_HTTP_REQUEST_TIMEOUT: 'the request took too long to arrive',
};

/** Answers on the bare socket: bytes that are not HTTP never become a request. */
export const answerClientError = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const reason = REASONS[error.code ?? ''] ?? 'what was sent is not HTTP';
  const refused = new EngineError('invalid_request', reason, { fields: [{ field: 'request', reason }] });
  const body = JSON.stringify(toProblem(refused, randomUUID(), '*'));
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
};

/** Paths that the router cannot take apart never meet a hook; they are answered on the bare response. */
export const answerBadPath = (thrown: Error, request: FastifyRequest, response: ServerResponse): void => {
  const body = JSON.stringify(toProblem(toEngineError(thrown), request.id, '*'));
  response.writeHead(400, { 'content-type': PROBLEM_TYPE, 'x-request-id': request.id });
  response.end(body);
};

/** Sets the handler for thrown things, and logs every answer by its route. */
export const addErrorAnswers = (app: FastifyInstance, log: HttpLog): void => {
  app.setErrorHandler((thrown, request, reply) => sendProblem(thrown, request, reply, log));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 400 ? 'info' : 'debug';
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    log({ event: 'http.request', level, fields: { ...requestFields(request), status: reply.statusCode, ms } });
  });
};
