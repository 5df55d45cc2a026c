-- The ledger, version 1.
--
-- The first half is what was read and what people said of it. It only grows: triggers refuse to change or delete a
-- row. The second half, from `report` on, is derived from the first: it may be made anew at any time.
--
-- Days are text, YYYY-MM-DD. `first` and `last` of an event are the first and the last day that it may have been on:
-- "in May 2015" is 2015-05-01 and 2015-05-31. Offsets count code points of story.text.

CREATE TABLE story (
  id        INTEGER PRIMARY KEY,
  hash      TEXT NOT NULL UNIQUE CHECK (length(hash) BETWEEN 1 AND 64),
  ref       TEXT,
  url       TEXT,
  headline  TEXT,
  byline    TEXT,
  publisher TEXT,
  section   TEXT,
  language  TEXT,
  published TEXT CHECK (published GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  text      TEXT NOT NULL,
  -- The first story of which this one is a copy, mostly itself: copies of a wire report are one telling.
  telling   INTEGER NOT NULL REFERENCES story (id) DEFERRABLE INITIALLY DEFERRED,
  -- Number of fingerprints of the text (see fingerprint), which says how much of a story another one shares.
  prints    INTEGER NOT NULL CHECK (prints >= 0)
) STRICT;
CREATE INDEX story_by_telling ON story (telling);
CREATE INDEX story_by_day ON story (published);

-- Hashes of some runs of five words of the first story of each telling.
CREATE TABLE fingerprint (
  hash    INTEGER NOT NULL,
  telling INTEGER NOT NULL REFERENCES story (id),
  PRIMARY KEY (hash, telling)
) STRICT, WITHOUT ROWID;

-- A story that was not read, and why: it is not in English, or too long.
CREATE TABLE left_out (
  hash      TEXT PRIMARY KEY,
  ref       TEXT,
  url       TEXT,
  publisher TEXT,
  published TEXT,
  language  TEXT,
  reason    TEXT NOT NULL CHECK (reason IN ('not_english', 'too_long', 'no_text'))
) STRICT, WITHOUT ROWID;

-- What one version of the program made of a story.
CREATE TABLE reading (
  id      INTEGER PRIMARY KEY,
  story   INTEGER NOT NULL REFERENCES story (id),
  schema  INTEGER NOT NULL CHECK (schema >= 1),
  program TEXT NOT NULL,
  model   TEXT NOT NULL,
  lexicon TEXT NOT NULL,
  -- The record without the story's text: JSON, compressed with zlib.
  record  BLOB NOT NULL,
  UNIQUE (story, program, model, lexicon)
) STRICT;

CREATE TABLE actor (
  id       INTEGER PRIMARY KEY,
  -- What makes two mentions in two stories the same: "state:RUS", "wd:Q7747", "person:john kerry:USA".
  key      TEXT NOT NULL UNIQUE,
  name     TEXT NOT NULL,
  -- The name in lower case without accents, for looking it up.
  folded   TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('person', 'state', 'organisation', 'group', 'place-as-state')),
  country  TEXT,
  wikidata TEXT
) STRICT;
CREATE INDEX actor_by_name ON actor (folded);
CREATE INDEX actor_by_country ON actor (country) WHERE country IS NOT NULL;

-- Who an actor is in a reading: its code and title on the story's date.
CREATE TABLE cast_member (
  reading  INTEGER NOT NULL REFERENCES reading (id),
  local    TEXT NOT NULL,
  actor    INTEGER NOT NULL REFERENCES actor (id),
  name     TEXT NOT NULL,
  code     TEXT,
  roles    TEXT NOT NULL,
  title    TEXT,
  mentions INTEGER NOT NULL CHECK (mentions >= 0),
  PRIMARY KEY (reading, local)
) STRICT, WITHOUT ROWID;
CREATE INDEX cast_by_actor ON cast_member (actor, reading);

CREATE TABLE place (
  id        INTEGER PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE,
  name      TEXT NOT NULL,
  folded    TEXT NOT NULL,
  country   TEXT,
  admin1    TEXT,
  latitude  REAL CHECK (latitude BETWEEN -90 AND 90),
  longitude REAL CHECK (longitude BETWEEN -180 AND 180),
  geonames  INTEGER
) STRICT;
CREATE INDEX place_by_name ON place (folded);
CREATE INDEX place_by_country ON place (country) WHERE country IS NOT NULL;

-- A sentence on which an event or a claim rests.
CREATE TABLE evidence (
  id    INTEGER PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES story (id),
  first INTEGER NOT NULL CHECK (first >= 0),
  last  INTEGER NOT NULL CHECK (last >= first),
  UNIQUE (story, first, last)
) STRICT;

CREATE VIEW evidence_words AS
  SELECT evidence.id AS id, substr(story.text, evidence.first + 1, evidence.last - evidence.first) AS text
  FROM evidence JOIN story ON story.id = evidence.story;

CREATE VIRTUAL TABLE evidence_text USING fts5 (
  text, content = 'evidence_words', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE claim (
  id            INTEGER PRIMARY KEY,
  reading       INTEGER NOT NULL REFERENCES reading (id),
  local         TEXT NOT NULL,
  evidence      INTEGER REFERENCES evidence (id),
  -- NULL where the text names nobody, or names somebody who is no actor of the story; `source_words` has the words.
  source        INTEGER REFERENCES actor (id),
  source_words  TEXT,
  cue           TEXT NOT NULL,
  content_first INTEGER,
  content_last  INTEGER CHECK (content_last >= content_first),
  manner        TEXT NOT NULL CHECK (manner IN ('direct', 'indirect', 'mixed')),
  stance        TEXT NOT NULL CHECK (stance IN ('assert', 'deny', 'accuse', 'promise', 'threaten', 'demand', 'ask',
                                                'acknowledge', 'doubt', 'believe', 'intend')),
  addressee     INTEGER REFERENCES actor (id),
  inside        TEXT,
  confidence    REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  UNIQUE (reading, local)
) STRICT;
CREATE INDEX claim_by_source ON claim (source) WHERE source IS NOT NULL;
CREATE INDEX claim_by_evidence ON claim (evidence);

CREATE TABLE event (
  id         INTEGER PRIMARY KEY,
  reading    INTEGER NOT NULL REFERENCES reading (id),
  local      TEXT NOT NULL,
  -- The review that made this row from another event, where a person corrected it.
  review     INTEGER REFERENCES review (id),
  evidence   INTEGER NOT NULL REFERENCES evidence (id),
  -- Number of the sentence in the story, from 0.
  sentence   INTEGER NOT NULL CHECK (sentence >= 0),
  type       TEXT NOT NULL CHECK (type IN ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT',
                                           'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION',
                                           'MOBILIZE', 'COERCE', 'ASSAULT')),
  mode       TEXT,
  cameo      TEXT,
  goldstein  REAL CHECK (goldstein BETWEEN -10 AND 10),
  quad       INTEGER NOT NULL CHECK (quad BETWEEN 1 AND 4),
  status     TEXT NOT NULL CHECK (status IN ('actual', 'planned', 'possible', 'negated', 'claimed', 'denied')),
  claim      INTEGER REFERENCES claim (id),
  trigger    TEXT NOT NULL,
  first      TEXT CHECK (first GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  last       TEXT CHECK (last >= first AND last GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  place      INTEGER REFERENCES place (id),
  rule       TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  CHECK ((first IS NULL) = (last IS NULL))
) STRICT;
CREATE INDEX event_by_reading ON event (reading);
CREATE INDEX event_by_evidence ON event (evidence);
CREATE INDEX event_by_claim ON event (claim) WHERE claim IS NOT NULL;

CREATE TABLE party (
  event INTEGER NOT NULL REFERENCES event (id),
  side  TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
  actor INTEGER NOT NULL REFERENCES actor (id),
  PRIMARY KEY (event, side, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_context (
  event   INTEGER NOT NULL REFERENCES event (id),
  context TEXT NOT NULL,
  PRIMARY KEY (event, context)
) STRICT, WITHOUT ROWID;

-- A number that an event comes with: so many killed, so much money.
CREATE TABLE figure (
  event INTEGER NOT NULL REFERENCES event (id),
  first INTEGER NOT NULL,
  last  INTEGER NOT NULL CHECK (last >= first),
  what  TEXT NOT NULL,
  value REAL,
  bound TEXT NOT NULL,
  unit  TEXT,
  PRIMARY KEY (event, first, last)
) STRICT, WITHOUT ROWID;

CREATE TABLE issue (
  id     INTEGER PRIMARY KEY,
  folded TEXT NOT NULL UNIQUE,
  name   TEXT NOT NULL
) STRICT;

CREATE TABLE event_issue (
  issue INTEGER NOT NULL REFERENCES issue (id),
  event INTEGER NOT NULL REFERENCES event (id),
  PRIMARY KEY (issue, event)
) STRICT, WITHOUT ROWID;

-- Where one actor stands (stance), or how several stand to each other (relation).
CREATE TABLE position (
  id       INTEGER PRIMARY KEY,
  reading  INTEGER NOT NULL REFERENCES reading (id),
  issue    INTEGER NOT NULL REFERENCES issue (id),
  stance   TEXT CHECK (stance IN ('for', 'against', 'neutral')),
  relation TEXT CHECK (relation IN ('agree', 'disagree')),
  CHECK ((stance IS NULL) <> (relation IS NULL))
) STRICT;
CREATE INDEX position_by_issue ON position (issue);

CREATE TABLE position_actor (
  position INTEGER NOT NULL REFERENCES position (id),
  actor    INTEGER NOT NULL REFERENCES actor (id),
  PRIMARY KEY (position, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE position_claim (
  position INTEGER NOT NULL REFERENCES position (id),
  claim    INTEGER NOT NULL REFERENCES claim (id),
  PRIMARY KEY (position, claim)
) STRICT, WITHOUT ROWID;

-- What a person said of an event or an occurrence.
CREATE TABLE review (
  id         INTEGER PRIMARY KEY,
  kind       TEXT NOT NULL CHECK (kind IN ('accept', 'correct', 'reject', 'merge', 'split')),
  event      INTEGER REFERENCES event (id),
  -- Numbers of occurrences: merge brings `other` into `occurrence`, split takes `event` out of `occurrence`.
  occurrence INTEGER,
  other      INTEGER CHECK (other <> occurrence),
  -- For a correction: the fields and their new values, a JSON object.
  change     TEXT CHECK (json_valid(change)),
  reviewer   TEXT,
  reviewed   TEXT,
  note       TEXT,
  CHECK (CASE kind WHEN 'merge' THEN event IS NULL AND occurrence IS NOT NULL AND other IS NOT NULL
                   WHEN 'split' THEN event IS NOT NULL AND occurrence IS NOT NULL
                   ELSE event IS NOT NULL END),
  CHECK ((kind = 'correct') = (change IS NOT NULL))
) STRICT;
CREATE INDEX review_by_event ON review (event) WHERE event IS NOT NULL;

-- ---------------------------------------------------------------------------------------------------- derived

-- The reading of each story that counts: the one added last.
CREATE TABLE current (
  story   INTEGER PRIMARY KEY REFERENCES story (id),
  reading INTEGER NOT NULL REFERENCES reading (id)
) STRICT;

-- What happened, once, however often it is told.
CREATE TABLE occurrence (
  id         INTEGER PRIMARY KEY,
  type       TEXT NOT NULL,
  mode       TEXT,
  cameo      TEXT,
  goldstein  REAL,
  quad       INTEGER NOT NULL,
  -- The days that all reports allow.
  first      TEXT,
  last       TEXT,
  -- `first`, or where no report says when it was, the day of the first report.
  day        TEXT,
  place      INTEGER REFERENCES place (id),
  status     TEXT NOT NULL CHECK (status IN ('actual', 'planned', 'possible', 'negated', 'claimed', 'denied',
                                             'disputed')),
  -- In how many tellings it has each status, and how many tellings and reports there are.
  actual     INTEGER NOT NULL DEFAULT 0,
  planned    INTEGER NOT NULL DEFAULT 0,
  possible   INTEGER NOT NULL DEFAULT 0,
  negated    INTEGER NOT NULL DEFAULT 0,
  claimed    INTEGER NOT NULL DEFAULT 0,
  denied     INTEGER NOT NULL DEFAULT 0,
  tellings   INTEGER NOT NULL DEFAULT 0,
  reports    INTEGER NOT NULL DEFAULT 0,
  reported_first TEXT,
  reported_last  TEXT,
  -- What a new report is compared with (src/occurrence/sketch.rs).
  sketch     BLOB NOT NULL
) STRICT;
CREATE INDEX occurrence_by_day ON occurrence (day) WHERE reports > 0;
CREATE INDEX occurrence_by_status ON occurrence (status, day) WHERE reports > 0;

-- An event of a reading that counts, and what it is a report of.
CREATE TABLE report (
  event      INTEGER PRIMARY KEY REFERENCES event (id),
  occurrence INTEGER NOT NULL REFERENCES occurrence (id)
) STRICT;
CREATE INDEX report_by_occurrence ON report (occurrence);

-- How many reports of one status a telling has of an occurrence.
CREATE TABLE told (
  occurrence INTEGER NOT NULL,
  telling    INTEGER NOT NULL,
  status     TEXT NOT NULL,
  reports    INTEGER NOT NULL,
  PRIMARY KEY (occurrence, telling, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE occurrence_party (
  occurrence INTEGER NOT NULL REFERENCES occurrence (id),
  side       TEXT NOT NULL,
  actor      INTEGER NOT NULL,
  country    TEXT,
  day        TEXT,
  PRIMARY KEY (occurrence, side, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrence_party_by_actor ON occurrence_party (actor, day);
CREATE INDEX occurrence_party_by_country ON occurrence_party (country, day) WHERE country IS NOT NULL;

-- By what an occurrence is found when a report comes in: hashes of its type with its parties, place or wording.
CREATE TABLE handle (
  hash       INTEGER NOT NULL,
  day        INTEGER NOT NULL,
  occurrence INTEGER NOT NULL,
  PRIMARY KEY (hash, day, occurrence)
) STRICT, WITHOUT ROWID;

-- Sums over occurrences by month.
CREATE TABLE month_type (
  month  TEXT NOT NULL,
  type   TEXT NOT NULL,
  status TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (month, type, status)
) STRICT, WITHOUT ROWID;

-- The same by the countries of actor and recipient, with the sums of Goldstein weights and of their squares.
CREATE TABLE month_dyad (
  actor     TEXT NOT NULL,
  recipient TEXT NOT NULL,
  month     TEXT NOT NULL,
  type      TEXT NOT NULL,
  status    TEXT NOT NULL,
  number    INTEGER NOT NULL,
  weighed   INTEGER NOT NULL,
  goldstein REAL NOT NULL,
  squares   REAL NOT NULL,
  PRIMARY KEY (actor, recipient, month, type, status)
) STRICT, WITHOUT ROWID;

-- ------------------------------------------------------------------------------------- the ledger only adds

CREATE TRIGGER story_no_update BEFORE UPDATE ON story BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER story_no_delete BEFORE DELETE ON story BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER fingerprint_no_update BEFORE UPDATE ON fingerprint BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER fingerprint_no_delete BEFORE DELETE ON fingerprint BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER reading_no_update BEFORE UPDATE ON reading BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON reading BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER actor_no_update BEFORE UPDATE ON actor BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER actor_no_delete BEFORE DELETE ON actor BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER cast_member_no_update BEFORE UPDATE ON cast_member BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER cast_member_no_delete BEFORE DELETE ON cast_member BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER place_no_update BEFORE UPDATE ON place BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER place_no_delete BEFORE DELETE ON place BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER claim_no_update BEFORE UPDATE ON claim BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER claim_no_delete BEFORE DELETE ON claim BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER party_no_update BEFORE UPDATE ON party BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER party_no_delete BEFORE DELETE ON party BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER event_context_no_update BEFORE UPDATE ON event_context BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER event_context_no_delete BEFORE DELETE ON event_context BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER figure_no_update BEFORE UPDATE ON figure BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER figure_no_delete BEFORE DELETE ON figure BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER issue_no_update BEFORE UPDATE ON issue BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER issue_no_delete BEFORE DELETE ON issue BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER event_issue_no_update BEFORE UPDATE ON event_issue BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER event_issue_no_delete BEFORE DELETE ON event_issue BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER position_no_update BEFORE UPDATE ON position BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER position_no_delete BEFORE DELETE ON position BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER position_actor_no_update BEFORE UPDATE ON position_actor BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER position_actor_no_delete BEFORE DELETE ON position_actor BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER position_claim_no_update BEFORE UPDATE ON position_claim BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER position_claim_no_delete BEFORE DELETE ON position_claim BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER left_out_no_update BEFORE UPDATE ON left_out BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER left_out_no_delete BEFORE DELETE ON left_out BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER review_no_update BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
CREATE TRIGGER review_no_delete BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'the ledger only adds'); END;
