-- Documents, what was read of them, the evidence in it, judgements, and the log of operations.
--
-- Nothing is changed in place but flags, and each change of a flag stands in the log, so that it
-- can be taken back.

-- One row for each document: bytes as they came, never changed.
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    -- The first 16 digits of the hash, as names and citations have it.
    name TEXT NOT NULL UNIQUE CHECK (name = substr(sha256, 1, 16)),
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    -- The address of the page; documents that share it are its vintages.
    url TEXT,
    -- The bytes, packed with zstd.
    packed BLOB NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

CREATE INDEX document_url ON document (url) WHERE url IS NOT NULL;

-- When and where a document was met.
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    -- RFC 3339 in UTC, to the second: text order is the order of time.
    at TEXT NOT NULL,
    hidden INTEGER NOT NULL DEFAULT 0 CHECK (hidden IN (0, 1)),
    UNIQUE (document, place, at)
) STRICT;

-- What one state of the program read in a document. A later state may read more; the old reading
-- stays.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    -- SHA-256 of the reading and its evidence in the form of the archive.
    digest TEXT NOT NULL,
    program TEXT NOT NULL,
    at TEXT NOT NULL,
    title TEXT,
    author TEXT,
    publisher TEXT,
    published TEXT,
    published_by TEXT,
    language TEXT,
    meta_url TEXT,
    -- The text that spans count in, packed; NULL when it is the bytes themselves.
    text BLOB,
    text_size INTEGER NOT NULL,
    blocks TEXT NOT NULL,
    origin TEXT NOT NULL,
    current INTEGER NOT NULL CHECK (current IN (0, 1)),
    UNIQUE (document, digest)
) STRICT;

CREATE UNIQUE INDEX reading_current ON reading (document) WHERE current = 1;

-- What a reading has to say of one pair, apart from its evidence.
CREATE TABLE told (
    reading INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    pair TEXT NOT NULL,
    published TEXT,
    constraints TEXT NOT NULL,
    PRIMARY KEY (reading, pair)
) STRICT, WITHOUT ROWID;

CREATE INDEX told_pair ON told (pair);

-- Evidence, flat for whoever asks in SQL, and whole in `original`.
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    reading INTEGER NOT NULL REFERENCES reading (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    pair TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('figure', 'event', 'tie')),
    kind TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT,
    date TEXT,
    -- Digits of an exact decimal, in base units.
    value TEXT,
    unit TEXT,
    what TEXT,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    original TEXT NOT NULL,
    UNIQUE (reading, name)
) STRICT;

CREATE INDEX evidence_pair ON evidence (pair, type, kind);
CREATE INDEX evidence_name ON evidence (name);

-- That two documents have one origin, or that two events are one: said with a reason, and taken
-- back by a flag.
CREATE TABLE judgement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('origin', 'event')),
    -- Names of documents or of evidence, the one that was there first on the left.
    "left" TEXT NOT NULL,
    "right" TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Per mille.
    score INTEGER NOT NULL,
    judge TEXT NOT NULL CHECK (judge IN ('rule', 'user')),
    at TEXT NOT NULL,
    reversed INTEGER NOT NULL DEFAULT 0 CHECK (reversed IN (0, 1)),
    UNIQUE (kind, "left", "right")
) STRICT;

CREATE INDEX judgement_right ON judgement (kind, "right");

-- Sampled runs of words of each document, to find copies by.
CREATE TABLE shingle (
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    PRIMARY KEY (hash, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX shingle_document ON shingle (document);

-- What the user asked for at once. The numbers are given out here, so that two processes never
-- share one.
CREATE TABLE command (
    id INTEGER PRIMARY KEY AUTOINCREMENT
) STRICT;

-- What was done, in order. Those of one command are undone together.
CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command INTEGER NOT NULL REFERENCES command (id),
    kind TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;

CREATE INDEX operation_command ON operation (command);

-- The flags that an operation has changed, in order.
CREATE TABLE change (
    operation INTEGER NOT NULL REFERENCES operation (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    flag TEXT NOT NULL CHECK (flag IN ('removed', 'current', 'hidden', 'reversed')),
    row INTEGER NOT NULL,
    was INTEGER NOT NULL CHECK (was IN (0, 1)),
    PRIMARY KEY (operation, n)
) STRICT, WITHOUT ROWID;

-- Words of the current reading; the text itself is not kept a second time.
CREATE VIRTUAL TABLE words USING fts5 (
    title, body,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2"
);
