-- Packs: files of hazards and of the map, large ones, read a page at a time.
CREATE TABLE packs (
    number     INTEGER NOT NULL PRIMARY KEY CHECK (number BETWEEN 1 AND 65535),
    path       TEXT    NOT NULL UNIQUE,
    raw_sha256 TEXT    NOT NULL,
    raw_length INTEGER NOT NULL,
    line       TEXT    NOT NULL, -- the record that the town signed with it: its classes are those of these bytes
    source     TEXT    NOT NULL  -- the file that it was made of
) STRICT;

CREATE TABLE pack_pages (
    place INTEGER NOT NULL PRIMARY KEY, -- the pack's number << 20 | the page's
    bytes BLOB    NOT NULL
) STRICT;
