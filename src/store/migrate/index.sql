-- The index: derived from the truth, and made again whenever it is absent or of other definitions.
-- p: number of the search parameter; h, t: 64-bit hashes; s: 32-bit hash of the system; w: clinical instant; r: rid of the truth.

CREATE TABLE tok (p INT, h INT, s INT, w INT, r INT, PRIMARY KEY (p, h, s, w, r)) WITHOUT ROWID;
CREATE TABLE ref (p INT, t INT, w INT, r INT, PRIMARY KEY (p, t, w, r)) WITHOUT ROWID;
CREATE TABLE cc (p INT, t INT, h INT, w INT, r INT, PRIMARY KEY (p, t, h, w, r)) WITHOUT ROWID;
CREATE TABLE dat (p INT, lo INT, hi INT, w INT, r INT, PRIMARY KEY (p, lo, hi, w, r)) WITHOUT ROWID;
CREATE TABLE str (p INT, v TEXT, w INT, r INT, PRIMARY KEY (p, v, w, r)) WITHOUT ROWID;
CREATE TABLE qty (p INT, v REAL, u INT, w INT, r INT, PRIMARY KEY (p, v, u, w, r)) WITHOUT ROWID;

-- 'store' and 'definitions': what it was made of; 'mark': the log's seq up to which it is complete; 'mark_rid', 'mark_ver':
-- what the log holds there.
CREATE TABLE meta (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
