/** The truth of a run as it was written: what no engine sees. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { EngineError, type Intent } from '#domain';
import type { SkipClass } from '#simulation';

export interface PlayTruth {
  readonly utility: number;
  readonly intent: Intent;
  readonly skip: SkipClass;
}

export interface ListenerTruth {
  /** Sum of the true utility of sessions. */
  utility: number;
  /** By day of the world: the true chance of coming given all that went before, and whether they came. */
  readonly returns: number[];
  readonly came: boolean[];
}

export interface Truth {
  /** By `playKey`. */
  readonly plays: ReadonlyMap<string, PlayTruth>;
  /** Cards that were looked at, by slate. */
  readonly looked: ReadonlyMap<string, ReadonlySet<string>>;
  readonly listeners: ReadonlyMap<string, ListenerTruth>;
}

export const playKey = (userId: string, eventId: string): string => `${userId} ${eventId}`;

interface OracleLine {
  readonly oracle: 'play' | 'session' | 'examination' | 'day';
  readonly user_id: string;
  readonly event_id: string;
  readonly slate_id: string;
  readonly items: readonly string[];
  readonly utility: number;
  readonly intent: Intent;
  readonly skip_class: SkipClass;
  readonly returns: number;
  readonly came: boolean;
}

/** @throws {EngineError} invalid_data for a line that is no JSON. */
export const readTruth = async (path: string): Promise<Truth> => {
  const plays = new Map<string, PlayTruth>();
  const looked = new Map<string, ReadonlySet<string>>();
  const listeners = new Map<string, ListenerTruth>();
  for await (const line of rowsOf<OracleLine>(path)) {
    let own = listeners.get(line.user_id);
    if (own === undefined) {
      own = { utility: 0, returns: [], came: [] };
      listeners.set(line.user_id, own);
    }
    if (line.oracle === 'play') {
      const { utility, intent, skip_class: skip } = line;
      plays.set(playKey(line.user_id, line.event_id), { utility, intent, skip });
    } else if (line.oracle === 'session') own.utility += line.utility;
    else if (line.oracle === 'examination') looked.set(line.slate_id, new Set(line.items));
    else {
      own.returns.push(line.returns);
      own.came.push(line.came);
    }
  }
  return { plays, looked, listeners };
};

/** Lines of NDJSON. @throws {EngineError} invalid_data for a line that is no JSON. */
export async function* rowsOf<Row>(path: string): AsyncGenerator<Row> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line === '') continue;
    try {
      yield JSON.parse(line) as Row;
    } catch (cause) {
      throw new EngineError('invalid_data', `line ${number} of ${path} is no JSON: was the run ended in the middle?`, {
        cause,
      });
    }
  }
}
