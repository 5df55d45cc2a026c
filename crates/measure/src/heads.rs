//! `measure attribution PATH` and `measure events PATH`: what the heads say by themselves, before the coder, as records
//! for the shared scorers of attribution and events; `measure records PATH`: the same after the coder, with settings to try.
//!
//! `PATH` is what the program itself reads. Where the score of its records differs from this, the coder made the
//! difference.

use analysis::Analyzer;
use serde_json::{Value, json};
use types::{CharIndex, Document, TokenRange, Trigger};

use crate::Failure;
use crate::options::Options;

/// Prints a record with the claims of each text.
pub fn attribution(args: &[String]) -> Result<(), Failure> {
    run(&Options::parse("attribution", args)?, claims)
}

/// Prints a record with the events of each text.
pub fn events(args: &[String]) -> Result<(), Failure> {
    run(&Options::parse("events", args)?, event_record)
}

/// Prints the program's record of each text, with the settings that the call asks for.
pub fn records(args: &[String]) -> Result<(), Failure> {
    let options = Options::parse("records", args)?;
    let reader = options.reader()?;
    for file in &options.files {
        for story in options.stories(file)? {
            println!("{}", json!(reader.read(&story)));
        }
    }
    Ok(())
}

fn run(options: &Options, record: fn(&Spans<'_>) -> Value) -> Result<(), Failure> {
    let analyzer: Analyzer = options.analyzer()?;
    for file in &options.files {
        for story in options.stories(file)? {
            let document = analyzer.analyze(story);
            let spans = Spans {
                document: &document,
                index: CharIndex::new(&document.story.text),
            };
            let mut record = record(&spans);
            record["story"] = json!({"ref": document.story.reference});
            println!("{record}");
        }
    }
    Ok(())
}

/// A document with its offsets in code points.
struct Spans<'d> {
    document: &'d Document,
    index: CharIndex<'d>,
}

impl Spans<'_> {
    fn one(&self, range: &TokenRange) -> [usize; 2] {
        self.index.span(self.document.span(range))
    }

    fn all(&self, ranges: &[TokenRange]) -> Value {
        ranges.iter().map(|range| json!(self.one(range))).collect()
    }

    /// An actor for each stretch: its id, and itself.
    fn actors(&self, prefix: &str, ranges: &[TokenRange]) -> (Vec<String>, Vec<Value>) {
        let actor = |(i, range): (usize, &TokenRange)| {
            let (id, [start, end]) = (format!("{prefix}{i}"), self.one(range));
            let mention = json!({"start": start, "end": end, "form": "named"});
            let name = self.document.words(range);
            (
                id.clone(),
                json!({"id": id, "name": name, "mentions": [mention]}),
            )
        };
        ranges.iter().enumerate().map(actor).unzip()
    }
}

fn claims(spans: &Spans<'_>) -> Value {
    let claims = spans.document.attributions.iter().map(|claim| {
        json!({
            "source": {"spans": spans.all(&claim.source)},
            "cue": spans.all(&claim.cue),
            "content": spans.all(&claim.content),
        })
    });
    json!({"claims": claims.collect::<Value>()})
}

fn event_record(spans: &Spans<'_>) -> Value {
    let (mut events, mut actors, mut claims) = (Vec::new(), Vec::new(), Vec::new());
    for (i, trigger) in spans.document.triggers.iter().enumerate() {
        let (event, parties, claim) = event(spans, i, trigger);
        events.push(event);
        actors.extend(parties);
        claims.extend(claim);
    }
    json!({"events": events, "actors": actors, "claims": claims})
}

fn event(spans: &Spans<'_>, i: usize, trigger: &Trigger) -> (Value, Vec<Value>, Option<Value>) {
    let roles = &trigger.roles;
    let (actor, mut parties) = spans.actors(&format!("a{i}."), &roles.actor);
    let (recipient, more) = spans.actors(&format!("r{i}."), &roles.recipient);
    parties.extend(more);
    let reported = !roles.reporter.is_empty();
    let claim = reported.then(|| {
        json!({
            "id": format!("c{i}"),
            "source": {"spans": spans.all(&roles.reporter)},
        })
    });
    let event = json!({
        "type": trigger.event.as_str(),
        "mode": trigger.mode.map(|mode| mode.as_str()),
        "status": trigger.status.as_str(),
        "trigger": [spans.one(&trigger.tokens)],
        "actor": actor,
        "recipient": recipient,
        "according_to": claim.as_ref().map(|claim| claim["id"].clone()),
        "date": null,
        "confidence": trigger.confidence,
    });
    (event, parties, claim)
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // Lists of one range are what is meant.
mod tests {
    use super::*;
    use crate::gold;
    use types::{Attribution, EventType, Roles, Status};

    #[test]
    fn spans_count_code_points() {
        let mut document = gold::document(&[vec!["Été", "said", "Rita", "fell"]]);
        document.attributions.push(Attribution {
            source: vec![0..1],
            cue: vec![1..2],
            content: vec![2..4],
            confidence: 1.0,
            scores: Default::default(),
        });
        document.triggers.push(Trigger {
            tokens: 3..4,
            event: EventType::Assault,
            mode: None,
            status: Status::Claimed,
            status_scores: [0.0; 6],
            roles: Roles {
                recipient: vec![2..3],
                reporter: vec![0..1],
                ..Roles::default()
            },
            confidence: 1.0,
            scores: Default::default(),
        });
        let index = CharIndex::new(&document.story.text);
        let spans = Spans {
            document: &document,
            index,
        };
        let claim = &claims(&spans)["claims"][0];
        assert_eq!(claim["content"], json!([[9, 18]]));
        let record = event_record(&spans);
        assert_eq!(record["events"][0]["trigger"], json!([[14, 18]]));
        assert_eq!(record["events"][0]["according_to"], "c0");
        assert_eq!(record["claims"][0]["source"]["spans"], json!([[0, 3]]));
        assert_eq!(record["actors"][0]["name"], "Rita");
    }
}
