-- The ledger, version 3: what the pages of a desk ask is found without going through all of it. All of this is derived.

-- The occurrences between two countries, the first of which is before the other in the alphabet: one on each side, or
-- both acting together with no country on the other side. Those without a report are left out; `day` is '' where an
-- occurrence has none.
CREATE TABLE dyad_occurrence (
  one        TEXT NOT NULL,
  other      TEXT NOT NULL CHECK (other > one),
  day        TEXT NOT NULL,
  occurrence INTEGER NOT NULL REFERENCES occurrence (id),
  PRIMARY KEY (one, other, day, occurrence)
) STRICT, WITHOUT ROWID;

INSERT INTO dyad_occurrence
  SELECT DISTINCT a.country, b.country, ifnull(o.day, ''), o.id
  FROM occurrence o JOIN occurrence_party a ON a.occurrence = o.id
       JOIN occurrence_party b ON b.occurrence = o.id AND b.country > a.country
  WHERE o.reports > 0
    AND (a.side <> b.side OR a.side = 'actor' AND NOT EXISTS
      (SELECT 1 FROM occurrence_party c WHERE c.occurrence = o.id AND c.side = 'recipient' AND c.country IS NOT NULL))
  ORDER BY 1, 2, 3, 4;

-- In how many occurrences an actor acts, and in how many it is acted upon.
CREATE TABLE actor_sum (
  actor    INTEGER PRIMARY KEY REFERENCES actor (id),
  acts     INTEGER NOT NULL,
  receives INTEGER NOT NULL,
  number   INTEGER NOT NULL GENERATED ALWAYS AS (acts + receives) VIRTUAL
) STRICT;
INSERT INTO actor_sum (actor, acts, receives)
  SELECT actor, sum(side = 'actor'), sum(side = 'recipient') FROM occurrence_party GROUP BY actor;
CREATE INDEX actor_sum_by_number ON actor_sum (number);

CREATE TRIGGER occurrence_party_counted AFTER INSERT ON occurrence_party BEGIN
  INSERT INTO actor_sum (actor, acts, receives) VALUES (NEW.actor, NEW.side = 'actor', NEW.side = 'recipient')
    ON CONFLICT DO UPDATE SET acts = acts + excluded.acts, receives = receives + excluded.receives;
END;
CREATE TRIGGER occurrence_party_discounted AFTER DELETE ON occurrence_party BEGIN
  UPDATE actor_sum SET acts = acts - (OLD.side = 'actor'), receives = receives - (OLD.side = 'recipient')
    WHERE actor = OLD.actor;
END;

-- How many positions and events there are on an issue. Whoever adds a reading adds its sums: a trigger for each row would cost
-- a quarter of the time of adding.
CREATE TABLE issue_sum (
  issue     INTEGER PRIMARY KEY REFERENCES issue (id),
  positions INTEGER NOT NULL,
  events    INTEGER NOT NULL
) STRICT;
INSERT INTO issue_sum
  SELECT id, (SELECT count(*) FROM position WHERE issue = issue.id), (SELECT count(*) FROM event_issue WHERE issue = issue.id)
  FROM issue;

CREATE INDEX occurrence_by_type ON occurrence (type, day) WHERE reports > 0;
CREATE INDEX position_by_reading ON position (reading);
CREATE INDEX position_by_actor ON position_actor (actor);
