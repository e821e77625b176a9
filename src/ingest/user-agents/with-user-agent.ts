/** Device and app of an event from its user agent, where the event names none. */

import type { ListenerEvent } from '#domain';
import { parseUserAgent, type UserAgent } from './parse-user-agent.ts';
import { readUserAgentRules, type UserAgentRules } from './user-agent-rules.ts';

/** Distinct user agents remembered; clients of one service send few. */
const REMEMBERED = 5000;

/**
 * Reads `user_agent`, a field beyond the schema, of events that name no device or no app; what an event says itself
 * stands. The patterns are read when the first user agent comes. Of bots only the name is taken.
 */
export const createUserAgentReader = (): ((event: ListenerEvent) => ListenerEvent) => {
  const seen = new Map<string, UserAgent>();
  let rules: UserAgentRules | undefined;
  const read = (text: string): UserAgent => {
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
    // What is longer than any header is no user agent, and patterns should not be tried on it.
    if (text.length > 1000) return event;
    const { app, device, isBot } = read(text);
    return {
      ...event,
      ...(event.app === undefined && app !== undefined && { app }),
      ...(event.device === undefined && device !== undefined && !isBot && { device }),
    };
  };
};
