CREATE TABLE towns (
    code        TEXT    NOT NULL PRIMARY KEY,
    url         TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    root_sha256 TEXT    NOT NULL, -- of the root that was handed over when joining
    joined_at   INTEGER NOT NULL,
    in_use      INTEGER NOT NULL CHECK (in_use IN (0, 1))
) STRICT;

-- At most one town is in use.
CREATE UNIQUE INDEX towns_in_use ON towns (in_use) WHERE in_use = 1;

-- Trusted metadata: the memory that makes a rollback visible. It outlives the loss of the cache.
CREATE TABLE trust (
    town  TEXT NOT NULL REFERENCES towns (code) ON DELETE CASCADE,
    name  TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (town, name)
) STRICT;

CREATE TABLE sync_state (
    town            TEXT    NOT NULL PRIMARY KEY REFERENCES towns (code) ON DELETE CASCADE,
    last_contact_at INTEGER NOT NULL, -- when a timestamp was last verified, by the phone's clock
    issued_at       INTEGER NOT NULL  -- newest moment that the town has signed: a clock before it is wrong
) STRICT;

CREATE TABLE segments (
    town TEXT NOT NULL REFERENCES towns (code) ON DELETE CASCADE,
    code TEXT NOT NULL,
    PRIMARY KEY (town, code)
) STRICT;

CREATE TABLE marks (
    town   TEXT    NOT NULL REFERENCES towns (code) ON DELETE CASCADE,
    notice TEXT    NOT NULL,
    read   INTEGER NOT NULL CHECK (read IN (0, 1)),
    saved  INTEGER NOT NULL CHECK (saved IN (0, 1)),
    PRIMARY KEY (town, notice)
) STRICT;
