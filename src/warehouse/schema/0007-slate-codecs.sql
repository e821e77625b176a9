-- On rows of slates the first level of ZSTD is as small as the third, and takes less of the processor, at each insert and each merge.
ALTER TABLE slate
    MODIFY COLUMN context CODEC(ZSTD(1)),
    MODIFY COLUMN shelves CODEC(ZSTD(1)),
    MODIFY COLUMN cards CODEC(ZSTD(1)),
    MODIFY COLUMN candidates CODEC(ZSTD(1)),
    MODIFY COLUMN filtered CODEC(ZSTD(1)),
    MODIFY COLUMN extra CODEC(ZSTD(1));
