-- The truth: every version of every resource. docs/formats/store.md explains each table with worked rows.

-- One row a resource, also of a deleted one (body NULL), so that a rid is never given twice.
--   id      16 bytes where it is a lower-case UUID, else text
--   upd     meta.lastUpdated in milliseconds        w   the clinical instant in seconds
--   cp      hash of the one patient whose compartment it is in; 0: none, 1: several
CREATE TABLE res (
  rid    INTEGER PRIMARY KEY,
  type   INT NOT NULL,
  id     BLOB NOT NULL,
  ver    INT NOT NULL,
  upd    INT NOT NULL,
  method INT NOT NULL,
  w      INT NOT NULL,
  cp     INT NOT NULL,
  body   BLOB
);
CREATE UNIQUE INDEX res_id ON res (type, id);

-- The versions before the present one.
CREATE TABLE hist (
  rid    INT NOT NULL,
  ver    INT NOT NULL,
  upd    INT NOT NULL,
  method INT NOT NULL,
  body   BLOB,
  PRIMARY KEY (rid, ver)
) WITHOUT ROWID;

-- Every change in the order in which it was made; append-only. upd: when it was made here, in milliseconds, which for an imported
-- version is not its lastUpdated; never less than in the row before.
CREATE TABLE log (
  seq  INTEGER PRIMARY KEY,
  rid  INT NOT NULL,
  ver  INT NOT NULL,
  type INT NOT NULL,
  upd  INT NOT NULL
);

-- What can be neither changed nor deleted any more, since the change seq.
CREATE TABLE seal (
  rid INTEGER PRIMARY KEY,
  seq INT NOT NULL
);

-- The numbers that stand for resource types, and how many resources of each are present.
CREATE TABLE type (
  number  INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  present INT NOT NULL DEFAULT 0
);

-- 'store': who this is; 'seed': key of the index's hashes; 'cursor': key of the page cursors;
-- 'dictionary:N': what bodies that begin with the byte N are compressed with.
CREATE TABLE meta (
  k TEXT PRIMARY KEY,
  v
) WITHOUT ROWID;
