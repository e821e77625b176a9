/** Events and items of a world as a client would send them. */

import { type Item, type ListenerEvent, toSnake } from '#domain';

/** The event on the wire: `type`, snake_case, without the time of its reception. */
export const toWireEvent = (event: ListenerEvent): Readonly<Record<string, unknown>> => {
  const { kind, receivedAt, extra, ...fields } = event;
  return { type: kind, ...(toSnake(fields) as Record<string, unknown>), ...extra };
};

/** The item on the wire. */
export const toWireItem = (item: Item): Readonly<Record<string, unknown>> => {
  const { type, updatedAt, extra, ...fields } = item;
  return { ...(toSnake(fields) as Record<string, unknown>), ...extra };
};
