-- What the resident writes down besides the household, each document sealed with AES-256-GCM by a key that is nowhere in this file.
CREATE TABLE documents (
    name   TEXT NOT NULL PRIMARY KEY, -- `places`, `timeline`
    key_id BLOB NOT NULL,
    nonce  BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
