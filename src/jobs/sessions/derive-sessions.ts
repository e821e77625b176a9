/** Sessions from the events, kept beside them: what is new is derived, what has changed is taken back and derived again. */

import { createHash } from 'node:crypto';
import { type Clock, fromTimestamp, toTimestamp } from '#domain';
import { describeSession, type IntentModel, SESSION_GAP_MS, type SessionRow } from '#units';
import { queries, type Warehouse } from '#warehouse';
import { toSessionLine, withSign } from './session-line.ts';

export interface DeriveDeps {
  readonly warehouse: Warehouse;
  readonly clock: Clock;
}

export interface DeriveOptions {
  /** What was learned of intents; without it the rules alone. */
  readonly intents?: IntentModel | null;
  /** Everything anew, as after a change of rules. */
  readonly rebuild?: boolean;
  readonly onProgress?: (progress: DeriveProgress) => void;
  readonly signal?: AbortSignal;
}

export interface DeriveProgress {
  readonly done: number;
  readonly total: null;
  readonly unit: 'sessions';
}

export interface Derivation {
  /** Sessions written now; 0 when nothing had changed. */
  readonly sessions: number;
  /** Up to which journal sequence events were seen. */
  readonly through: number;
}

/** Changed whenever the same events would give other sessions. */
const RULES_VERSION = 'sessions-2';
const NAME = 'session';
const ROWS_A_BATCH = 20_000;
/** So many plays are put in order at once, within the time one query may take; more are taken by ranges of users. */
const PLAYS_A_RANGE = 400_000;

/**
 * Brings the tables `session` and `user_day` up to the events in the warehouse: flush its writer before. Only users of
 * whom something came in, or whose last session was open, are derived again; with new rules, a new model of intents or
 * `rebuild`, all. What breaks off is done again the next time, and nothing counts twice: rows are taken back as they
 * stand. One at a time.
 * @throws {EngineError} warehouse_unavailable; the signal's reason when it is aborted.
 */
export const deriveSessions = async (deps: DeriveDeps, options: DeriveOptions = {}): Promise<Derivation> => {
  const { warehouse, clock } = deps;
  const version = `${RULES_VERSION}+${versionOf(options.intents ?? null)}`;
  const now = clock.now();
  const [state] = await warehouse.query(queries.derivationState, { name: NAME });
  if (state === undefined) return { sessions: 0, through: 0 };
  const isAnew = options.rebuild === true || (state.derived_at !== null && state.version !== version);
  const hasClosed = state.oldest_open !== null && now - fromTimestamp(state.oldest_open) > SESSION_GAP_MS;
  if (!isAnew && !hasClosed && state.newest === state.through) return { sessions: 0, through: state.through };
  const after = isAnew ? 0 : state.through;
  const isMuch = after === 0 || state.newest - after > PLAYS_A_RANGE;
  let sessions = 0;
  for (const range of isMuch ? await userRanges(warehouse) : [EVERYBODY]) {
    const part = { ...range, after };
    await takeBack(warehouse, part, options.signal);
    sessions += await derivePart(warehouse, part, now, options, sessions);
  }
  const done = { name: NAME, through: state.newest, version, at: toTimestamp(now) };
  await warehouse.insert('derivation', [JSON.stringify(done)]);
  return { sessions, through: state.newest };
};

/** By what it says: the same answers learned again leave the sessions as they stand. */
const versionOf = (model: IntentModel | null): string =>
  model === null
    ? 'rules'
    : createHash('sha256').update(model.weights).update(Float64Array.of(model.ruleTrust)).digest('hex').slice(0, 16);

type Range = Readonly<Record<'from_user' | 'to_user', string>>;
type Part = Range & Readonly<Record<'after', number>>;

const EVERYBODY: Range = { from_user: '', to_user: '' };

/** Ranges that follow each other without a gap, the first and the last without an end. */
const userRanges = async (warehouse: Warehouse): Promise<readonly Range[]> => {
  const starts = await warehouse.query(queries.userRanges, { plays: PLAYS_A_RANGE });
  const inner = starts.slice(1).map(({ from_user }) => from_user);
  return ['', ...inner].map((from_user, n) => ({ from_user, to_user: inner[n] ?? '' }));
};

const takeBack = async (warehouse: Warehouse, part: Part, signal: AbortSignal | undefined): Promise<void> => {
  for await (const rows of warehouse.stream(queries.storedSessions, part)) {
    signal?.throwIfAborted();
    await warehouse.insert(
      'session',
      rows.map(({ row }) => withSign(row, -1)),
    );
  }
};

const derivePart = async (
  warehouse: Warehouse,
  part: Part,
  now: number,
  { intents, onProgress, signal }: DeriveOptions,
  before: number,
): Promise<number> => {
  const model = intents ?? null;
  let previous: SessionRow | undefined;
  let written = 0;
  let lines: string[] = [];
  const write = async (): Promise<void> => {
    await warehouse.insert('session', lines);
    written += lines.length;
    lines = [];
    onProgress?.({ done: before + written, total: null, unit: 'sessions' });
  };
  for await (const rows of warehouse.stream(queries.sessions, { gap_ms: SESSION_GAP_MS, ...part })) {
    signal?.throwIfAborted();
    for (const row of rows) {
      lines.push(toSessionLine(describeSession(row, previous, now), model));
      previous = row;
    }
    if (lines.length >= ROWS_A_BATCH) await write();
  }
  await write();
  return written;
};
