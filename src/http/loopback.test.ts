import { describe, expect, it } from 'vitest';
import { assertOwnOrigin, assertSafeBind, isLoopback } from './loopback.ts';

describe('loopback', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.9.1', '::1', '[::1]'])('%s is this machine', (host) => {
    expect(isLoopback(host)).toBe(true);
  });
  it.each(['0.0.0.0', '::', '192.168.1.2', '127.0.0.1.evil.example', 'localhost.evil.example', '', '1270.0.0.1'])(
    '"%s" is not',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});

describe('a bind to other machines', () => {
  it('needs keys', () => {
    expect(() => assertSafeBind('0.0.0.0', false)).toThrow('make a key first, or bind to 127.0.0.1');
    expect(() => assertSafeBind('0.0.0.0', true)).not.toThrow();
    expect(() => assertSafeBind('127.0.0.1', false)).not.toThrow();
  });
});

describe('without keys', () => {
  const post = (headers: Record<string, string>) => () =>
    assertOwnOrigin('POST', { host: 'localhost:8787', ...headers });

  it('a name of another site that resolves to this machine is refused, for reading too', () => {
    expect(() => assertOwnOrigin('GET', { host: 'evil.example:8787' })).toThrow('Host "evil.example:8787"');
    expect(() => assertOwnOrigin('GET', {})).toThrow('Host ""');
    expect(() => assertOwnOrigin('GET', { host: '[::1]:8787' })).not.toThrow();
  });

  it('a page of another site, or of another port here, changes nothing', () => {
    expect(post({ origin: 'http://evil.example' })).toThrow('a page of http://evil.example');
    expect(post({ origin: 'null' })).toThrow('a page of null');
    expect(post({ origin: 'http://localhost:3000' })).toThrow('a page of http://localhost:3000');
    expect(post({ 'sec-fetch-site': 'same-site' })).toThrow('a same-site page');
    expect(post({ 'sec-fetch-site': 'cross-site' })).toThrow('a cross-site page');
  });

  it('our own page, and programs that are no browser, go on', () => {
    expect(post({ origin: 'http://localhost:8787', 'sec-fetch-site': 'same-origin' })).not.toThrow();
    expect(post({})).not.toThrow();
    expect(() => assertOwnOrigin('GET', { host: 'localhost', origin: 'http://evil.example' })).not.toThrow();
  });
});
