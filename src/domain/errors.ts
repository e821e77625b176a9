/**
 * The catalogue of errors: a stable code, its HTTP status, a title, and what the reader can do about it.
 * docs/reference/errors.md is held equal to this list by a test.
 */
export const ERRORS = {
  invalid_request: {
    status: 400,
    title: 'The request is not valid',
    remedy: 'Correct the fields that the answer names.',
  },
  invalid_event: {
    status: 400,
    title: 'An event is not valid',
    remedy: 'Correct the named field of the named event and send that event again.',
  },
  malformed_body: {
    status: 400,
    title: 'The body cannot be read',
    remedy: 'Send JSON (an array or one object) or NDJSON with the matching content type.',
  },
  missing_key: { status: 401, title: 'No API key was sent', remedy: 'Send the key as "Authorization: Bearer <key>".' },
  unknown_key: {
    status: 401,
    title: 'The API key is not known',
    remedy: 'Check the key, or make one with "ritornello serve --help".',
  },
  forbidden: {
    status: 403,
    title: 'The key lacks the role for this',
    remedy: 'Use a key with the role that the answer names.',
  },
  foreign_origin: {
    status: 403,
    title: 'The request comes from another site',
    remedy: 'Without keys only this machine may ask: open the address that the engine printed, or configure keys.',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing',
    remedy: 'Check the path; /openapi.json lists all of them.',
  },
  unknown_user: {
    status: 404,
    title: 'The user is not known',
    remedy: 'Send an event of this user first, or import a history.',
  },
  unknown_item: {
    status: 404,
    title: 'The item is not known',
    remedy: 'Put the item with PUT /v1/items, or send a play of it first.',
  },
  unknown_slate: {
    status: 404,
    title: 'The slate is not known',
    remedy: 'Use the slate_id of an answer of home, weekly or radio.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    remedy: 'See /openapi.json for the methods of this path.',
  },
  conflict: {
    status: 409,
    title: 'Something else stands in the way',
    remedy: 'The message names it: wait until it has ended, or take another name or place.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    remedy: 'Send smaller batches; the answer names the limit.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The content type is not supported',
    remedy: 'Use application/json or application/x-ndjson.',
  },
  unknown_format: {
    status: 400,
    title: 'The import format is not known',
    remedy: 'Use spotify, listenbrainz, lastfm, plays or items.',
  },
  unreadable_file: {
    status: 400,
    title: 'The file cannot be read as the format named',
    remedy: 'Check that the file is what its format name says; the answer tells what was found.',
  },
  invalid_config: {
    status: 400,
    title: 'The configuration is not valid',
    remedy: 'Correct the named setting; "ritornello doctor" prints the effective configuration.',
  },
  invalid_data: {
    status: 400,
    title: 'The data are not valid',
    remedy: 'Correct what the message names; it tells what is allowed.',
  },
  artifact_corrupt: { status: 500, title: 'A stored model cannot be read', remedy: 'Train again: "ritornello train".' },
  no_model: { status: 409, title: 'Nothing has been learned yet', remedy: 'Import plays and run "ritornello train".' },
  rate_limited: { status: 429, title: 'Too many requests', remedy: 'Wait for the time in Retry-After.' },
  internal: { status: 500, title: 'Something went wrong here', remedy: 'Report it with the request_id.' },
  unavailable: {
    status: 503,
    title: 'The service is not ready',
    remedy: 'Try again shortly; /health/ready tells when.',
  },
  warehouse_unavailable: {
    status: 503,
    title: 'The warehouse does not answer',
    remedy:
      'A server that runs goes on taking events in: try again shortly. At a start, check the address or folder of the warehouse.',
  },
  engine_missing: {
    status: 503,
    title: 'The embedded warehouse engine is not installed',
    remedy: 'Run "npm install chdb", or set a clickhouse:// address as warehouse.',
  },
  disk_full: { status: 507, title: 'The disk is full', remedy: 'Free space; nothing that was acknowledged is lost.' },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** One place in the input that is wrong. */
export interface FieldError {
  /** Path of the field on the wire, e.g. `cards.0.item_id`; empty when the whole is meant. */
  readonly field: string;
  readonly reason: string;
}

export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly fields: readonly FieldError[];

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; fields?: readonly FieldError[] } = {}) {
    super(message, { cause: options.cause });
    this.name = 'EngineError';
    this.code = code;
    this.fields = options.fields ?? [];
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
