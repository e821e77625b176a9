/** Errors on their way between threads and processes, where a class does not survive. */

import { EngineError, type ErrorCode, type FieldError } from './errors.ts';

/** An error as plain data. */
export interface Failure {
  /** Null for what is no error of the engine's own. */
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly fields: readonly FieldError[];
  /** What brought it about, in words. */
  readonly cause?: string;
  /** Where it was thrown; of errors that are not the engine's own. */
  readonly stack?: string;
}

/** The message of anything thrown, with the messages of its causes that it does not repeat itself. */
export const reasonOf = (error: unknown): string => reasonBehind(error, new Set());

/** Causes may go round in a circle: each is told once. */
const reasonBehind = (error: unknown, told: Set<unknown>): string => {
  if (!(error instanceof Error)) return String(error);
  told.add(error);
  const cause = error.cause === undefined || told.has(error.cause) ? '' : reasonBehind(error.cause, told);
  return error.message.includes(cause) ? error.message : `${error.message}: ${cause}`;
};

export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { code: null, message: String(error), fields: [] };
  const { message, stack } = error;
  const cause = error.cause === undefined ? {} : { cause: reasonOf(error.cause) };
  if (error instanceof EngineError) return { code: error.code, message, fields: error.fields, ...cause };
  return { code: null, message, fields: [], ...cause, ...(stack !== undefined && { stack }) };
};

/** The same error on this side; of its cause the message alone. */
export const errorOf = ({ code, message, fields, cause, stack }: Failure): Error => {
  const because = cause === undefined ? {} : { cause: new Error(cause) };
  if (code !== null) return new EngineError(code, message, { fields, ...because });
  const error = new Error(message, because);
  if (stack !== undefined) error.stack = stack;
  return error;
};
