/** The bounds of what one caller may send or hold. */

export interface ServerLimits {
  /** Largest body of events or items, in bytes. */
  readonly bodyBytes: number;
  /** Most entries in one body. */
  readonly bodyEntries: number;
  /** Largest file that an import takes over HTTP, in bytes. */
  readonly importBytes: number;
  /** Longest path with its query, in characters. */
  readonly urlLength: number;
  /** Requests of one key or address in a minute; 0: no limit. */
  readonly requestsPerMinute: number;
  /** How long one request may take to arrive; large imports need time. */
  readonly requestTimeoutMs: number;
  /** How long a streamed answer may stand still, as when its reader has gone to sleep, before it is cut off. */
  readonly stalledMs: number;
  /** How long a stop waits for requests in flight before it cuts them. */
  readonly stopTimeoutMs: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  bodyBytes: 16 * 1024 * 1024,
  bodyEntries: 10_000,
  importBytes: 8 * 1024 ** 3,
  urlLength: 4096,
  requestsPerMinute: 60_000,
  requestTimeoutMs: 10 * 60_000,
  stalledMs: 5 * 60_000,
  stopTimeoutMs: 15_000,
};
