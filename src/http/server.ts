/** The HTTP server, put together: access, limits, routes, problems, description, web. */

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import Fastify, { type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { EngineError } from '#domain';
import { addAccess, callerName } from './access.ts';
import { addErrorAnswers, answerBadPath, answerClientError, sendProblem } from './answer-errors.ts';
import type { Engine } from './engine.ts';
import type { KeyRing } from './keys.ts';
import { DEFAULT_LIMITS, type ServerLimits } from './limits.ts';
import { addLocalAudio } from './local-audio.ts';
import type { HttpLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { addOpenapi } from './openapi.ts';
import { methodsOf } from './paths.ts';
import { compassRoutes } from './routes/compass.ts';
import type { RouteContext } from './routes/context.ts';
import { evaluationRoutes } from './routes/evaluation.ts';
import { eventRoutes } from './routes/events.ts';
import { experimentRoutes } from './routes/experiments.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/imports.ts';
import { itemRoutes } from './routes/items.ts';
import { labRoutes } from './routes/lab.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { policyRoutes } from './routes/policies.ts';
import { returnRoutes } from './routes/return.ts';
import { slateRoutes } from './routes/slates.ts';
import { studioRoutes } from './routes/studio.ts';
import { successRoutes } from './routes/success.ts';
import { userRoutes } from './routes/users.ts';
import { addWeb, type WebAnswer } from './static-web.ts';

export interface ServerDeps {
  readonly engine: Engine;
  /** An empty ring: no key is asked for, and only this machine is answered. */
  readonly keys: KeyRing;
  readonly log: HttpLog;
  readonly limits?: Partial<ServerLimits>;
  readonly version: string;
  /** Folder of the built web application; null when there is none. */
  readonly webRoot: string | null;
  /** Folder of local audio files; null when there is none. */
  readonly audioFolder: string | null;
}

/** Longest encoded path part: an id of 200 characters, each up to nine bytes as `%XX`. */
const MAX_PARAM_LENGTH = 2000;
const HEADERS_TIMEOUT_MS = 20_000;
const BODYLESS_LIMIT = 1024;

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The caller's own id where it has a sane form, so that both logs can be laid side by side. */
const requestId = (request: IncomingMessage): string => {
  const sent = request.headers['x-request-id'];
  return typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID();
};

const createApp = (limits: ServerLimits): FastifyInstance => {
  const app = Fastify({
    logger: false,
    genReqId: requestId,
    bodyLimit: BODYLESS_LIMIT,
    requestTimeout: limits.requestTimeoutMs,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // A request that came before the stop is answered, not sent away.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => answerBadPath(error, request, reply.raw),
    clientErrorHandler: (error: Error, socket: Socket) => answerClientError(error, socket),
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // Paths without a body take an empty or small JSON one and do not look at it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async () => undefined);
  return app;
};

const addHeaders = async (app: FastifyInstance): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        // Audio and covers come from where the catalogue says.
        'img-src': ["'self'", 'data:', 'https:', 'http:'],
        'media-src': ["'self'", 'blob:', 'https:', 'http:'],
        // Charts carry their styles inside the picture.
        'style-src': ["'self'", "'unsafe-inline'"],
        'script-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'self'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Whoever ends TLS in front of us knows whether it is for good.
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
};

const addLimits = async (app: FastifyInstance, limits: ServerLimits): Promise<void> => {
  app.addHook('onRequest', async (request) => {
    if (request.url.length <= limits.urlLength) return;
    const reason = `the path with its query is longer than ${limits.urlLength} characters`;
    throw new EngineError('invalid_request', reason, { fields: [{ field: 'path', reason }] });
  });
  app.addHook('onRequest', async ({ headers }) => {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding === 'identity') return;
    const reason = `the encoding ${encoding} is not supported: send the body as it is`;
    throw new EngineError('unsupported_media_type', reason, { fields: [{ field: 'content-encoding', reason }] });
  });
  await app.register(rateLimit, {
    max: limits.requestsPerMinute === 0 ? Number.MAX_SAFE_INTEGER : limits.requestsPerMinute,
    timeWindow: 60_000,
    keyGenerator: callerName,
    errorResponseBuilder: (_request, { max }) =>
      new EngineError('rate_limited', `more than ${max} requests in a minute`, {
        fields: [{ field: 'request', reason: `at most ${max} requests in a minute` }],
      }),
  });
};

const addRoutes = async (app: FastifyInstance, context: RouteContext): Promise<void> => {
  await app.register(eventRoutes(context));
  await app.register(itemRoutes(context));
  await app.register(userRoutes(context));
  await app.register(slateRoutes(context));
  await app.register(studioRoutes(context));
  await app.register(policyRoutes(context));
  await app.register(metricsRoutes(context));
  await app.register(successRoutes(context));
  await app.register(compassRoutes(context));
  await app.register(returnRoutes(context));
  await app.register(evaluationRoutes(context));
  await app.register(labRoutes(context));
  await app.register(importRoutes(context));
  await app.register(experimentRoutes(context));
  await app.register(healthRoutes(context));
};

const addNotFound = (app: FastifyInstance, answerWeb: WebAnswer, log: HttpLog): void => {
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    const allowed = methodsOf(path);
    if (allowed.length === 0) {
      const reason = `there is nothing at ${path}`;
      const missing = new EngineError('not_found', reason, { fields: [{ field: 'path', reason }] });
      return answerWeb(request, reply) ?? sendProblem(missing, request, reply, log);
    }
    const reason = `${request.method} is not allowed here: expected ${allowed.join(' or ')}`;
    reply.header('allow', allowed.join(', '));
    const refused = new EngineError('method_not_allowed', reason, { fields: [{ field: 'method', reason }] });
    return sendProblem(refused, request, reply, log);
  });
};

/** A stop waits for what is in flight, but not for ever: after the limit the connections are cut. */
const addStop = (app: FastifyInstance, stopTimeoutMs: number): void => {
  let timer: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    timer = setTimeout(() => app.server.closeAllConnections(), stopTimeoutMs).unref();
  });
  app.addHook('onClose', async () => clearTimeout(timer));
};

/**
 * A server that is ready for `listen` or `inject`. `close()` takes no more connections, answers what is in flight and
 * then resolves: flush what was acknowledged after it, not before.
 */
export const createServer = async (deps: ServerDeps): Promise<FastifyInstance> => {
  const limits: ServerLimits = { ...DEFAULT_LIMITS, ...deps.limits };
  const metrics = createMetrics(deps.engine.health);
  const app = createApp(limits);
  addErrorAnswers(app, deps.log);
  metrics.observeRequests(app);
  await addHeaders(app);
  addAccess(app, deps.keys);
  await addLimits(app, limits);
  await addOpenapi(app, deps.version);
  await addRoutes(app, { engine: deps.engine, log: deps.log, limits, metrics, needsKey: deps.keys.size > 0 });
  await addLocalAudio(app, deps.audioFolder);
  addNotFound(app, await addWeb(app, deps.webRoot), deps.log);
  addStop(app, limits.stopTimeoutMs);
  await app.ready();
  return app;
};
