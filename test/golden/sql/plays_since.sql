-- Plays and tallies that were taken in after a moment: what models made at that moment have not seen.
-- One row is: the whole
SELECT count() AS plays
FROM
(
    SELECT received_at
    FROM play
    UNION ALL
    SELECT received_at
    FROM tally
)
WHERE received_at > {since:DateTime64(3, 'UTC')}
