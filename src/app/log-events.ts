/** What the engine says of itself, one type an event. No listening data, no keys; people only as hashes. */

interface Spoken<Event extends string, Fields extends object = object> {
  readonly event: Event;
  readonly fields: Readonly<Fields>;
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

export type LogEvent =
  | Spoken<'engine.started', { data: string; warehouse: string; milliseconds: number }>
  | Spoken<'engine.stopped', { milliseconds: number }>
  | Spoken<'lock.stale_removed', { pid: number }>
  | Spoken<'http.listening', { address: string }>
  | Spoken<'http.port_taken', { port: number; used: number }>
  | Spoken<'intake.follower_failed', { error: string }>
  | Spoken<'serving.ended', { reason: string }>
  | Spoken<'analyses.ended', { reason: string }>
  | Spoken<'writer.failed', { error: string; pause_ms: number }>
  | Spoken<'training.started', { reason: string }>
  | Spoken<'training.done', { version: string; seconds: number; users: number; items: number; basis: string }>
  | Spoken<'training.skipped', { reason: string }>
  | Spoken<'training.failed', { error: string }>
  | Spoken<'playground.made', { seconds: number }>
  | Spoken<'playground.removed'>
  | Spoken<'playground.failed', { error: string }>
  | Spoken<'import.started', { format: string }>
  | Spoken<'import.done', { format: string; taken: number; repeated: number; dropped: number; seconds: number }>
  | Spoken<'import.failed', { format: string; error: string }>
  | Spoken<'experiment.stopped', { experiment: string; days: number }>
  | Spoken<'experiment.reward_learned', { definition: string; shelves: number }>
  | Spoken<'experiment.failed', { error: string }>
  | Spoken<'lab.failed', { error: string }>
  | Spoken<'lab.unkept', { error: string }>
  | Spoken<'lab.unread', { error: string }>
  | Spoken<'user.erased', { user: string; rows: number; left: number }>;

export type LogEventName = LogEvent['event'];

/** The sentence of each event for a person at a terminal, and how much it matters. */
export const LOG_SENTENCES: {
  readonly [Name in LogEventName]: {
    readonly level: LogLevel;
    readonly say: (fields: Extract<LogEvent, { event: Name }>['fields']) => string;
  };
} = {
  'engine.started': { level: 'info', say: (f) => `ready in ${f.milliseconds} ms, data in ${f.data}` },
  'engine.stopped': { level: 'info', say: () => 'stopped; everything acknowledged is on disk' },
  'lock.stale_removed': { level: 'warn', say: (f) => `process ${f.pid} ended without a word; taking over its data` },
  'http.listening': { level: 'info', say: (f) => `listening on ${f.address}` },
  'http.port_taken': { level: 'warn', say: (f) => `port ${f.port} is taken, using ${f.used}` },
  'serving.ended': {
    level: 'error',
    say: (f) => `the thread that answers is gone (${f.reason})`,
  },
  'analyses.ended': { level: 'error', say: (f) => `the thread that analyses is gone (${f.reason})` },
  'writer.failed': { level: 'warn', say: (f) => `the warehouse did not take a batch (${f.error}); intake goes on` },
  'intake.follower_failed': { level: 'error', say: (f) => `an acknowledged event could not be followed: ${f.error}` },
  'training.started': { level: 'info', say: (f) => `learning: ${f.reason}` },
  'training.done': {
    level: 'info',
    say: (f) => `learned from ${f.users} listeners and ${f.items} items in ${f.seconds.toFixed(1)} s (${f.basis})`,
  },
  'training.skipped': { level: 'info', say: (f) => `not learned: ${f.reason}` },
  'training.failed': { level: 'error', say: (f) => `learning failed: ${f.error}` },
  'playground.made': { level: 'info', say: (f) => `the playground is ready after ${f.seconds.toFixed(1)} s` },
  'playground.removed': { level: 'info', say: () => 'the playground is gone' },
  'playground.failed': { level: 'error', say: (f) => `the playground could not be made: ${f.error}` },
  'import.started': { level: 'info', say: (f) => `importing ${f.format}` },
  'import.done': {
    level: 'info',
    say: (f) => `imported ${f.taken} from ${f.format}, ${f.repeated} known before, ${f.dropped} dropped`,
  },
  'import.failed': { level: 'error', say: (f) => `the import failed: ${f.error}` },
  'experiment.stopped': { level: 'info', say: (f) => `experiment ${f.experiment} ended after its ${f.days} days` },
  'experiment.reward_learned': {
    level: 'info',
    say: (f) =>
      f.shelves === 0
        ? `too few judged cards to order shelves by ${f.definition} yet`
        : `learned what ${f.shelves} kinds of shelves are worth by ${f.definition}`,
  },
  'experiment.failed': { level: 'error', say: (f) => `experiments could not be looked after: ${f.error}` },
  'lab.failed': { level: 'error', say: (f) => `the run of the Lab failed: ${f.error}` },
  'lab.unkept': { level: 'error', say: (f) => `the run of the Lab is shown but cannot be kept: ${f.error}` },
  'lab.unread': { level: 'warn', say: (f) => `something that the Lab kept cannot be read: ${f.error}` },
  'user.erased': { level: 'info', say: (f) => `erased ${f.user}: ${f.rows} rows gone, ${f.left} left` },
};
