/** The columns of a slate that queries give back, with their types; `fromRow('slate', row)` of `#domain` reads them. */

export interface SlateRow {
  readonly event_id: string;
  readonly user_id: string;
  readonly at: string;
  readonly received_at: string;
  readonly utc_offset_min: number | null;
  readonly time_zone: string | null;
  readonly session_id: string | null;
  readonly device: string | null;
  readonly app: string | null;
  readonly slate_id: string;
  readonly surface: string;
  readonly context: string;
  readonly policy: string;
  readonly model: string;
  readonly seed: string;
  readonly exploration: number;
  readonly log_propensity: number;
  readonly fallback: string | null;
  readonly shelves: string;
  readonly cards: string;
  readonly filtered: string;
  readonly extra: string;
}

export const SLATE_COLUMNS: Readonly<Record<keyof SlateRow, string>> = {
  event_id: 'String',
  user_id: 'String',
  at: "DateTime64(3, 'UTC')",
  received_at: "DateTime64(3, 'UTC')",
  utc_offset_min: 'Nullable(Int16)',
  time_zone: 'LowCardinality(Nullable(String))',
  session_id: 'Nullable(String)',
  device: 'LowCardinality(Nullable(String))',
  app: 'LowCardinality(Nullable(String))',
  slate_id: 'String',
  surface: 'LowCardinality(String)',
  context: 'String',
  policy: 'LowCardinality(String)',
  model: 'LowCardinality(String)',
  seed: 'String',
  exploration: 'Float64',
  log_propensity: 'Float64',
  fallback: 'LowCardinality(Nullable(String))',
  shelves: 'String',
  cards: 'String',
  filtered: 'String',
  extra: 'String',
};
