/** Every thrown thing → one problem (RFC 9457). The only place where an error becomes an answer. */

import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Problem } from '#api';
import { EngineError, ERRORS, type ErrorCode, type FieldError } from '#domain';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** What the web framework throws, in our words: code, the field that is meant, and the reason where its own leaks or is vague. */
const FRAMEWORK: Readonly<Record<string, readonly [code: ErrorCode, field: string, reason: string]>> = {
  FST_ERR_BAD_URL: ['invalid_request', 'path', 'the path holds a percent sign that does not encode UTF-8'],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid_request', 'path', 'a part of the path is too long'],
  FST_ERR_NOT_FOUND: ['not_found', 'path', 'there is nothing at this path'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', 'body', 'the body is larger than this path takes'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed_body', 'body', 'the body is not as long as Content-Length says'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'content-type', 'this path does not take that type'],
  FST_ERR_ROUTE_MISSING_CONTENT_TYPE: ['unsupported_media_type', 'content-type', 'the header is missing'],
};

/** For errors of plug-ins that only carry a status. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  403: 'not_found',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'body_too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
};

/** The field that a code speaks of when the thrower named none. */
const FIELD_OF: Readonly<Partial<Record<ErrorCode, string>>> = {
  invalid_event: 'body',
  malformed_body: 'body',
  body_too_large: 'body',
  unreadable_file: 'body',
  missing_key: 'authorization',
  unknown_key: 'authorization',
  forbidden: 'authorization',
  foreign_origin: 'origin',
  not_found: 'path',
  unknown_user: 'user_id',
  unknown_item: 'item_id',
  unknown_slate: 'slate_id',
  method_not_allowed: 'method',
  unsupported_media_type: 'content-type',
  unknown_format: 'format',
};

const single = (code: ErrorCode, field: string, reason: string, cause: unknown): EngineError =>
  new EngineError(code, reason, { fields: [{ field, reason }], cause });

const property = (thrown: unknown, name: string): unknown =>
  typeof thrown === 'object' && thrown !== null ? (thrown as Record<string, unknown>)[name] : undefined;

interface SchemaIssue {
  readonly instancePath: string;
  readonly message?: string;
}

const fromSchema = (thrown: { readonly validation: readonly SchemaIssue[] }): EngineError => {
  const fields: FieldError[] = thrown.validation.map(({ instancePath, message }) => ({
    field: instancePath.slice(1).replaceAll('/', '.'),
    reason: message ?? 'is not valid',
  }));
  const detail = fields.map(({ field, reason }) => `${field}: ${reason}`).join('; ');
  return new EngineError('invalid_request', detail, { fields, cause: thrown });
};

/** The error in the engine's own terms; what nobody foresaw is `internal`. */
export const toEngineError = (thrown: unknown): EngineError => {
  if (thrown instanceof EngineError) return thrown;
  if (hasZodFastifySchemaValidationErrors(thrown)) return fromSchema(thrown);
  const code = property(thrown, 'code');
  if (code === 'ENOSPC') return new EngineError('disk_full', 'no space left on the device', { cause: thrown });
  const known = typeof code === 'string' ? FRAMEWORK[code] : undefined;
  if (known !== undefined) return single(...known, thrown);
  const status = property(thrown, 'statusCode');
  if (typeof status !== 'number' || status < 400 || status > 499) {
    return new EngineError('internal', 'unforeseen error', { cause: thrown });
  }
  const fallback = BY_STATUS[status] ?? 'invalid_request';
  return new EngineError(fallback, ERRORS[fallback].title, { cause: thrown });
};

/** What goes over the wire. Of errors of ours (5xx) nothing but the catalogue's words: their messages are for the log. */
export const toProblem = (error: EngineError, requestId: string, instance: string): Problem => {
  const { status, title, remedy } = ERRORS[error.code];
  const ours = status >= 500;
  const detail = ours ? `${title}. The log tells more under this request_id.` : error.message;
  // What is wrong with the whole of a document names no part of it.
  const named = error.fields.map(({ field, reason }) => ({ field: field === '' ? 'body' : field, reason }));
  const errors = named.length > 0 || ours ? named : [{ field: FIELD_OF[error.code] ?? 'request', reason: detail }];
  return {
    type: `urn:ritornello:problem:${error.code}`,
    title,
    status,
    detail,
    instance,
    code: error.code,
    request_id: requestId,
    remedy,
    errors: ours ? [] : errors,
  };
};
