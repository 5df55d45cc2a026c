//! From an annotated document to the record of events and claims.
//!
//! The coder sees annotations and the lexicon, never how annotations were made: its tests run on hand-made CoNLL-U.
//! In reading order: `reading` (look-ups), `quotes`, `parties` (joined noun phrases), `titles`, `mentions`, `cast`
//! (actors, each a `draft`) with `naming`, `offices`, `nominals`, `groups`, `pronouns` with `ranking`, and `countries`, `subjects`,
//! `claims` with `content`, `status`, `roles`, `events` with `clause`, `contexts` and `cameo`, `dates`, `issues`, `positions` and `topics`, `places`,
//! `quantities`, and `assemble`, which writes the record; `explain` tells how it came to be.

mod assemble;
mod cameo;
mod cast;
mod claims;
mod clause;
mod content;
mod contexts;
mod countries;
mod dates;
mod draft;
mod events;
mod explain;
mod groups;
mod issues;
mod mentions;
mod naming;
mod nominals;
mod offices;
mod offsets;
mod parties;
mod places;
mod positions;
mod pronouns;
mod quantities;
mod quotes;
mod ranking;
mod reading;
mod roles;
mod status;
mod subjects;
mod titles;
mod topics;

use lexicon::Lexicon;
use types::explain::Explained;
use types::record::{Provenance, Record};
use types::{Document, Roles, TokenRange};

pub use dates::{DateCandidate, DateChoice};

use cast::Cast;
use claims::Claims;
use issues::Issues;
use reading::Reading;
use topics::Topics;

/// Codes `document`: actors with their mentions, claims, events with status and parties.
///
/// Never fails: a layer that is missing or wrong makes the record poorer, not the call an error. The same document and
/// lexicon give the same record, byte for byte.
pub fn code(document: &Document, lexicon: &Lexicon, provenance: Provenance) -> Record {
    code_watched(document, lexicon, provenance, &mut |_| ())
}

/// As [`code`]. `watch` is called with the name of a part of the work whenever that begins: with a clock it can tell where
/// the time goes.
pub fn code_watched(
    document: &Document,
    lexicon: &Lexicon,
    provenance: Provenance,
    watch: &mut dyn FnMut(&'static str),
) -> Record {
    watch("roles");
    let reading = Reading::new(document, lexicon);
    let coding = coding(&reading, watch);
    watch("dates");
    let dates = dates::dates(&reading, &coding.cast, &coding.events);
    watch("record");
    assemble::record(&reading, &coding, &dates, provenance)
}

/// Explains the record that [`code`] makes of the same `document`: for each of its events and claims the sentences with
/// their trees, the words of each part, and what was decided, by what, with what came second.
///
/// Never fails, as [`code`]. It codes the document anew, so that reading need not keep what only explaining asks for.
pub fn explain(document: &Document, lexicon: &Lexicon, provenance: Provenance) -> Explained {
    let reading = Reading::new(document, lexicon);
    let coding = coding(&reading, &mut |_| ());
    let dates = dates::dates(&reading, &coding.cast, &coding.events);
    let record = assemble::record(&reading, &coding, &dates, provenance);
    let Coding {
        cast,
        claims,
        events,
        topics,
    } = &coding;
    explain::explained(&reading, cast, claims, events, topics, &dates, &record)
}

/// What comes of a document before it is written down.
struct Coding<'d> {
    cast: Cast<'d>,
    claims: Claims,
    events: Vec<events::Event<'d>>,
    topics: Topics<'d>,
}

fn coding<'d>(reading: &Reading<'d>, watch: &mut dyn FnMut(&'static str)) -> Coding<'d> {
    let roles = roles(reading);
    watch("actors");
    let mut cast = Cast::assemble(reading, &spans(reading.document, &roles));
    watch("claims");
    let mut claims = Claims::gather(reading, &cast);
    cast.speakers(|token| claims.speaker(reading, token));
    countries::complete(reading, &mut cast);
    watch("events");
    let events = events::events(reading, &cast, &mut claims, &roles);
    watch("issues");
    let issues = Issues::find(reading);
    let positions = positions::positions(reading, &cast, &claims, &events, &issues);
    let topics = Topics::new(reading, &claims, &events, issues, positions);
    Coding {
        cast,
        claims,
        events,
        topics,
    }
}

/// Parties of each trigger, in their order; none where the trigger is not sound.
fn roles(reading: &Reading) -> Vec<Roles> {
    let of = |trigger: &types::Trigger| match reading.head_of_trigger(trigger) {
        Some(head) => roles::complete(reading, trigger, head),
        None => Roles::default(),
    };
    reading.document.triggers.iter().map(of).collect()
}

/// A pronoun "he" or "she" of a document, with everybody whom it may mean: what weights are learned from and scores
/// explained with.
#[derive(Clone, Debug)]
pub struct PronounChoice {
    /// Token of the pronoun.
    pub token: usize,
    /// The persons, in no order of likelihood.
    pub candidates: Vec<PronounCandidate>,
}

/// A person whom a pronoun may mean.
#[derive(Clone, Debug)]
pub struct PronounCandidate {
    /// Tokens of the person's names in the whole document.
    pub names: Vec<TokenRange>,
    /// Heads of the person's mentions, as far as they are known when the pronoun is resolved.
    pub heads: Vec<usize>,
    /// Name and value of each feature.
    pub features: Vec<(String, f64)>,
}

/// The choices that the coder has for each "he" and "she" of `document`, in text order.
pub fn pronoun_choices(document: &Document, lexicon: &Lexicon) -> Vec<PronounChoice> {
    let reading = Reading::new(document, lexicon);
    let mut found = Vec::new();
    Cast::assemble_with(
        &reading,
        &spans(document, &roles(&reading)),
        &mut |cast, token, candidates| {
            let known = |actor: usize| {
                let mentions = cast.actors[actor].mentions.iter();
                mentions.map(|m| &cast.mentions.all[*m])
            };
            let named = |m: &&mentions::Mention| m.form == mentions::Form::Named;
            let candidates = candidates.iter().map(|c| PronounCandidate {
                names: known(c.actor)
                    .filter(named)
                    .map(|m| m.tokens.clone())
                    .collect(),
                heads: known(c.actor).map(|m| m.head).collect(),
                features: c.features.clone(),
            });
            found.push(PronounChoice {
                token,
                candidates: candidates.collect(),
            });
        },
    );
    found
}

/// The choices that the coder has for the date of each event of `document`, in the order of the record's events.
pub fn date_choices(document: &Document, lexicon: &Lexicon) -> Vec<DateChoice> {
    let reading = Reading::new(document, lexicon);
    let coding = coding(&reading, &mut |_| ());
    dates::choices(&reading, &coding.cast, &coding.events)
}

/// All spans of parties and sources.
fn spans(document: &Document, roles: &[Roles]) -> Vec<TokenRange> {
    let parties = roles
        .iter()
        .flat_map(|r| r.actor.iter().chain(&r.recipient).chain(&r.reporter));
    let sources = document.attributions.iter().flat_map(|a| &a.source);
    parties.chain(sources).cloned().collect()
}
