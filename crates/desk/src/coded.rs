//! An event or claim field by field, as the ledger's record has it, with what each code means.

use ledger::query::Numbers;
use schemars::JsonSchema;
use serde::Serialize;
use types::record::{Claim, Event, Offsets, Place, Record};

use crate::codebook;
use crate::highlight::{Stretch, passage};
use crate::reading::{ClaimCard, EventCard, Lookup, Named};
use crate::view;

/// An event or claim as the record has it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Coded {
    /// Its id in the record: `e3`, `c2`.
    pub id: String,
    /// `event` or `claim`.
    pub kind: &'static str,
    /// In a line.
    pub summary: String,
    /// The sentence that it rests on; empty where there is none.
    pub sentence: String,
    /// First and last code point of the sentence.
    pub offsets: Offsets,
    /// What was coded, field by field.
    pub fields: Vec<Field>,
    /// 0 to 1.
    pub confidence: f64,
    /// What made the record.
    pub made: String,
    /// The sentence with the words marked that the fields rest on.
    #[serde(skip)]
    pub stretches: Vec<Stretch>,
}

/// One field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Field {
    /// Its name: `type`, `status`, `actor`, `source` …
    pub field: &'static str,
    /// What it holds; `null` where the story does not say.
    pub value: Option<String>,
    /// The code that goes with it: an actor's CAMEO code, a place's country.
    pub code: Option<String>,
    /// What the value means, or why there is none.
    pub text: String,
    /// The page of what it names; empty where there is none.
    pub href: String,
}

impl Field {
    fn new(field: &'static str, value: Option<String>, text: impl Into<String>) -> Self {
        Field {
            field,
            value,
            text: text.into(),
            ..Field::default()
        }
    }

    fn leads(mut self, href: impl Into<String>) -> Self {
        self.href = href.into();
        self
    }
}

impl Coded {
    /// The event or claim `part` of the record of a story; `None` where it has none of that id.
    pub fn of(record: &Record, numbers: &Numbers, story: &str, part: &str) -> Option<Self> {
        let look = Lookup::new(record, numbers, Some(story));
        let event = record.events.iter().find(|event| event.id == part);
        let claim = record.claims.iter().find(|claim| claim.id == part);
        match (event, claim) {
            (Some(event), _) => Some(of_event(&look, event)),
            (None, Some(claim)) => Some(of_claim(&look, claim)),
            (None, None) => None,
        }
    }

    fn new(look: &Lookup, sentence: Option<Offsets>, lights: &str) -> Self {
        let record = look.record;
        let offsets = sentence.unwrap_or_default();
        let ids: Vec<&str> = lights.split(' ').collect();
        let made = &record.provenance;
        Coded {
            id: String::new(),
            kind: "",
            summary: String::new(),
            sentence: look.words(&[offsets]),
            offsets,
            fields: Vec::new(),
            confidence: 0.0,
            made: format!("{}, lexicon {}", made.program, made.lexicon),
            stretches: passage(record, offsets, &ids),
        }
    }
}

fn of_event(look: &Lookup, event: &Event) -> Coded {
    let record = look.record;
    let card = look.event(event);
    let sentence = record.sentences.get(event.sentence);
    let mode = event.mode.iter().map(|mode| format!("/{mode}"));
    let sides = [names(&card.actors), names(&card.recipients)];
    Coded {
        id: event.id.clone(),
        kind: "event",
        summary: format!(
            "{}{} {}: {}",
            event.event,
            mode.collect::<String>(),
            event.status,
            sides.join(" → ")
        ),
        fields: fields_of_event(look, event, &card),
        confidence: event.confidence,
        ..Coded::new(look, sentence.map(|s| [s.start, s.end]), &card.lights)
    }
}

fn fields_of_event(look: &Lookup, event: &Event, card: &EventCard) -> Vec<Field> {
    let record = look.record;
    let text = |text: &str| Some(text.to_owned());
    let mut fields = vec![
        Field::new(
            "words",
            Some(card.words.clone()),
            "The words that express it.",
        ),
        Field::new(
            "type",
            text(&event.event),
            codebook::type_text(&event.event),
        ),
    ];
    if let Some(mode) = &event.mode {
        fields.push(Field::new("mode", text(mode), codebook::mode_text(mode)));
    }
    let contexts = event.contexts.iter();
    fields.extend(contexts.map(|context| Field::new("context", text(context), "")));
    let status = codebook::status_text(&event.status);
    fields.push(Field::new("status", text(&event.status), status));
    fields.extend(parties(look, "actor", &event.actor));
    fields.extend(parties(look, "recipient", &event.recipient));
    let claim = event.according_to.as_ref();
    let claim = claim.and_then(|id| record.claims.iter().find(|claim| claim.id == *id));
    fields.push(according_to(look, claim));
    fields.push(date(look, event));
    let place = event.place.as_ref();
    fields.push(place_of(
        place.and_then(|id| record.places.iter().find(|p| p.id == *id)),
    ));
    fields.extend(
        card.figures
            .iter()
            .map(|figure| Field::new("figure", text(figure), "")),
    );
    fields.extend(
        card.issues
            .iter()
            .map(|issue| Field::new("issue", text(issue), "")),
    );
    let weight = event
        .goldstein
        .map(|weight| format!("Goldstein weight {weight}."));
    fields.push(Field::new(
        "cameo",
        event.cameo.clone(),
        weight.unwrap_or_default(),
    ));
    let quad = usize::from(codebook::quad_of(&event.event));
    let meaning = codebook::QUADS.get(quad.wrapping_sub(1));
    let meaning = meaning.map_or("", |quad| quad.text);
    fields.push(Field::new("quad", text(&event.quad), meaning));
    fields.push(Field::new(
        "rule",
        text(&event.rule),
        "What decided type and status: heads and rules.",
    ));
    fields
}

/// A row for each of a side, one without a value where there is nobody.
fn parties(look: &Lookup, side: &'static str, ids: &[String]) -> Vec<Field> {
    if ids.is_empty() {
        return vec![Field::new(side, None, "The story does not say.")];
    }
    ids.iter().map(|id| party(look, side, id)).collect()
}

fn party(look: &Lookup, side: &'static str, id: &str) -> Field {
    let Named {
        name,
        href,
        country,
    } = look.named(id);
    let actor = look.actor(id);
    let title = actor.and_then(|actor| actor.title.clone().or(Some(actor.kind.clone())));
    let of = country.as_deref().map(codebook::country);
    let about: Vec<String> = title.into_iter().chain(of).collect();
    Field {
        code: actor.and_then(|actor| actor.code.clone()),
        ..Field::new(side, Some(name), about.join(", ")).leads(href)
    }
}

fn according_to(look: &Lookup, claim: Option<&Claim>) -> Field {
    let Some(claim) = claim else {
        return Field::new("according to", None, "The story itself tells it.");
    };
    let card = look.claim(claim);
    let stance = codebook::stance_verb(&claim.stance);
    let text = format!("{}: {stance}, “{}”: {}", claim.id, card.cue, card.content);
    let page = claim_page(&card);
    Field::new("according to", Some(card.source.name), text).leads(page)
}

fn claim_page(card: &ClaimCard) -> String {
    match card.number.as_str() {
        "" => String::new(),
        number => format!("/claims/{number}"),
    }
}

fn date(look: &Lookup, event: &Event) -> Field {
    let date = &event.date;
    let when = view::when(&date.first, &date.last);
    let time = date.time.and_then(|at| look.record.times.get(at));
    let text = match (time, &date.why) {
        (Some(time), _) => format!("From “{}”.", look.words(&[[time.start, time.end]])),
        (None, Some(why)) => why.clone(),
        (None, None) => String::new(),
    };
    Field::new("date", (!when.is_empty()).then_some(when), text)
}

fn place_of(place: Option<&Place>) -> Field {
    let Some(place) = place else {
        return Field::new("place", None, "The story does not say.");
    };
    let at = place.latitude.zip(place.longitude);
    let at = at.map(|(latitude, longitude)| format!("{latitude:.2}, {longitude:.2}"));
    let country = place.country.as_deref().map(codebook::country);
    let about: Vec<String> = country.into_iter().chain(at).collect();
    Field {
        code: place.country.clone(),
        ..Field::new("place", Some(place.name.clone()), about.join("; "))
    }
}

fn of_claim(look: &Lookup, claim: &Claim) -> Coded {
    let card = look.claim(claim);
    // The sentence of the cue, as the claim's page has it.
    let first = claim.cue.first().or(claim.content.first());
    let sentences = look.record.sentences.iter();
    let sentence = first.and_then(|[at, _]| {
        let mut holding = sentences.filter(|s| (s.start..s.end).contains(at));
        holding.next().map(|s| [s.start, s.end])
    });
    Coded {
        id: claim.id.clone(),
        kind: "claim",
        summary: format!(
            "{}, {}: {}",
            card.source.name,
            claim.stance,
            short(&card.content)
        ),
        fields: fields_of_claim(look, claim, &card),
        confidence: claim.confidence,
        ..Coded::new(look, sentence, &card.lights)
    }
}

fn fields_of_claim(look: &Lookup, claim: &Claim, card: &ClaimCard) -> Vec<Field> {
    let text = |text: &str| Some(text.to_owned());
    let source = claim
        .source
        .as_ref()
        .and_then(|source| source.actor.as_ref());
    let mut fields = vec![
        match source {
            Some(actor) => party(look, "source", actor),
            None => Field::new("source", text(&card.source.name), "No actor of the story."),
        },
        Field::new(
            "cue",
            text(&card.cue),
            "The words that say that it is said.",
        ),
        Field::new(
            "stance",
            text(&claim.stance),
            codebook::stance_text(&claim.stance),
        ),
        Field::new("manner", text(&claim.manner), ""),
        Field::new("content", text(&card.content), ""),
    ];
    fields.extend(
        claim
            .addressee
            .iter()
            .map(|id| party(look, "addressee", id)),
    );
    fields.extend(claim.inside.iter().map(|outer| {
        Field::new(
            "inside",
            text(outer),
            "The claim in whose content this one stands.",
        )
    }));
    let events = look.record.events.iter();
    let within = events.filter(|event| event.according_to.as_ref() == Some(&claim.id));
    fields.extend(within.map(|event| {
        Field::new(
            "event",
            text(&event.id),
            format!("{}, {}", event.event, event.status),
        )
    }));
    fields
}

/// Characters of the content in a claim's summary.
const CONTENT: usize = 80;

fn short(content: &str) -> String {
    match content.char_indices().nth(CONTENT) {
        Some((cut, _)) => format!("{}…", &content[..cut]),
        None => content.to_owned(),
    }
}

fn names(parties: &[Named]) -> String {
    match parties {
        [] => "—".to_owned(),
        parties => {
            let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
            names.join(", ")
        }
    }
}
