-- What the phone shows, and how old it is. One row.
CREATE TABLE facts (
    id         INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    generation INTEGER NOT NULL, -- counts the swaps: a sync that began before another one's swap gives way
    issued_at  INTEGER,          -- when the town signed the content that is here
    contact_at INTEGER,          -- when the phone last learnt that it is the current one
    expires_at INTEGER           -- until when the town's word for it holds
) STRICT;
INSERT INTO facts (id, generation) VALUES (1, 0);

CREATE TABLE collections (
    path       TEXT    NOT NULL PRIMARY KEY,
    raw_sha256 TEXT    NOT NULL,
    raw_length INTEGER NOT NULL,
    packed     BLOB    NOT NULL, -- what patches are applied to
    header     TEXT    NOT NULL
) STRICT;

CREATE TABLE notices (
    seq          INTEGER NOT NULL PRIMARY KEY, -- ascends with publication
    path         TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    published_at INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    urgent       INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    segments     TEXT    NOT NULL,
    line         TEXT    NOT NULL,
    folded       TEXT    NOT NULL,
    UNIQUE (path, id)
) STRICT;
CREATE INDEX notices_id ON notices (id);
CREATE INDEX notices_published_at ON notices (published_at);

CREATE TABLE notice_history (
    path    TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    seen_at INTEGER NOT NULL, -- when the resident's phone got the next version
    line    TEXT    NOT NULL,
    PRIMARY KEY (path, id, seen_at, line)
) STRICT;

CREATE TABLE place_kinds (
    number INTEGER NOT NULL PRIMARY KEY,
    code   TEXT    NOT NULL UNIQUE
) STRICT;

CREATE TABLE places (
    number INTEGER NOT NULL PRIMARY KEY,
    path   TEXT    NOT NULL,
    id     TEXT    NOT NULL,
    kind   INTEGER NOT NULL REFERENCES place_kinds (number),
    lat    REAL,
    lon    REAL,
    line   TEXT    NOT NULL,
    folded TEXT    NOT NULL,
    UNIQUE (path, id),
    CHECK ((lat IS NULL) = (lon IS NULL))
) STRICT;
CREATE INDEX places_id ON places (id);
CREATE INDEX places_kind ON places (kind);

-- Few of these in any town: read whole when they are wanted.
CREATE TABLE records (
    path TEXT NOT NULL,
    id   TEXT NOT NULL,
    kind TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (path, id)
) STRICT;
CREATE INDEX records_kind ON records (kind);

CREATE TABLE attachments (
    path   TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    bytes  BLOB NOT NULL
) STRICT;

-- Downloads that were cut off, by the hash of the whole.
CREATE TABLE downloads (
    sha256 TEXT    NOT NULL,
    start  INTEGER NOT NULL,
    bytes  BLOB    NOT NULL,
    PRIMARY KEY (sha256, start)
) STRICT;

-- Bigrams made in Rust (search/bigrams.rs). All ASCII signs but the apostrophe are part of a word: a time or a telephone
-- number is found by its own signs, not by its digits alone.
CREATE VIRTUAL TABLE notices_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '1',
    tokenize = 'ascii tokenchars ''!"#$%&()*+,-./:;<=>?@[\]^_`{|}~'''
);
CREATE VIRTUAL TABLE places_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '1',
    tokenize = 'ascii tokenchars ''!"#$%&()*+,-./:;<=>?@[\]^_`{|}~'''
);
CREATE VIRTUAL TABLE places_at USING rtree (number, lat0, lat1, lon0, lon1, kind0, kind1);
