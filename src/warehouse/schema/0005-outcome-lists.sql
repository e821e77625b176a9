-- What became of a unit, beside what was in it and after it: acts that a card led to, stages that a journey went through.
ALTER TABLE unit ADD COLUMN IF NOT EXISTS downstream Array(Tuple(event_id String, at Float64, day Float64, act String, item_id Nullable(String), last_touch Nullable(Bool), credit Nullable(Float64))) COMMENT 'Impression: what followed it, in order of (at, event_id)' AFTER sessions;

ALTER TABLE unit ADD COLUMN IF NOT EXISTS stages Array(Tuple(event_id String, at Float64, day Float64, stage String)) COMMENT 'Journey: stages as they began, in order of (at, event_id)' AFTER downstream;
