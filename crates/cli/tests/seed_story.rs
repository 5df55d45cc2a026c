//! The seed story of the shared folder, Kerry in Sochi in 2015, as an acceptance test of the whole. Its text is not in
//! the repository: the test runs where `RAPPORTEUR_SHARED` or `../shared` has it, and says so where it does not.

mod common;

use std::path::{Path, PathBuf};

use common::{rapporteur, records, root, text};
use serde_json::Value;

const STORY: &str = "stories/000_574d78f9c76da2b6.txt";

/// The story's record with look-ups by words.
struct Seed {
    record: Value,
    characters: Vec<char>,
}

impl Seed {
    /// Reads the story; `None` where it is not there.
    fn read() -> Option<Seed> {
        let beside = || root().join("../shared");
        let shared = std::env::var_os("RAPPORTEUR_SHARED").map_or_else(beside, PathBuf::from);
        let path = shared.join(STORY);
        if !Path::exists(&path) {
            eprintln!("skipped: {} is not there", path.display());
            return None;
        }
        let run = rapporteur(&["read", "--format", "jsonl", &text(&path)]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        let record = records(&run).remove(0);
        let characters = record["story"]["text"].as_str()?.chars().collect();
        Some(Seed { record, characters })
    }

    fn list(&self, name: &str) -> &[Value] {
        self.record[name].as_array().expect("the record has lists")
    }

    fn slice(&self, span: &Value) -> String {
        let (start, end) = if span.is_array() {
            (&span[0], &span[1])
        } else {
            (&span["start"], &span["end"])
        };
        let at = |n: &Value| n.as_u64().expect("an offset") as usize;
        self.characters[at(start)..at(end)].iter().collect()
    }

    /// The words of a list of spans.
    fn words(&self, spans: &Value) -> String {
        let spans = spans.as_array().expect("a list of spans");
        spans.iter().map(|s| self.slice(s) + " ").collect()
    }

    /// The actor's name and all its mentions, joined.
    fn known_as(&self, id: &Value) -> String {
        let actor = self.list("actors").iter().find(|a| a["id"] == *id);
        let Some(actor) = actor else {
            return String::new();
        };
        let mentions = actor["mentions"].as_array().expect("mentions");
        let mentions: Vec<String> = mentions.iter().map(|m| self.slice(m)).collect();
        format!(
            "{} | {}",
            actor["name"].as_str().unwrap_or_default(),
            mentions.join(" | ")
        )
    }

    fn party(&self, event: &Value, role: &str, word: &str) -> bool {
        let ids = event[role].as_array().expect("parties are a list");
        ids.iter().any(|id| self.known_as(id).contains(word))
    }

    fn either_party(&self, event: &Value, word: &str) -> bool {
        self.party(event, "actor", word) || self.party(event, "recipient", word)
    }

    /// Events of a type, one of several with a bar between.
    fn events<'s>(&'s self, kinds: &'s str) -> impl Iterator<Item = &'s Value> {
        let fits = move |e: &&Value| kinds.split('|').any(|kind| e["type"] == kind);
        self.list("events").iter().filter(fits)
    }

    fn sentence(&self, event: &Value) -> String {
        let index = event["sentence"].as_u64().expect("a sentence") as usize;
        self.slice(&self.list("sentences")[index])
    }

    fn trigger(&self, event: &Value) -> String {
        self.words(&event["trigger"])
    }

    /// Who says that the event took place: the source's words and the names of its actor.
    fn according_to(&self, event: &Value) -> String {
        let claim = self
            .list("claims")
            .iter()
            .find(|c| c["id"] == event["according_to"]);
        claim.map_or_else(String::new, |claim| self.source(claim))
    }

    fn source(&self, claim: &Value) -> String {
        if claim["source"].is_null() {
            return String::new();
        }
        self.words(&claim["source"]["spans"]) + &self.known_as(&claim["source"]["actor"])
    }

    /// Whether `word` stands in a part of this kind.
    fn stands_in(&self, kind: &str, word: &str) -> bool {
        let parts = self.record["story"]["parts"].as_array().expect("parts");
        parts
            .iter()
            .any(|p| p["kind"] == kind && self.slice(p).contains(word))
    }

    fn quotes(&self, speaker: &str, word: &str) -> bool {
        let by = |c: &&Value| self.source(c).contains(speaker);
        self.list("claims")
            .iter()
            .filter(by)
            .any(|c| self.words(&c["content"]).contains(word))
    }

    fn all_events(&self) -> String {
        let line = |e: &Value| {
            let parties = |role: &str| {
                let ids = e[role].as_array().expect("parties are a list");
                ids.iter()
                    .map(|id| self.known_as(id) + "; ")
                    .collect::<String>()
            };
            format!(
                "{} {} {} [{}] -> [{}] according to [{}]\n",
                self.trigger(e),
                e["type"],
                e["status"],
                parties("actor"),
                parties("recipient"),
                self.according_to(e)
            )
        };
        self.list("events").iter().map(line).collect()
    }
}

/// Fails with all events of the story, so that it can be seen what was made of it.
macro_rules! must {
    ($seed:expr, $condition:expr, $what:literal) => {
        assert!($condition, "{}:\n{}", $what, $seed.all_events());
    };
}

#[test]
fn meetings() {
    let Some(seed) = Seed::read() else { return };
    let with = |name: &str| {
        seed.events("CONSULT")
            .filter(|e| {
                seed.either_party(e, "Kerry")
                    && seed.either_party(e, name)
                    && e["status"] == "actual"
            })
            .collect::<Vec<_>>()
    };
    let putin = with("Putin");
    must!(seed, !putin.is_empty(), "Kerry met Putin");
    let sochi = seed
        .list("places")
        .iter()
        .find(|p| p["name"] == "Sochi")
        .map(|p| &p["id"]);
    must!(
        seed,
        putin.iter().any(|e| Some(&e["place"]) == sochi),
        "in Sochi"
    );
    must!(seed, !with("Lavrov").is_empty(), "Kerry met Lavrov");
}

#[test]
fn denials_and_claims() {
    let Some(seed) = Seed::read() else { return };
    let denied = |e: &&Value| {
        e["status"] == "denied"
            && seed.party(e, "actor", "Russia")
            && seed.according_to(e).contains("Russia")
    };
    must!(
        seed,
        seed.events("AID").any(|e| denied(&e)),
        "Russia denies its aid"
    );
    let funding = |e: &&Value| {
        e["status"] == "claimed"
            && seed.trigger(e).contains("funding")
            && seed.according_to(e).contains("report")
    };
    must!(
        seed,
        seed.events("AID").any(|e| funding(&e)),
        "the report claims the funding"
    );
    let blames =
        |e: &&Value| seed.party(e, "actor", "Russia") && seed.party(e, "recipient", "U.S.");
    must!(
        seed,
        seed.events("ACCUSE").any(|e| blames(&e)),
        "Russia accuses the U.S."
    );
    let support = |e: &&Value| {
        e["status"] == "claimed"
            && seed.party(e, "actor", "U.S.")
            && seed.according_to(e).contains("Russia")
    };
    must!(
        seed,
        seed.events("SUPPORT|AID").any(|e| support(&e)),
        "Russia claims that the U.S. support Kyiv"
    );
}

#[test]
fn plans_and_possibilities_are_not_facts() {
    let Some(seed) = Seed::read() else { return };
    let about_sale = |e: &&Value| seed.sentence(e).contains("Tehran");
    let delivered = |e: &Value| {
        e["status"] == "actual" && matches!(e["type"].as_str(), Some("AID" | "COOPERATE"))
    };
    let sale: Vec<&Value> = seed.list("events").iter().filter(about_sale).collect();
    must!(
        seed,
        sale.iter()
            .any(|e| e["status"] == "planned" || e["type"] == "AGREE"),
        "a plan to sell"
    );
    let sold = |e: &&&Value| delivered(e) && seed.trigger(e).contains("sell");
    must!(seed, !sale.iter().any(|e| sold(&e)), "nothing is sold yet");
    let offensive = |e: &&Value| seed.sentence(e).contains("offensive") && e["status"] == "actual";
    must!(
        seed,
        !seed.events("ASSAULT").any(|e| offensive(&e)),
        "no offensive"
    );
    let raised = |e: &&Value| seed.trigger(e).contains("raise ") && e["status"] == "actual";
    must!(
        seed,
        !seed.list("events").iter().any(|e| raised(&e)),
        "the issue was not raised"
    );
}

#[test]
fn a_killing_without_a_known_actor() {
    let Some(seed) = Seed::read() else { return };
    let nemtsov = |e: &&Value| {
        seed.trigger(e).contains("gunned")
            && e["status"] == "actual"
            && e["actor"].as_array().is_some_and(Vec::is_empty)
            && seed.party(e, "recipient", "Nemtsov")
    };
    must!(
        seed,
        seed.events("ASSAULT").any(|e| nemtsov(&e)),
        "Nemtsov was gunned down"
    );
}

#[test]
fn who_said_what() {
    let Some(seed) = Seed::read() else { return };
    for (speaker, word) in [
        ("Kerry", "work together"),
        ("Kerry", "progress"),
        ("Lavrov", "disagreements"),
        ("Lavrov", "peaceful"),
        ("Yashin", "harm"),
        ("Trenin", "offensive"),
    ] {
        assert!(seed.quotes(speaker, word), "{speaker} speaks of {word}");
    }
}

#[test]
fn what_is_not_the_story() {
    let Some(seed) = Seed::read() else { return };
    for word in ["JOIN NOW", "mailing list"] {
        assert!(seed.stands_in("boilerplate", word), "{word}");
        assert!(!seed.stands_in("body", word), "{word}");
    }
    assert_eq!(seed.record["story"]["published"], "2015-05-12");
}
