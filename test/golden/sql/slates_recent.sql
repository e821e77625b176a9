-- The decision log, newest first. An empty user or surface means any.
-- One row is: slate
SELECT
    slate_id,
    user_id,
    surface,
    at,
    length(placed) AS cards,
    arrayCount(card -> card.explored, placed) AS explored,
    fallback,
    model
FROM slate
WHERE (({user_id:String} = '') OR (user_id = {user_id:String})) AND (({surface:String} = '') OR (surface = {surface:String})) AND (at < {before:DateTime64(3, 'UTC')})
ORDER BY
    at DESC,
    slate_id DESC
LIMIT {limit:UInt32}
