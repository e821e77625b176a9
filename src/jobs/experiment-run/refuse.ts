import { EngineError } from '#domain';

/** @throws {EngineError} invalid_request at this field of the document. */
export const refuse = (field: string, reason: string): never => {
  throw new EngineError('invalid_request', `${field}: ${reason}`, { fields: [{ field, reason }] });
};
