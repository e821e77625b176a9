/** What one query may cost. A query that would cost more is stopped and says so; nothing else is slowed down by it. */

/** Of a whole answer; not of a stream, which lasts as long as its reader takes: the engine counts that time, too. */
export const MOST_SECONDS = 60;

const READ_BOUNDS: Readonly<Record<string, number>> = {
  max_memory_usage: 3 * 2 ** 30,
  max_rows_to_read: 2_000_000_000,
  // Large groupings and sorts go to disk before they reach the memory bound.
  max_bytes_before_external_group_by: 2 ** 30,
  max_bytes_before_external_sort: 2 ** 30,
  max_threads: 2,
  // Counts and sequences as numbers: all of ours lie below 2^53.
  output_format_json_quote_64bit_integers: 0,
  // What has no partner in a join is told by default values, not by null, whatever a server is set to.
  join_use_nulls: 0,
};

/** The statement with its bounds. They are part of the text because a chDB session would keep a SET for what follows. */
export const bounded = (sql: string): string => boundedStream(sql, MOST_SECONDS);

/** The same for an answer that is read as it comes, for as long as it takes unless told. */
export const boundedStream = (sql: string, seconds?: number): string =>
  withSettings(sql, { ...(seconds !== undefined && { max_execution_time: seconds }), ...READ_BOUNDS });

const withSettings = (sql: string, settings: Readonly<Record<string, number>>): string =>
  `${sql.trimEnd()}\nSETTINGS ${Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')}`;

/** Rows come from our own codec; what remains odd is kept as it came instead of refused. */
export const INSERT_SETTINGS: Readonly<Record<string, number>> = {
  // Half of a surrogate pair is legal JSON text.
  input_format_json_throw_on_bad_escape_sequence: 0,
  input_format_skip_unknown_fields: 0,
  async_insert: 0,
};
