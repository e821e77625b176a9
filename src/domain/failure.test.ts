import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EngineError, ERRORS, type ErrorCode } from './errors.ts';
import { errorOf, failureOf, reasonOf } from './failure.ts';

const OPTIONS = { seed: 1, numRuns: 500 };

const field = fc.record({ field: fc.string(), reason: fc.string() });
const code = fc.constantFrom(...(Object.keys(ERRORS) as ErrorCode[]));

/** Whatever may be thrown: errors with causes of every depth, and what is no error at all. */
const { thrown, error, engineError } = fc.letrec<{ thrown: unknown; error: Error; engineError: EngineError }>(
  (tie) => ({
    thrown: fc.oneof(
      { depthSize: 'medium' },
      fc.string(),
      fc.constantFrom(null, undefined, 0, Symbol('s')),
      tie('error'),
      tie('engineError'),
    ),
    error: fc.oneof(
      fc.string().map((message) => new Error(message)),
      fc.tuple(fc.string(), tie('thrown')).map(([message, cause]) => new TypeError(message, { cause })),
    ),
    engineError: fc
      .tuple(code, fc.string(), fc.array(field, { maxLength: 3 }), fc.option(tie('thrown'), { nil: undefined }))
      .map(([name, message, fields, cause]) => new EngineError(name, message, { fields, cause })),
  }),
);

const onTheOtherSide = (value: unknown): Error => errorOf(structuredClone(failureOf(value)));

describe('an error on the other side', () => {
  it('has the same reason, whatever was thrown', () => {
    fc.assert(
      fc.property(fc.oneof(thrown, error, engineError), (value) => {
        expect(reasonOf(onTheOtherSide(value))).toBe(reasonOf(value));
      }),
      OPTIONS,
    );
  });

  it('of the engine has its code, its message, its fields and its status', () => {
    fc.assert(
      fc.property(engineError, (value) => {
        const there = onTheOtherSide(value);
        expect(there).toBeInstanceOf(EngineError);
        const { message, fields, status, name } = value;
        expect(there).toMatchObject({ code: value.code, message, fields, status, name });
      }),
      OPTIONS,
    );
  });

  it('that is not of the engine is none there either, and tells where it was thrown', () => {
    fc.assert(
      fc.property(error, (value) => {
        const there = onTheOtherSide(value);
        expect(there).not.toBeInstanceOf(EngineError);
        expect([there.message, there.stack]).toEqual([value.message, value.stack]);
      }),
      OPTIONS,
    );
  });

  it('goes on to a third one unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(error, engineError), (value) => {
        expect(failureOf(onTheOtherSide(value))).toEqual(failureOf(value));
      }),
      OPTIONS,
    );
  });

  it('has a cause only where there was one', () => {
    expect(failureOf(new EngineError('internal', 'broken'))).toEqual({
      code: 'internal',
      message: 'broken',
      fields: [],
    });
    expect(onTheOtherSide(new EngineError('internal', 'broken')).cause).toBeUndefined();
    expect(onTheOtherSide(new Error('broken')).cause).toBeUndefined();
    expect(onTheOtherSide(new Error('broken', { cause: null })).cause).toEqual(new Error('null'));
  });
});

describe('a reason', () => {
  it('names causes down to the first one, each once', () => {
    const disk = new Error('no space left');
    const journal = new EngineError('disk_full', 'the journal takes nothing more', { cause: disk });
    expect(reasonOf(new Error('the slate is lost', { cause: journal }))).toBe(
      'the slate is lost: the journal takes nothing more: no space left',
    );
    expect(reasonOf(new Error('the journal says: no space left', { cause: disk }))).toBe(
      'the journal says: no space left',
    );
  });

  it('ends where causes go round in a circle', () => {
    const [lost, failed] = [new Error('the slate is lost'), new Error('the journal failed')];
    Object.assign(lost, { cause: failed });
    Object.assign(failed, { cause: lost });
    expect(reasonOf(lost)).toBe('the slate is lost: the journal failed');
    expect(failureOf(lost)).toMatchObject({
      message: 'the slate is lost',
      cause: 'the journal failed: the slate is lost',
    });
  });

  it('of what is no error is its text', () => {
    expect([reasonOf('away'), reasonOf(undefined), reasonOf(404)]).toEqual(['away', 'undefined', '404']);
  });
});
