/** Reads an answer that has to be a problem. */

import { expect } from 'vitest';
import { problemSchema } from '#api';

export const problem = (answer: { headers: Record<string, unknown>; json: unknown }) => {
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  return problemSchema.parse(answer.json);
};
