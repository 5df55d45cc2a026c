-- The ledger, version 2: addresses that were fetched, and reviews that hold for a newer reading.

-- An address of the web that was fetched, what came of it, and what its host gave to ask with whether it has changed.
-- This is no part of the account: the row of an address is replaced when it is fetched again.
CREATE TABLE visit (
  address  TEXT PRIMARY KEY,
  outcome  TEXT NOT NULL CHECK (outcome IN ('feed', 'story', 'nothing')),
  etag     TEXT,
  modified TEXT
) STRICT, WITHOUT ROWID;

-- The review that this one carries over to a newer reading of the story.
ALTER TABLE review ADD COLUMN carried INTEGER REFERENCES review (id);

-- Full text is merged when eight pieces of one size have gathered, not four: adding writes less, and a question still
-- looks at few pieces.
INSERT INTO evidence_text (evidence_text, rank) VALUES ('automerge', 8);
