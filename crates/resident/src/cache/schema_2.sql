-- Programs in words. Rule files are few: they are kept among the records.
CREATE TABLE programs (
    number   INTEGER NOT NULL PRIMARY KEY,
    path     TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    segments TEXT    NOT NULL, -- codes with spaces between
    events   TEXT    NOT NULL, -- codes with spaces between
    line     TEXT    NOT NULL,
    folded   TEXT    NOT NULL,
    UNIQUE (path, id)
) STRICT;
CREATE INDEX programs_id ON programs (id);

CREATE VIRTUAL TABLE programs_words USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, prefix = '1',
    tokenize = 'ascii tokenchars ''!"#$%&()*+,-./:;<=>?@[\]^_`{|}~'''
);
