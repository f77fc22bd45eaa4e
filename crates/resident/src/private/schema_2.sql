-- How the resident wants the app to look and to speak. What is not here is as it comes.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- The district whose garbage days are the resident's own.
CREATE TABLE garbage_areas (
    town TEXT NOT NULL PRIMARY KEY REFERENCES towns (code) ON DELETE CASCADE,
    area TEXT NOT NULL
) STRICT;
