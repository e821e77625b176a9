-- Play counts of a listener whose single plays are not known; several counts of one item add up. Of what the journal had before a sequence.
-- One row is: user × item
SELECT
    item_id,
    sum(tally.plays) AS plays,
    max(tally.at) AS at
FROM tally
WHERE (user_id = {user_id:String}) AND (sequence < {before:UInt64})
GROUP BY item_id
ORDER BY
    plays DESC,
    item_id ASC
