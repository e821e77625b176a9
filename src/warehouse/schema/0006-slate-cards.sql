-- Cards lie in a list a field instead of an object a card; rows of before hold a list of cards. `placed` reads both.
ALTER TABLE slate COMMENT COLUMN cards 'JSON: lists in parallel, an entry a card, of item_id, row, slot, score, propensity and explored (0 or 1); shelf, origin (source and stage) and the head of claim (kind, names of evidence) are places, from 0, in shelves, origins and claims. Before: a list of cards';

ALTER TABLE slate ADD COLUMN IF NOT EXISTS placed Array(Tuple(item_id String, row UInt32, slot UInt32, shelf String, explored Bool)) ALIAS if(
    startsWith(cards, '['),
    JSONExtract(cards, 'Array(Tuple(item_id String, row UInt32, slot UInt32, shelf String, explored Bool))'),
    arrayMap(
        (item_id, row, slot, shelf, explored, shelves) -> CAST((item_id, row, slot, shelves[shelf + 1], explored), 'Tuple(item_id String, row UInt32, slot UInt32, shelf String, explored Bool)'),
        JSONExtract(cards, 'item_id', 'Array(String)'),
        JSONExtract(cards, 'row', 'Array(UInt32)'),
        JSONExtract(cards, 'slot', 'Array(UInt32)'),
        JSONExtract(cards, 'shelf', 'Array(UInt32)'),
        JSONExtract(cards, 'explored', 'Array(Bool)'),
        replicate(JSONExtract(cards, 'shelves', 'Array(String)'), JSONExtract(cards, 'item_id', 'Array(String)'))
    )
) COMMENT 'The cards as a list: where each stood, and whether it explored' AFTER cards;
