/** Device and app of an event from its user agent, where the event names none. */

import type { ListenerEvent } from '#domain';
import { parseUserAgent, type UserAgent } from './parse-user-agent.ts';
import { readUserAgentRules, type UserAgentRules } from './user-agent-rules.ts';

/** Distinct user agents remembered; clients of one service send few. */
const REMEMBERED = 5000;
/** What is longer than any header is no user agent. */
const MOST_CHARACTERS = 1000;
/**
 * Characters that the patterns are tried on: some take the square of the length, ten milliseconds for 1000 characters
 * and half a one for these. The longest example their authors keep has 255.
 */
const READ_CHARACTERS = 300;

/**
 * Reads `user_agent`, a field beyond the schema, of events that name no device or no app; what an event says itself
 * stands. The patterns are read when the first user agent comes. Of bots only the name is taken.
 */
export const createUserAgentReader = (): ((event: ListenerEvent) => ListenerEvent) => {
  const seen = new Map<string, UserAgent>();
  let rules: UserAgentRules | undefined;
  const read = (whole: string): UserAgent => {
    const text = whole.slice(0, READ_CHARACTERS);
    const known = seen.get(text);
    if (known !== undefined) return known;
    rules ??= readUserAgentRules();
    const parsed = parseUserAgent(text, rules);
    if (seen.size >= REMEMBERED) seen.clear();
    seen.set(text, parsed);
    return parsed;
  };
  return (event) => {
    const text = event.extra['user_agent'];
    if (typeof text !== 'string' || (event.device !== undefined && event.app !== undefined)) return event;
    if (text.length > MOST_CHARACTERS) return event;
    const { app, device, isBot } = read(text);
    return {
      ...event,
      ...(event.app === undefined && app !== undefined && { app }),
      ...(event.device === undefined && device !== undefined && !isBot && { device }),
    };
  };
};
