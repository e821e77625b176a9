-- Units, assembled from events or read from a file, in the form that definitions of success read: one row a unit, events
-- in arrays of named tuples. Derived and short-lived: assembled anew when asked, removed a day later.
-- Ordered by batch: every question reads one batch. The names of the tuples' fields are those of src/success/unit/fields.ts,
-- and a test holds the two equal.
CREATE TABLE IF NOT EXISTS unit
(
    batch LowCardinality(String) COMMENT 'Which assembly or file it came with; a question reads one',
    assembled_at DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'When it was put here; a day later it is removed',
    unit_id String COMMENT 'Id of the unit',
    kind String COMMENT 'What it is: session, play, search …',
    user_id String COMMENT 'Whose unit it is',
    start DateTime64(3, 'UTC') COMMENT 'When it began',
    observed_until DateTime64(3, 'UTC') COMMENT 'Up to when the events of this listener are known',
    unit_surface Nullable(String) COMMENT 'Where it happened',
    unit_device Nullable(String) COMMENT 'On what',
    unit_intent Nullable(String) COMMENT 'The most probable intent',
    unit_intents Map(String, Float64) COMMENT 'Probability of each intent: unit.intents["sleep"]',
    unit_local_hour Nullable(Float64) COMMENT 'Hour of the listener’s own clock when it began, 0 to 23',
    unit_local_weekday Nullable(Float64) COMMENT 'Weekday of that clock: 1 is Monday, 7 is Sunday',
    unit_duration_ms Nullable(Float64) COMMENT 'From its beginning to its end',
    unit_end_reason Nullable(String) COMMENT 'Why it ended',
    unit_resumed Nullable(Bool) COMMENT 'It takes up what the session before left unfinished',
    unit_shelf Nullable(String) COMMENT 'Impression: the shelf the card stood on',
    unit_slot Nullable(Float64) COMMENT 'Impression: slot on that shelf, from 0',
    unit_row Nullable(Float64) COMMENT 'Impression: row of that shelf on the page, from 0',
    unit_examined Nullable(Bool) COMMENT 'Impression: at least half of it was visible for at least a second',
    unit_attention_ms Nullable(Float64) COMMENT 'Impression: visible part times visible time',
    unit_explored Nullable(Bool) COMMENT 'Impression, play: chosen by exploration',
    unit_familiar Nullable(Bool) COMMENT 'Impression, play: the listener had played this artist before',
    item_id Nullable(String) COMMENT 'What the unit is about: playlist, show, track',
    item_type Nullable(String) COMMENT 'Its type',
    item_tags Array(String) COMMENT 'Its tags; a missing list is empty',
    item_age_days Nullable(Float64) COMMENT 'Days since it was published',
    item_duration_ms Nullable(Float64) COMMENT 'Its length',
    plays Array(Tuple(event_id String, at Float64, day Float64, item_id String, artist_id Nullable(String), ms_played Nullable(Float64), duration_ms Nullable(Float64), skipped Nullable(Bool), skip_kind Nullable(String), user_initiated Nullable(Bool), reason_start Nullable(String), reason_end Nullable(String), source Nullable(String), new_artist Nullable(Bool), new_item Nullable(Bool), explored Nullable(Bool), shuffle Nullable(Bool), offline Nullable(Bool), seeks Nullable(Float64), slate_id Nullable(String), shelf Nullable(String), slot Nullable(Float64))) COMMENT 'Plays inside the unit, in order of (at, event_id)',
    actions Array(Tuple(event_id String, at Float64, day Float64, action String, item_id Nullable(String), artist_id Nullable(String), surface Nullable(String), dwell_ms Nullable(Float64), shelf Nullable(String), slot Nullable(Float64))) COMMENT 'Actions inside the unit, in order of (at, event_id)',
    impressions Array(Tuple(event_id String, at Float64, day Float64, item_id String, shelf Nullable(String), slot Nullable(Float64), row Nullable(Float64), visible_ms Nullable(Float64), max_visible_fraction Nullable(Float64), scroll_depth Nullable(Float64), examined Nullable(Bool))) COMMENT 'Cards shown inside the unit, in order of (at, event_id)',
    searches Array(Tuple(event_id String, at Float64, day Float64, search_id Nullable(String), step String, query Nullable(String), query_length Nullable(Float64), results Nullable(Float64), item_id Nullable(String), position Nullable(Float64))) COMMENT 'Steps of searches inside the unit, in order of (at, event_id)',
    turns Array(Tuple(event_id String, at Float64, day Float64, turn Float64, speaker String, act Nullable(String), confidence Nullable(Float64), repair Nullable(Bool), item_id Nullable(String))) COMMENT 'Turns of dialogues inside the unit, in order of (at, event_id)',
    sessions Array(Tuple(event_id String, at Float64, day Float64, duration_ms Nullable(Float64), surface Nullable(String), device Nullable(String), intent Nullable(String))) COMMENT 'Sessions inside the unit, in order of (at, event_id)',
    later_plays Array(Tuple(event_id String, at Float64, day Float64, item_id String, artist_id Nullable(String), ms_played Nullable(Float64), duration_ms Nullable(Float64), skipped Nullable(Bool), skip_kind Nullable(String), user_initiated Nullable(Bool), reason_start Nullable(String), reason_end Nullable(String), source Nullable(String), new_artist Nullable(Bool), new_item Nullable(Bool), explored Nullable(Bool), shuffle Nullable(Bool), offline Nullable(Bool), seeks Nullable(Float64), slate_id Nullable(String), shelf Nullable(String), slot Nullable(Float64))) COMMENT 'Plays after the unit, in order of (at, event_id)',
    later_actions Array(Tuple(event_id String, at Float64, day Float64, action String, item_id Nullable(String), artist_id Nullable(String), surface Nullable(String), dwell_ms Nullable(Float64), shelf Nullable(String), slot Nullable(Float64))) COMMENT 'Actions after the unit, in order of (at, event_id)',
    later_impressions Array(Tuple(event_id String, at Float64, day Float64, item_id String, shelf Nullable(String), slot Nullable(Float64), row Nullable(Float64), visible_ms Nullable(Float64), max_visible_fraction Nullable(Float64), scroll_depth Nullable(Float64), examined Nullable(Bool))) COMMENT 'Cards shown after the unit, in order of (at, event_id)',
    later_searches Array(Tuple(event_id String, at Float64, day Float64, search_id Nullable(String), step String, query Nullable(String), query_length Nullable(Float64), results Nullable(Float64), item_id Nullable(String), position Nullable(Float64))) COMMENT 'Steps of searches after the unit, in order of (at, event_id)',
    later_turns Array(Tuple(event_id String, at Float64, day Float64, turn Float64, speaker String, act Nullable(String), confidence Nullable(Float64), repair Nullable(Bool), item_id Nullable(String))) COMMENT 'Turns of dialogues after the unit, in order of (at, event_id)',
    later_sessions Array(Tuple(event_id String, at Float64, day Float64, duration_ms Nullable(Float64), surface Nullable(String), device Nullable(String), intent Nullable(String))) COMMENT 'Sessions after the unit, in order of (at, event_id)',
    usual_units Array(Tuple(at Float64, duration_ms Nullable(Float64), listened_ms Nullable(Float64), plays Nullable(Float64), skips Nullable(Float64), actions Nullable(Float64), surface Nullable(String), intent Nullable(String))) COMMENT 'Earlier units of the same kind, oldest first'
)
ENGINE = MergeTree
PARTITION BY toDate(assembled_at)
ORDER BY (batch, user_id, start, unit_id)
TTL toDateTime(assembled_at) + INTERVAL 1 DAY
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1;
