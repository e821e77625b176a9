-- Journal sequences in [from, to) that a table already has: what the writer must not insert again.
-- One row is: row of the table
SELECT sequence
FROM {table:Identifier}
WHERE (sequence >= {from:UInt64}) AND (sequence < {to:UInt64})
ORDER BY sequence ASC
