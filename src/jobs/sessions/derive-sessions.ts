/** Sessions from the events, kept beside them: what is new is derived, what has changed is taken back and derived again. */

import { createHash } from 'node:crypto';
import { type Clock, EngineError, type EpochMs, fromTimestamp, toTimestamp } from '#domain';
import { describeSession, type IntentModel, SESSION_GAP_MS, type SessionRow } from '#units';
import { queries, streamRows, type WarehouseRows } from '#warehouse';
import { toSessionLine, withSign } from './session-line.ts';

export interface DeriveDeps {
  readonly warehouse: WarehouseRows;
  readonly clock: Clock;
  /** Runs a part while nobody else writes to the warehouse or erases from it; needed where somebody does. */
  readonly exclusive?: <Result>(part: () => Promise<Result>) => Promise<Result>;
  /** Journal sequence up to which the warehouse has every event; without it, all that were acknowledged are there. */
  readonly carried?: () => number | Promise<number>;
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
/** Stands as the version while rows are taken back and written: no rules go by it, so what broke off is done anew. */
const UNFINISHED = 'unfinished';
/** No event ends so late. */
const NEVER = Number.MAX_SAFE_INTEGER;
const ROWS_A_BATCH = 20_000;
/** So many plays are put in order at once, within the time one query may take; more are taken by ranges of users. */
const PLAYS_A_RANGE = 400_000;

/**
 * Brings the tables `session` and `user_day` up to the events in the warehouse: flush its writer before. Only users of
 * whom something came in, or whose last session was open, are derived again; with new rules, a new model of intents or
 * `rebuild`, all. It goes on in parts, ranges of users, with room for others between them. What breaks off is done anew,
 * for all, the next time, and nothing counts twice: rows are taken back as they stand. One at a time.
 * @throws {EngineError} warehouse_unavailable; the signal's reason when it is aborted.
 */
export const deriveSessions = async (deps: DeriveDeps, options: DeriveOptions = {}): Promise<Derivation> => {
  const { warehouse, exclusive = alone } = deps;
  const version = `${RULES_VERSION}+${versionOf(options.intents ?? null)}`;
  const task = await exclusive(() => begin(deps, version, options.rebuild ?? false));
  if (!task.isNeeded) return { sessions: 0, through: task.through };
  let sessions = 0;
  for (const range of task.isMuch ? await userRanges(warehouse) : [EVERYBODY]) {
    const part = { ...range, after: task.after, ended_from: task.endedFrom };
    sessions += await exclusive(async () => {
      await takeBack(warehouse, part, options.signal);
      return derivePart(warehouse, part, task.now, options, sessions);
    });
  }
  await note(warehouse, version, task.through, task.at);
  return { sessions, through: task.through };
};

const alone = <Result>(part: () => Promise<Result>): Promise<Result> => part();

interface Task {
  readonly isNeeded: boolean;
  /** More than one query may take. */
  readonly isMuch: boolean;
  /** 0: all users; else those of whom something came in after it, or ended at or after `endedFrom`. */
  readonly after: number;
  readonly endedFrom: number;
  readonly through: number;
  readonly now: EpochMs;
  /** When it is noted: after the last time, also on a clock that was set back. */
  readonly at: EpochMs;
}

/** What there is to do, noted as unfinished if there is anything. */
const begin = async ({ warehouse, clock, carried }: DeriveDeps, version: string, rebuild: boolean): Promise<Task> => {
  const now = clock.now();
  const [state] = await warehouse.query(queries.derivationState, { name: NAME });
  if (state === undefined) throw new EngineError('internal', 'how far sessions are derived is one row, and none came');
  const { newest, through, derived_at, oldest_open } = state;
  const openUntil = oldest_open === null ? null : fromTimestamp(oldest_open);
  const isAnew = rebuild || (derived_at !== null && state.version !== version);
  const hasClosed = openUntil !== null && now - openUntil > SESSION_GAP_MS;
  const after = isAnew ? 0 : through;
  const task: Task = {
    isNeeded: isAnew || hasClosed || newest !== through,
    isMuch: after === 0 || newest - after > PLAYS_A_RANGE,
    after,
    endedFrom: openUntil ?? NEVER,
    // Of a batch that broke off one table may have its rows and another not: those lie below its newest.
    through: Math.min(newest, (await carried?.()) ?? newest),
    now,
    at: derived_at === null ? now : Math.max(now, fromTimestamp(derived_at) + 1),
  };
  if (task.isNeeded) await note(warehouse, UNFINISHED, 0, task.at);
  return task;
};

const note = (warehouse: WarehouseRows, version: string, through: number, at: EpochMs): Promise<void> =>
  warehouse.insert('derivation', [JSON.stringify({ name: NAME, through, version, at: toTimestamp(at) })]);

/** By what it says: the same answers learned again leave the sessions as they stand. */
const versionOf = (model: IntentModel | null): string =>
  model === null
    ? 'rules'
    : createHash('sha256').update(model.weights).update(Float64Array.of(model.ruleTrust)).digest('hex').slice(0, 16);

type Range = Readonly<Record<'from_user' | 'to_user', string>>;
type Part = Range & Readonly<Record<'after' | 'ended_from', number>>;

const EVERYBODY: Range = { from_user: '', to_user: '' };

/** Ranges that follow each other without a gap, the first and the last without an end. */
const userRanges = async (warehouse: WarehouseRows): Promise<readonly Range[]> => {
  const starts = await warehouse.query(queries.userRanges, { plays: PLAYS_A_RANGE });
  const inner = starts.slice(1).map(({ from_user }) => from_user);
  return ['', ...inner].map((from_user, n) => ({ from_user, to_user: inner[n] ?? '' }));
};

/** The engine gives some fifty rows at a time, and an insert of so few takes it twenty milliseconds. */
const writeInBatches = async (
  warehouse: WarehouseRows,
  blocks: AsyncIterable<readonly string[]>,
  onWritten?: (rows: number) => void,
): Promise<number> => {
  let written = 0;
  let lines: string[] = [];
  const write = async (): Promise<void> => {
    await warehouse.insert('session', lines);
    written += lines.length;
    lines = [];
    onWritten?.(written);
  };
  for await (const block of blocks) {
    for (const line of block) lines.push(line);
    if (lines.length >= ROWS_A_BATCH) await write();
  }
  await write();
  return written;
};

const takeBack = async (warehouse: WarehouseRows, part: Part, signal: AbortSignal | undefined): Promise<void> => {
  const negated = async function* () {
    for await (const rows of streamRows(warehouse, queries.storedSessions, part)) {
      signal?.throwIfAborted();
      yield rows.map(({ row }) => withSign(row, -1));
    }
  };
  await writeInBatches(warehouse, negated());
};

const derivePart = async (
  warehouse: WarehouseRows,
  part: Part,
  now: number,
  { intents, onProgress, signal }: DeriveOptions,
  before: number,
): Promise<number> => {
  const model = intents ?? null;
  const described = async function* () {
    let previous: SessionRow | undefined;
    for await (const rows of streamRows(warehouse, queries.sessions, { gap_ms: SESSION_GAP_MS, ...part })) {
      signal?.throwIfAborted();
      const lines: string[] = [];
      for (const row of rows) {
        lines.push(toSessionLine(describeSession(row, previous, now), model));
        previous = row;
      }
      yield lines;
    }
  };
  const report = (written: number) => onProgress?.({ done: before + written, total: null, unit: 'sessions' });
  return writeInBatches(warehouse, described(), report);
};
