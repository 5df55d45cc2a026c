//! Writes the record: which actors are kept, ids, offsets in code points.

use types::record::{
    Actor, Claim, ClaimSource, Event, Mention, PartRecord, ProblemRecord, Provenance, Record,
    SCHEMA, StoryRecord, Stretch, Timex,
};

use crate::Coding;
use crate::cast::Cast;
use crate::claims::Claims;
use crate::dates::Dating;
use crate::draft::Draft;
use crate::events::{self, needs_claim};
use crate::offsets::Offsets;
use crate::places::Places;
use crate::quantities::{Found, quantities};
use crate::reading::Reading;
use crate::topics::Topics;

pub(crate) fn record(
    reading: &Reading,
    coding: &Coding,
    dates: &[Dating],
    provenance: Provenance,
) -> Record {
    let Coding {
        cast,
        claims,
        events,
        topics,
    } = coding;
    let offsets = Offsets::new(&reading.document.story.text);
    let actor_ids = actor_ids(cast, claims, events, topics);
    let claim_ids = claim_ids(claims);
    let counted = quantities(reading, &offsets, claims, &claim_ids);
    let mut places = Places::of(reading, &offsets);
    let mut writer = Writer {
        reading,
        offsets: &offsets,
        actors: &actor_ids,
        claims: &claim_ids,
        counted: &counted,
        dates,
        places: &mut places,
        topics,
    };
    let events = events
        .iter()
        .enumerate()
        .map(|(i, e)| writer.event(i, e))
        .collect();
    Record {
        schema: SCHEMA,
        story: story(reading, &offsets),
        sentences: reading
            .document
            .sentences
            .iter()
            .map(|s| stretch(offsets.span(s.span)))
            .collect(),
        actors: actors(reading, cast, &offsets, &actor_ids),
        claims: writer.all_claims(claims),
        places: places.finish(),
        times: times(reading, &offsets),
        quantities: counted.into_iter().map(|c| c.quantity).collect(),
        events,
        issues: topics.issues(reading, &offsets),
        positions: topics.positions(reading, &offsets, &actor_ids, &claim_ids),
        problems: problems(reading, &offsets),
        provenance,
    }
}

fn stretch([start, end]: [usize; 2]) -> Stretch {
    Stretch { start, end }
}

fn story(reading: &Reading, offsets: &Offsets) -> StoryRecord {
    let story = reading.document.story.clone();
    let parts = story.parts.iter().map(|part| {
        let [start, end] = offsets.span(part.span);
        PartRecord {
            kind: part.kind.as_str().to_owned(),
            start,
            end,
        }
    });
    StoryRecord {
        parts: parts.collect(),
        id: story.id,
        reference: story.reference,
        url: story.url,
        headline: story.headline,
        byline: story.byline,
        publisher: story.publisher,
        section: story.section,
        language: story.language,
        published: story.published,
        text: story.text,
    }
}

fn times(reading: &Reading, offsets: &Offsets) -> Vec<Timex> {
    let times = reading.document.times.iter();
    let records = times.map(|time| {
        let [start, end] = offsets.span(time.span);
        Timex {
            start,
            end,
            kind: time.kind.as_str().to_owned(),
            value: time.value.clone(),
        }
    });
    records.collect()
}

fn problems(reading: &Reading, offsets: &Offsets) -> Vec<ProblemRecord> {
    let problems = reading.document.story.problems.iter();
    let records = problems.map(|problem| {
        let span = problem.span.map(|s| offsets.span(s));
        ProblemRecord {
            kind: problem.kind.to_owned(),
            start: span.map(|[start, _]| start),
            end: span.map(|[_, end]| end),
            message: problem.message.clone(),
        }
    });
    records.collect()
}

/// Ids of the actors that are kept, by index: parties, sources and addressees, who has a position, and all who are named.
pub(crate) fn actor_ids(
    cast: &Cast,
    claims: &Claims,
    events: &[events::Event],
    topics: &Topics,
) -> Vec<Option<String>> {
    let mut kept: Vec<bool> = cast.actors.iter().map(|a| a.named).collect();
    let parties = events
        .iter()
        .flat_map(|e| e.actor.iter().chain(&e.recipient));
    let speakers = claims
        .all
        .iter()
        .flat_map(|c| c.source.iter().chain(&c.addressee));
    let holders = topics.positions.iter().flat_map(|p| &p.actors);
    for actor in parties.chain(speakers).chain(holders) {
        kept[*actor] = true;
    }
    let first = |a: &usize| {
        cast.actors[*a]
            .mentions
            .iter()
            .map(|m| cast.mentions.all[*m].tokens.start)
            .min()
    };
    let kept = |a: &usize| kept[*a] && !cast.actors[*a].mentions.is_empty();
    let mut order: Vec<usize> = (0..cast.actors.len()).filter(kept).collect();
    order.sort_by_key(|a| (first(a), *a));
    let mut ids = vec![None; cast.actors.len()];
    for (number, actor) in order.into_iter().enumerate() {
        ids[actor] = Some(format!("a{}", number + 1));
    }
    ids
}

/// Ids of claims by index, in order of cues.
pub(crate) fn claim_ids(claims: &Claims) -> Vec<String> {
    let mut order: Vec<usize> = (0..claims.all.len()).collect();
    order.sort_by_key(|c| (claims.all[*c].cue.first().map(|r| r.start), *c));
    let mut ids = vec![String::new(); order.len()];
    for (number, claim) in order.into_iter().enumerate() {
        ids[claim] = format!("c{}", number + 1);
    }
    ids
}

fn actors(reading: &Reading, cast: &Cast, offsets: &Offsets, ids: &[Option<String>]) -> Vec<Actor> {
    let mut actors: Vec<(usize, Actor)> = Vec::new();
    for (draft, id) in cast.actors.iter().zip(ids) {
        if let Some(id) = id {
            let number = id[1..].parse().unwrap_or_default();
            actors.push((number, actor(reading, cast, offsets, draft, id)));
        }
    }
    actors.sort_by_key(|(number, _)| *number);
    actors.into_iter().map(|(_, actor)| actor).collect()
}

fn actor(reading: &Reading, cast: &Cast, offsets: &Offsets, draft: &Draft, id: &str) -> Actor {
    let mut mentions: Vec<Mention> = Vec::new();
    for mention in draft.mentions.iter().map(|m| &cast.mentions.all[*m]) {
        let [start, end] = offsets.range(reading, &mention.tokens);
        let form = mention.form.as_str().to_owned();
        if !mentions.iter().any(|m| (m.start, m.end) == (start, end)) {
            mentions.push(Mention { start, end, form });
        }
    }
    mentions.sort_by_key(|m| (m.start, m.end));
    Actor {
        id: id.to_owned(),
        name: draft.name.clone(),
        kind: draft.kind.as_str().to_owned(),
        code: code(draft),
        country: draft.country.map(str::to_owned),
        roles: draft.roles.iter().map(|r| (*r).to_owned()).collect(),
        title: draft
            .titles
            .iter()
            .map(|t| &t.words)
            .max_by_key(|w| w.len())
            .cloned(),
        wikidata: None,
        mentions,
    }
}

/// CAMEO code: the lexicon's, or country and first role; the country alone where no role is known. Nothing for who has no
/// known country.
fn code(draft: &Draft) -> Option<String> {
    if let Some(code) = draft.code {
        return Some(code.to_owned());
    }
    let country = draft.country?;
    let role = draft.roles.first().copied().unwrap_or_default();
    Some(format!("{country}{role}"))
}

struct Writer<'w, 'd> {
    reading: &'w Reading<'d>,
    offsets: &'w Offsets<'d>,
    actors: &'w [Option<String>],
    claims: &'w [String],
    counted: &'w [Found],
    dates: &'w [Dating],
    places: &'w mut Places,
    topics: &'w Topics<'d>,
}

impl Writer<'_, '_> {
    fn event(&mut self, index: usize, event: &events::Event) -> Event {
        let trigger = event.trigger;
        let cameo = event.cameo.as_ref().map(|c| c.cameo);
        let mut rule = "head:trigger".to_owned();
        if let Some(name) = event.verdict.rule {
            rule.push_str("+rule:");
            rule.push_str(name);
        }
        if let Some(name) = self.dates[index].rule {
            rule.push_str("+date:");
            rule.push_str(name);
        }
        Event {
            id: format!("e{}", index + 1),
            event: trigger.event.as_str().to_owned(),
            mode: trigger.mode.map(|m| m.as_str().to_owned()),
            contexts: event.contexts.iter().map(|c| (*c).to_owned()).collect(),
            cameo: cameo.map(|c| c.code.to_owned()),
            goldstein: cameo.map(|c| c.goldstein),
            quad: self.reading.lexicon.quad(trigger.event).to_owned(),
            actor: self.ids(&event.actor),
            recipient: self.ids(&event.recipient),
            trigger: vec![self.offsets.range(self.reading, &trigger.tokens)],
            sentence: self.reading.sentence(event.head),
            date: self.dates[index].date.clone(),
            place: self
                .places
                .of_event(self.reading, self.offsets, trigger, event.head),
            status: event.verdict.status.as_str().to_owned(),
            according_to: event.claim.map(|c| self.claims[c].clone()),
            quantities: self.quantities(event),
            issues: self.topics.of_event(index),
            rule,
            confidence: confidence(event),
        }
    }

    fn ids(&self, actors: &[usize]) -> Vec<String> {
        actors
            .iter()
            .filter_map(|a| self.actors[*a].clone())
            .collect()
    }

    /// Quantities inside of the event's parties, or that count what its verb did.
    fn quantities(&self, event: &events::Event) -> Vec<usize> {
        let roles = &event.trigger.roles;
        let spans = || roles.actor.iter().chain(&roles.recipient);
        let mine = |found: &Found| {
            let own = self
                .reading
                .upwards(found.token)
                .take(3)
                .any(|t| event.trigger.tokens.contains(&t));
            own || spans().any(|s| s.contains(&found.token))
        };
        (0..self.counted.len())
            .filter(|i| mine(&self.counted[*i]))
            .collect()
    }

    fn all_claims(&self, claims: &Claims) -> Vec<Claim> {
        let mut order: Vec<usize> = (0..claims.all.len()).collect();
        order.sort_by_key(|c| (claims.all[*c].cue.first().map(|r| r.start), *c));
        order.into_iter().map(|c| self.claim(claims, c)).collect()
    }

    fn claim(&self, claims: &Claims, index: usize) -> Claim {
        let claim = &claims.all[index];
        let id = |actor: &usize| self.actors[*actor].clone();
        let actor = claim.source.as_ref().and_then(id);
        let spans = self.offsets.ranges(self.reading, &claim.source_spans);
        let named = actor.is_some() || !spans.is_empty();
        Claim {
            id: self.claims[index].clone(),
            source: named.then_some(ClaimSource { actor, spans }),
            cue: self.offsets.ranges(self.reading, &claim.cue),
            content: self.offsets.ranges(self.reading, &claim.content),
            manner: claim.manner.as_str().to_owned(),
            stance: claim.stance.as_str().to_owned(),
            addressee: claim.addressee.as_ref().and_then(id),
            inside: claim.inside.map(|c| self.claims[c].clone()),
            confidence: rounded(claim.confidence),
        }
    }
}

/// The trigger's confidence, times the head's for the status where no rule decided it. A claimed or denied event of which
/// it is not known who claims or denies it is less sure.
fn confidence(event: &events::Event) -> f64 {
    let status = match event.verdict.rule {
        Some(_) => 1.0,
        None => event
            .trigger
            .status_scores
            .iter()
            .copied()
            .fold(0.0, f32::max),
    };
    let anonymous = needs_claim(event.verdict.status) && event.claim.is_none();
    let known = if anonymous { 0.5 } else { 1.0 };
    rounded(event.trigger.confidence * status * known)
}

/// Three decimals: more would be noise, and would differ between machines.
pub(crate) fn rounded(score: f32) -> f64 {
    let score = if score.is_finite() {
        f64::from(score).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (score * 1000.0).round() / 1000.0
}
