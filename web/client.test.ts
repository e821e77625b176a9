import { describe, expect, it } from 'vitest';
import { pathOf } from './client.ts';
import { asksForKey, problemOf } from './problem.ts';

describe('the path of a request', () => {
  it('escapes what is put into it', () => {
    expect(pathOf('/v1/slates/:slate_id/why/:item_id', { slate_id: 's 1', item_id: 'track:a/b' })).toBe(
      '/v1/slates/s%201/why/track%3Aa%2Fb',
    );
  });

  it('leaves out what is not given, and fails loudly without a parameter', () => {
    expect(pathOf('/v1/x', {}, { a: 1, b: undefined, c: true })).toBe('/v1/x?a=1&c=true');
    expect(() => pathOf('/v1/users/:user_id')).toThrow('no value for :user_id');
  });
});

describe('a refusal', () => {
  const wire = {
    type: 'about:blank',
    title: 'No API key was sent',
    status: 401,
    detail: 'd',
    instance: '/v1/x',
    code: 'missing_key',
    request_id: 'r1',
    remedy: 'm',
    errors: [],
  };

  it('keeps the words and the id of the server', () => {
    const problem = problemOf(401, wire);
    expect(problem).toMatchObject({ title: 'No API key was sent', requestId: 'r1', remedy: 'm' });
    expect(asksForKey(problem)).toBe(true);
  });

  it('says so when something else answered', () => {
    expect(problemOf(502, '<html>Bad Gateway</html>')).toMatchObject({
      code: 'unreadable_answer',
      status: 502,
      requestId: null,
    });
  });
});
