import { describe, expect, it } from 'vitest';
import { problemSchema } from '#api';
import { EngineError, ERRORS, type ErrorCode } from '#domain';
import { toEngineError, toProblem } from './problem.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];

describe('a problem', () => {
  it.each(CODES)(
    'of %s has the words and status of the catalogue, and names a field when it is the caller’s',
    (code) => {
      const problem = problemSchema.parse(toProblem(new EngineError(code, 'what was wrong'), 'r1', '/v1/x'));
      expect(problem).toMatchObject({ code, request_id: 'r1', instance: '/v1/x', ...ERRORS[code] });
      expect(problem.type).toBe(`urn:ritornello:problem:${code}`);
      if (problem.status < 500) {
        expect(problem.detail).toBe('what was wrong');
        expect(problem.errors).toEqual([{ field: expect.stringMatching(/./), reason: 'what was wrong' }]);
      } else {
        expect(JSON.stringify(problem)).not.toContain('what was wrong');
      }
    },
  );

  it('keeps the fields that the thrower named', () => {
    const fields = [{ field: 'at', reason: 'too old' }];
    expect(toProblem(new EngineError('invalid_event', 'bad', { fields }), 'r', '/').errors).toEqual(fields);
    const whole = new EngineError('invalid_data', 'bad', { fields: [{ field: '', reason: 'expected an object' }] });
    expect(toProblem(whole, 'r', '/').errors).toEqual([{ field: 'body', reason: 'expected an object' }]);
  });
});

describe('what others throw', () => {
  const codeOf = (thrown: unknown) => toEngineError(thrown).code;

  it('is unforeseen and says nothing', () => {
    for (const thrown of [new Error('secret'), 'secret', null, { statusCode: 200 }, { statusCode: 502 }]) {
      expect(codeOf(thrown)).toBe('internal');
      expect(JSON.stringify(toProblem(toEngineError(thrown), 'r', '/'))).not.toContain('secret');
    }
  });

  it('is known by code, else by status', () => {
    expect(codeOf({ code: 'ENOSPC' })).toBe('disk_full');
    expect(codeOf({ code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 })).toBe('body_too_large');
    expect(codeOf({ code: 'FST_ERR_BAD_URL', statusCode: 400 })).toBe('invalid_request');
    expect(codeOf({ code: 'UNHEARD_OF', statusCode: 415 })).toBe('unsupported_media_type');
    expect(codeOf({ code: 'UNHEARD_OF', statusCode: 418 })).toBe('invalid_request');
  });
});
