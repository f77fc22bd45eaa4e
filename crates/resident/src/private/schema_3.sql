-- The resident's household, sealed with AES-256-GCM by a key that is nowhere in this file. One row, or none.
CREATE TABLE household (
    id     INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    key_id BLOB    NOT NULL, -- tells a key that is not the one it was sealed with from bytes that were changed
    nonce  BLOB    NOT NULL,
    sealed BLOB    NOT NULL
) STRICT;
