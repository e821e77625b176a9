-- Sessions as they were derived from the events, and what is summed of them. All of it can be rebuilt from the events.

-- Collapsing: when a listener's sessions are derived again, the old rows are written once more with sign -1 and leave
-- the table at the next merge; whoever reads it says FINAL. Sums over sign stay right at every moment.
-- Ordered by user, then time: absences need the next session of the same listener.
CREATE TABLE IF NOT EXISTS session
(
    user_id String COMMENT 'Whose session it is',
    at DateTime64(3, 'UTC') COMMENT 'When it began',
    ended_at DateTime64(3, 'UTC') COMMENT 'End of the last play, or the last event',
    local_day Date COMMENT 'Day on the listener''s own clock when it began',
    local_hour UInt8 COMMENT 'Hour of that clock, 0 to 23',
    local_weekday UInt8 COMMENT 'Weekday of that clock, 1 Monday to 7 Sunday',
    daypart LowCardinality(String) COMMENT 'Part of the listener''s day',
    device LowCardinality(String) COMMENT 'Where most was played; empty when no event says',
    layout LowCardinality(String) COMMENT 'How a page is seen on it: scroll, fold, row, spoken, unknown',
    surface LowCardinality(String) COMMENT 'Where most of it happened; empty when no event says',
    intent LowCardinality(String) COMMENT 'The most probable intent, or unknown',
    intents Map(LowCardinality(String), Float32) COMMENT 'Posterior over intents, those above one in a hundred',
    evidence String COMMENT 'JSON: what the posterior was made from' CODEC(ZSTD(3)),
    end_reason LowCardinality(String) COMMENT 'Why it ended; open while it may go on',
    is_open Bool COMMENT 'It may still go on: its counts are not final',
    resumes Bool COMMENT 'It begins with what the session before left unfinished',
    hand_offs UInt32 COMMENT 'Changes from one device to another',
    plays UInt32 COMMENT 'Plays',
    listens UInt32 COMMENT 'Plays that count as listened',
    played_ms UInt64 COMMENT 'Time listened, milliseconds',
    skips UInt32 COMMENT 'Plays that were skipped',
    early_skips UInt32 COMMENT 'Skips before 30 seconds',
    items UInt32 COMMENT 'Distinct items played',
    kept UInt32 COMMENT 'Likes, saves, follows, additions to playlists and queues, shares',
    added UInt32 COMMENT 'Additions to playlists, saves, follows',
    refused UInt32 COMMENT 'Dislikes and hides',
    actions UInt32 COMMENT 'Actions of every kind',
    searches UInt32 COMMENT 'Searches',
    impressions UInt32 COMMENT 'Cards that came into view',
    examined UInt32 COMMENT 'Of these, at least half visible for at least a second',
    sign Int8 COMMENT '1: this is a session; -1: takes back an earlier row'
)
ENGINE = CollapsingMergeTree(sign)
PARTITION BY toYear(at)
ORDER BY (user_id, at)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1;

-- What reports add up: one row a user, day (UTC), surface, intent and device. Filled by the view below whenever sessions
-- are written, so a report never reads events. Ordered by user first: every figure is clustered by user.
CREATE TABLE IF NOT EXISTS user_day
(
    user_id String COMMENT 'Whose day it is',
    day Date COMMENT 'Day, UTC, on which the sessions began',
    surface LowCardinality(String) COMMENT 'Surface of the sessions',
    intent LowCardinality(String) COMMENT 'Intent of the sessions',
    device LowCardinality(String) COMMENT 'Device of the sessions',
    sessions Int64 COMMENT 'Sessions',
    plays Int64 COMMENT 'Plays',
    listens Int64 COMMENT 'Plays that count as listened',
    played_ms Int64 COMMENT 'Time listened, milliseconds',
    skips Int64 COMMENT 'Plays that were skipped',
    early_skips Int64 COMMENT 'Skips before 30 seconds',
    kept Int64 COMMENT 'Likes, saves, follows, additions, shares',
    added Int64 COMMENT 'Additions to playlists, saves, follows',
    refused Int64 COMMENT 'Dislikes and hides',
    actions Int64 COMMENT 'Actions of every kind',
    searches Int64 COMMENT 'Searches',
    impressions Int64 COMMENT 'Cards that came into view',
    examined Int64 COMMENT 'Of these, looked at'
)
ENGINE = SummingMergeTree
PARTITION BY toYear(day)
ORDER BY (user_id, day, surface, intent, device)
SETTINGS old_parts_lifetime = 5, finished_mutations_to_keep = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS user_day_of_session TO user_day AS
SELECT
    user_id,
    toDate(at) AS day,
    surface,
    intent,
    device,
    sum(toInt64(sign)) AS sessions,
    sum(sign * toInt64(session.plays)) AS plays,
    sum(sign * toInt64(session.listens)) AS listens,
    sum(sign * toInt64(session.played_ms)) AS played_ms,
    sum(sign * toInt64(session.skips)) AS skips,
    sum(sign * toInt64(session.early_skips)) AS early_skips,
    sum(sign * toInt64(session.kept)) AS kept,
    sum(sign * toInt64(session.added)) AS added,
    sum(sign * toInt64(session.refused)) AS refused,
    sum(sign * toInt64(session.actions)) AS actions,
    sum(sign * toInt64(session.searches)) AS searches,
    sum(sign * toInt64(session.impressions)) AS impressions,
    sum(sign * toInt64(session.examined)) AS examined
FROM session
GROUP BY user_id, day, surface, intent, device;

-- How far the events have been derived from, and by which rules.
CREATE TABLE IF NOT EXISTS derivation
(
    name LowCardinality(String) COMMENT 'What was derived, e.g. session',
    through UInt64 COMMENT 'Journal sequence up to which events were seen',
    version String COMMENT 'Rules and model it was derived with',
    at DateTime64(3, 'UTC') COMMENT 'When it was done'
)
ENGINE = MergeTree
ORDER BY (name, at);
