-- One table an event kind. Plain MergeTree: the writer inserts each row once, so nothing has to be merged away later.
-- Every table: partitioned by year, because an imported history spans decades and a batch may touch at most 100
-- partitions; a minmax index on the journal sequence, so that the writer finds after a crash what it had inserted;
-- inserts and merges are flushed to disk, because the journal is trimmed behind them and old parts, which hold erased
-- rows, are removed soon.

-- Ordered by user, then time: most questions are about one listener's history in order.
CREATE TABLE IF NOT EXISTS slate
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Whose slate it is',
    at DateTime64(3, 'UTC') COMMENT 'When it was composed',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client that asked',
    slate_id String COMMENT 'What impressions, plays and actions refer to',
    surface LowCardinality(String) COMMENT 'Where it was shown, e.g. home',
    context String COMMENT 'JSON: daypart, local hour and weekday, intents with probabilities' CODEC(ZSTD(3)),
    policy LowCardinality(String) COMMENT 'Policy and its version',
    model LowCardinality(String) COMMENT 'Version of the models that scored',
    seed String COMMENT 'Seed of every draw: with the candidates it gives the identical slate again',
    exploration Float64 COMMENT 'Share of slots meant for exploration, 0 to 1',
    log_propensity Float64 COMMENT 'Natural logarithm of the product of all slot propensities',
    fallback LowCardinality(Nullable(String)) COMMENT 'Why less than the full pipeline answered; null if nothing was missing',
    shelves String COMMENT 'JSON: list of shelf, need, title, asked' CODEC(ZSTD(3)),
    cards String COMMENT 'JSON: list of cards with shelf, row, slot, item_id, score, propensity, explored, source, stage, claim' CODEC(ZSTD(3)),
    candidates String COMMENT 'JSON: everything the policy chose from' CODEC(ZSTD(3)),
    filtered String COMMENT 'JSON: how many were left out before the policy, by reason' CODEC(ZSTD(3)),
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1,
    INDEX by_slate slate_id TYPE bloom_filter GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: a listener's impressions stand beside the plays of the same minutes.
CREATE TABLE IF NOT EXISTS impression
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Who saw it',
    at DateTime64(3, 'UTC') COMMENT 'When the card came into view',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    slate_id String COMMENT 'Slate the card belongs to',
    shelf LowCardinality(Nullable(String)) COMMENT 'Shelf of that slate',
    slot Nullable(UInt32) COMMENT 'Slot on that shelf, from 0',
    item_id String COMMENT 'Item that was shown',
    visible_ms Nullable(UInt32) COMMENT 'How long it was in view, milliseconds',
    max_visible_fraction Nullable(Float64) COMMENT 'Largest part of the card in view, 0 to 1',
    scroll_depth Nullable(Float64) COMMENT 'How far down the page, 0 to 1',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1,
    INDEX by_slate slate_id TYPE bloom_filter GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: user state, sessions and histories read one listener in order of time.
CREATE TABLE IF NOT EXISTS play
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Who listened',
    at DateTime64(3, 'UTC') COMMENT 'When the play started',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    item_id String COMMENT 'What was played',
    ms_played Nullable(UInt32) COMMENT 'Time listened, milliseconds; null when the source does not tell',
    duration_ms Nullable(UInt32) COMMENT 'Length of the item, milliseconds',
    reason_start LowCardinality(Nullable(String)) COMMENT 'Why it began, in the client''s words',
    reason_end LowCardinality(Nullable(String)) COMMENT 'Why it ended, in the client''s words',
    skipped Nullable(Bool) COMMENT 'The listener went on before the end',
    source LowCardinality(Nullable(String)) COMMENT 'Where the play came from, e.g. radio',
    slate_id Nullable(String) COMMENT 'Slate it came from',
    shelf LowCardinality(Nullable(String)) COMMENT 'Shelf of that slate',
    slot Nullable(UInt32) COMMENT 'Slot on that shelf, from 0',
    shuffle Nullable(Bool) COMMENT 'Played in shuffled order',
    offline Nullable(Bool) COMMENT 'Played without a connection',
    user_initiated Nullable(Bool) COMMENT 'The listener chose it',
    seeks Nullable(UInt32) COMMENT 'Jumps inside the item',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1,
    INDEX by_slate slate_id TYPE bloom_filter GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: tallies are read as a part of one listener's history.
CREATE TABLE IF NOT EXISTS tally
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Who listened',
    at DateTime64(3, 'UTC') COMMENT 'When the count was taken',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    item_id String COMMENT 'What was played',
    plays UInt32 COMMENT 'How often, when the single plays are not known',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: user state replays one listener's actions in order of time.
CREATE TABLE IF NOT EXISTS action
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Who acted',
    at DateTime64(3, 'UTC') COMMENT 'When it was done',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    action LowCardinality(String) COMMENT 'What was done, e.g. like or hide',
    item_id Nullable(String) COMMENT 'Item it was done to',
    surface LowCardinality(Nullable(String)) COMMENT 'Where it was done',
    slate_id Nullable(String) COMMENT 'Slate it came from',
    shelf LowCardinality(Nullable(String)) COMMENT 'Shelf of that slate',
    slot Nullable(UInt32) COMMENT 'Slot on that shelf, from 0',
    setting Nullable(String) COMMENT 'Of tune: what is turned',
    value Nullable(String) COMMENT 'Of tune: how far, a number or a word as text',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1,
    INDEX by_slate slate_id TYPE bloom_filter GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: the steps of a search are read in order of time.
CREATE TABLE IF NOT EXISTS search
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Who searched',
    at DateTime64(3, 'UTC') COMMENT 'When the step was taken',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    search_id String COMMENT 'The search the step belongs to',
    step LowCardinality(String) COMMENT 'key, results, click or clear',
    query Nullable(String) COMMENT 'Text of the search at this step',
    results Array(String) COMMENT 'Items shown, best first; empty unless the step is results',
    item_id Nullable(String) COMMENT 'Of click: the item',
    position Nullable(UInt32) COMMENT 'Of click: place in the results, from 0',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: the turns of a dialogue are read in order of time.
CREATE TABLE IF NOT EXISTS dialogue
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Who talked',
    at DateTime64(3, 'UTC') COMMENT 'When the turn was taken',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    dialogue_id String COMMENT 'The dialogue the turn belongs to',
    turn UInt32 COMMENT 'Number of the turn, from 0',
    speaker LowCardinality(String) COMMENT 'user or system',
    utterance Nullable(String) COMMENT 'What was said' CODEC(ZSTD(3)),
    act LowCardinality(Nullable(String)) COMMENT 'Dialogue act as recognised',
    confidence Nullable(Float64) COMMENT 'Of the recognition, 0 to 1',
    repair Nullable(Bool) COMMENT 'The turn repairs a misunderstanding',
    item_id Nullable(String) COMMENT 'Item the turn is about',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: answers are joined to the listener's sessions by time.
CREATE TABLE IF NOT EXISTS survey
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Who answered',
    at DateTime64(3, 'UTC') COMMENT 'When it was answered',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    satisfaction Nullable(UInt8) COMMENT '1 to 5; null when not answered',
    intents Array(LowCardinality(String)) COMMENT 'Intents the listener named',
    surface LowCardinality(Nullable(String)) COMMENT 'Where it was asked',
    probability_shown Nullable(Float64) COMMENT 'Probability with which this user was asked here',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: assignments are joined to the listener's events after them.
CREATE TABLE IF NOT EXISTS assignment
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'Who was assigned',
    at DateTime64(3, 'UTC') COMMENT 'When it was assigned',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    experiment LowCardinality(String) COMMENT 'Experiment',
    arm LowCardinality(String) COMMENT 'Arm of the experiment',
    exposed Bool COMMENT 'Whether the user met the difference',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;

-- Ordered by user, then time: few rows; the same order as everywhere.
CREATE TABLE IF NOT EXISTS editor
(
    sequence UInt64 COMMENT 'Position in the journal; each number is here once' CODEC(Delta, ZSTD),
    event_id String COMMENT 'Made by the client, unique for the user',
    user_id String COMMENT 'The editor who made the change',
    at DateTime64(3, 'UTC') COMMENT 'When the pool was changed',
    received_at DateTime64(3, 'UTC') COMMENT 'When the server took it in',
    utc_offset_min Nullable(Int16) COMMENT 'Minutes east of UTC where the user was',
    time_zone LowCardinality(Nullable(String)) COMMENT 'IANA name of the user''s time zone',
    session_id Nullable(String) COMMENT 'Session as the client counts it',
    device LowCardinality(Nullable(String)) COMMENT 'Kind of device',
    app LowCardinality(Nullable(String)) COMMENT 'Client or exporter it came from',
    pool_id String COMMENT 'Pool that was changed',
    change LowCardinality(String) COMMENT 'put: this is the pool now; remove: the pool is gone',
    title Nullable(String) COMMENT 'Title as listeners see it',
    purpose Nullable(String) COMMENT 'What the pool is for',
    items Array(String) COMMENT 'Items of the pool after the change',
    extra String COMMENT 'JSON: fields the schema does not know' CODEC(ZSTD(3)),
    INDEX by_sequence sequence TYPE minmax GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toYear(at)
ORDER BY (user_id, at, event_id)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1, fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1;
