CREATE TABLE tiles (
    z INTEGER NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    -- In seconds since 1970.
    fetched_at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    png BLOB NOT NULL,
    PRIMARY KEY (z, x, y)
) STRICT;

-- What is oldest, and how much there is, is read here without touching the pictures.
CREATE INDEX tiles_by_age ON tiles (fetched_at, bytes);
