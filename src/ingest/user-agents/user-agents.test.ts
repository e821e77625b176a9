import { expect, it } from 'vitest';
import { type ListenerEvent, parseEvent } from '#domain';
import { parseUserAgent } from './parse-user-agent.ts';
import { readUserAgentRules } from './user-agent-rules.ts';
import { createUserAgentReader } from './with-user-agent.ts';

const rules = readUserAgentRules();
const T = Date.parse('2026-06-01T12:00:00Z');
const play = (fields: Record<string, unknown>): ListenerEvent => {
  const wire = { type: 'play', event_id: 'e', user_id: 'u', at: T, item_id: 'episode:x', ...fields };
  const parsed = parseEvent(wire, T);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.fields));
  return parsed.event;
};

const CASTRO = 'Castro 2021.11/1202 CFNetwork/1325.0.1 Darwin/21.1.0 iPhone';
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.45 Safari/537.36';

it.each([
  ['AppleCoreMedia/1.0.0.20K71 (Apple TV; U; CPU OS 16_1 like Mac OS X; en_au)', { device: 'tv', isBot: false }],
  ['Mozilla/5.0 (iPad; CPU OS 15_1 like Mac OS X) AppleWebKit/605.1.15', { device: 'tablet', isBot: false }],
  [CASTRO, { app: 'Castro', device: 'mobile', isBot: false }],
  [CHROME, { app: 'Chrome', device: 'web', isBot: false }],
  ['Googlebot/2.1 (+http://www.google.com/bot.html)', { isBot: true }],
  ['nothing that anybody knows', { app: undefined, device: undefined, isBot: false }],
])('%s', (text, expected) => {
  expect(parseUserAgent(text, rules)).toMatchObject(expected);
});

it('fills in what an event does not name, and leaves what it does', () => {
  const read = createUserAgentReader();
  expect(read(play({ user_agent: CASTRO }))).toMatchObject({ app: 'Castro', device: 'mobile' });
  expect(read(play({ user_agent: CASTRO, device: 'car' }))).toMatchObject({ app: 'Castro', device: 'car' });
  expect(read(play({ user_agent: 'Googlebot/2.1' })).device).toBeUndefined();
  const bare = play({});
  expect(read(bare)).toBe(bare);
});

it('looks at the beginning of a long one only, and at none that is longer than any header', () => {
  const read = createUserAgentReader();
  const behind = (characters: number) => `${'x'.repeat(characters - 1)} ${CHROME}`;
  expect(read(play({ user_agent: behind(100) }))).toMatchObject({ app: 'Chrome', device: 'web' });
  expect(read(play({ user_agent: behind(300) })).app).toBeUndefined();
  expect(read(play({ user_agent: CASTRO.padEnd(1000, ' x') }))).toMatchObject({ app: 'Castro', device: 'mobile' });
  expect(read(play({ user_agent: CASTRO.padEnd(1001, ' x') })).app).toBeUndefined();
});
