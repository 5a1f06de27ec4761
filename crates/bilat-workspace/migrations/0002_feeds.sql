-- Feeds: by what to ask for a later state, and which entries have been taken.

CREATE TABLE feed (
    url TEXT PRIMARY KEY,
    title TEXT,
    etag TEXT,
    last_modified TEXT,
    fetched TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_entry (
    feed TEXT NOT NULL REFERENCES feed (url) ON DELETE CASCADE,
    entry TEXT NOT NULL,
    link TEXT,
    title TEXT,
    published TEXT,
    -- SHA-256 of the document that it led to; NULL when it was passed over.
    document TEXT,
    at TEXT NOT NULL,
    PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;
