//! When an event happened: which of the story's time expressions dates it.
//!
//! The first of these that gives a stretch of the calendar, each with a name that stands in the event's `rule`:
//! - `attached`: the expression depends on the trigger, or on a verb that the trigger is an argument of;
//! - `clause`: it depends on a verb whose clause the trigger's clause is joined to;
//! - `said`: it dates the statement by which an act of speaking is done ("said Monday that it rejects …");
//! - `caption`: it ends a sentence that has no other, with its year, as captions of pictures do;
//! - `elsewhere`: it stands in another sentence, and the story tells of the same act there, or still of the same day
//!   ([`elsewhere`]).
//!
//! Never the day of publication for want of another: an event without an expression has no date, and `why` says so.

mod elsewhere;

use types::record::EventDate;
use types::{Date, Period, Status, TimeExpression, TimeKind, Upos};

use crate::events::Event;
use crate::reading::Reading;
use crate::status::spoken;

/// An event's date, and the rule that gave it.
#[derive(Clone, Debug)]
pub(crate) struct Dating {
    pub(crate) date: EventDate,
    pub(crate) rule: Option<&'static str>,
}

/// An expression that names a stretch of the calendar, or would if the day of publication were known.
struct Dated {
    /// Index into the document's times.
    time: usize,
    /// Its syntactic head.
    head: usize,
    sentence: usize,
    /// Whether its value stands for a stretch of the calendar.
    resolved: bool,
}

#[derive(Clone)]
struct Choice {
    time: usize,
    period: Period,
    rule: &'static str,
}

/// The dates of all events, in their order.
pub(crate) fn dates(reading: &Reading, events: &[Event]) -> Vec<Dating> {
    let dater = Dater::new(reading, events);
    let own = events.iter().map(|event| dater.own(event)).collect();
    let all = elsewhere::complete(&dater, own);
    let dated = all.into_iter().zip(events);
    dated
        .map(|(choice, event)| dater.dating(event, choice))
        .collect()
}

/// What events are dated with.
struct Dater<'r, 'd> {
    reading: &'r Reading<'d>,
    events: &'r [Event<'d>],
    dated: Vec<Dated>,
    /// For each token, whether it belongs to a trigger.
    triggers: Vec<bool>,
    /// The day of publication.
    published: Option<Date>,
}

impl<'r, 'd> Dater<'r, 'd> {
    fn new(reading: &'r Reading<'d>, events: &'r [Event<'d>]) -> Self {
        let mut triggers = vec![false; reading.document.tokens.len()];
        for event in events {
            if let Some(tokens) = triggers.get_mut(event.trigger.tokens.clone()) {
                tokens.fill(true);
            }
        }
        Dater {
            reading,
            events,
            dated: dated(reading),
            triggers,
            published: reading
                .document
                .story
                .published
                .as_deref()
                .and_then(Date::parse),
        }
    }

    /// The date that the event's own sentence gives it.
    fn own(&self, event: &Event) -> Option<Choice> {
        let sentence = self.reading.sentence(event.head);
        let near = || {
            self.dated
                .iter()
                .filter(|d| d.sentence == sentence && d.resolved)
        };
        let ranked = near().filter_map(|d| {
            let (rank, rule) = self.link(event, d)?;
            let away = d.head.abs_diff(event.head);
            Some(((rank, away, d.time), rule))
        });
        let best = ranked.min_by_key(|(key, _)| *key);
        let best = best.map(|((_, _, time), rule)| (time, rule));
        let (time, rule) = best.or_else(|| self.caption(event, near()))?;
        let period = self.period(time, event)?;
        Some(Choice { time, period, rule })
    }

    /// How the expression is tied to the event, by the tree: a rank (the lower the closer) and the rule. `None` where it
    /// belongs to something else.
    fn link(&self, event: &Event, dated: &Dated) -> Option<(usize, &'static str)> {
        let (own, meeting, theirs) = self.meeting(event, dated)?;
        // The date of another event, or of a thing: "a 2011 law".
        let taken = theirs.iter().any(|t| self.triggers[*t]);
        let thing = self
            .reading
            .head(dated.head)
            .is_some_and(|h| theirs.contains(&h) && self.names(dated.head));
        if taken || thing {
            return None;
        }
        if theirs.iter().any(|t| self.opens_clause(*t)) && !self.tells_more(event, &own, &theirs) {
            return None;
        }
        if own.is_empty() {
            return Some((theirs.len(), "attached"));
        }
        if matches!(event.verdict.status, Status::Possible | Status::Negated) {
            return None;
        }
        let has = |relations: &[&str]| {
            own.iter()
                .any(|t| relations.contains(&self.reading.relation(*t)))
        };
        if has(&["acl"]) {
            return None;
        }
        // "Earlier Friday, he resigned, the party said": what stands before both dates the act.
        let framed = meeting > event.head && meeting > dated.head && own.len() == 1;
        if framed && event.verdict.status != Status::Possible {
            return Some((8, "attached"));
        }
        if has(&["ccomp"]) || self.reading.relation(own[own.len() - 1]) == "parataxis" {
            let speaks = spoken(event.trigger.event) && event.verdict.status == Status::Actual;
            return speaks.then_some((20 + own.len(), "said"));
        }
        let other = self.triggers[meeting]
            || self
                .reading
                .lexicon
                .stance(self.reading.lemma(meeting))
                .is_some();
        if has(&["conj", "advcl"]) {
            return Some((10 + own.len(), "clause"));
        }
        // "condemned Monday's attack" dates the attack, "condemned the attack on Monday" the condemnation.
        (!other).then_some((2 + own.len() + theirs.len(), "attached"))
    }

    /// The tokens from the event up to where its way meets the expression's, that token, and those from the expression;
    /// the token where they meet is in neither list.
    fn meeting(&self, event: &Event, dated: &Dated) -> Option<(Vec<usize>, usize, Vec<usize>)> {
        let trigger = &event.trigger.tokens;
        let above: Vec<usize> = self.reading.upwards(event.head).collect();
        let mut theirs = Vec::new();
        for token in self.reading.upwards(dated.head) {
            if trigger.contains(&token) {
                return Some((Vec::new(), token, theirs));
            }
            if let Some(at) = above.iter().position(|t| *t == token) {
                let own = above[..at]
                    .iter()
                    .copied()
                    .filter(|t| !trigger.contains(t) || at == 1);
                return Some((own.collect(), token, theirs));
            }
            theirs.push(token);
        }
        None
    }

    /// Whether the expression stands before a noun as part of its name.
    fn names(&self, head: usize) -> bool {
        matches!(self.reading.relation(head), "compound" | "amod" | "nummod")
    }

    /// Whether a clause of its own hangs on its head by `token`.
    fn opens_clause(&self, token: usize) -> bool {
        matches!(
            self.reading.relation(token),
            "acl" | "advcl" | "ccomp" | "parataxis" | "csubj"
        ) || self.reading.relation(token) == "conj" && self.reading.upos(token) == Upos::Verb
    }

    /// "the attack, which happened on Monday": a clause that hangs on the trigger itself and has no trigger of its own.
    fn tells_more(&self, event: &Event, own: &[usize], theirs: &[usize]) -> bool {
        let noun = self.reading.upos(event.head) != Upos::Verb;
        own.is_empty() && noun && !theirs.iter().any(|t| self.triggers[*t])
    }

    /// The only expression of the sentence, where it has day and year and ends it: the date of a picture.
    fn caption<'x>(
        &self,
        event: &Event,
        mut near: impl Iterator<Item = &'x Dated>,
    ) -> Option<(usize, &'static str)> {
        let (only, None) = (near.next()?, near.next()) else {
            return None;
        };
        let document = self.reading.document;
        let time = &document.times[only.time];
        let words = document.story.text.get(time.span.start..time.span.end)?;
        let whole = words.len() > 8 && words.ends_with(|c: char| c.is_ascii_digit());
        let day = time.value.as_ref().is_some_and(|value| value.len() == 10);
        let sentence = &document.sentences[only.sentence];
        let last = sentence.span.end.saturating_sub(time.span.end) < 30;
        let happened = event.verdict.status != Status::Possible;
        (whole && day && last && happened).then_some((only.time, "caption"))
    }

    /// The stretch that an expression means for the event: a plan lies ahead, what has happened behind.
    fn period(&self, time: usize, event: &Event) -> Option<Period> {
        let document = self.reading.document;
        let time = &document.times[time];
        let published = document.story.published.as_deref();
        let value = turned(time, event.verdict.status, published)?;
        let mut period = Period::of(value)?;
        let today = published.and_then(Date::parse);
        if let Some(today) = today.filter(|_| event.verdict.status != Status::Planned) {
            period = until(period, today, self.since(time))?;
        }
        Some(period)
    }

    /// Whether "since" stands before the expression.
    fn since(&self, time: &TimeExpression) -> bool {
        let words = self.reading.document.touched(time.span);
        words.start > 0
            && self
                .reading
                .form(words.start - 1)
                .eq_ignore_ascii_case("since")
    }

    fn party(&self, event: &Event, other: &Event) -> bool {
        shares(&event.actor, &other.actor) || shares(&event.recipient, &other.recipient)
    }

    fn same_act(&self, event: &Event, other: &Event) -> bool {
        let lemma = |event: &Event| self.reading.lemma(event.head);
        event.trigger.event == other.trigger.event && akin(lemma(event), lemma(other))
    }

    /// Why an event has no date.
    fn why(&self, event: &Event) -> String {
        let document = self.reading.document;
        let sentence = self.reading.sentence(event.head);
        let near = self
            .dated
            .iter()
            .filter(|d| d.sentence == sentence && !d.resolved);
        let linked = near
            .filter(|d| self.link(event, d).is_some())
            .min_by_key(|d| d.time);
        let reason = match (linked, event.verdict.status) {
            (Some(open), _) => {
                let span = document.times[open.time].span;
                let words = document
                    .story
                    .text
                    .get(span.start..span.end)
                    .unwrap_or_default();
                return format!("\"{words}\" counts from a day that the story does not give");
            }
            (None, Status::Possible) => "it has not happened yet, and no day is named",
            (None, Status::Negated) => "it did not happen, and no day is named",
            _ => "the story names no day for it",
        };
        reason.to_owned()
    }

    fn dating(&self, event: &Event, choice: Option<Choice>) -> Dating {
        let Some(choice) = choice else {
            let why = Some(self.why(event));
            let date = EventDate {
                why,
                ..EventDate::default()
            };
            return Dating { date, rule: None };
        };
        let date = EventDate {
            first: Some(choice.period.first),
            last: Some(choice.period.last),
            time: Some(choice.time),
            why: None,
        };
        Dating {
            date,
            rule: Some(choice.rule),
        }
    }
}

/// What has happened lies before the story: the stretch as far as the day of publication, or from its beginning to that
/// day behind "since". `None` where it lies ahead altogether, but for the day after, when a story may be brought up to date.
fn until(period: Period, today: Date, since: bool) -> Option<Period> {
    let (first, last) = period.bounds()?;
    if first.days() > today.days() + 1 {
        return None;
    }
    let day = today.to_string();
    // The end is written as finely as the beginning.
    let today = day.get(..period.first.len()).unwrap_or(&day).to_owned();
    let week = period.first.len() == 10 && last.days() > first.days() && last.to_string() > day;
    let last = if since || week { today } else { period.last };
    Some(Period { last, ..period })
}

fn shares(a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|x| b.contains(x))
}

/// Whether two words begin alike, as a verb and its noun do ("arrest", "arrested"; "invade", "invasion").
fn akin(a: &str, b: &str) -> bool {
    let start = |word: &str| {
        word.chars()
            .take(5)
            .flat_map(char::to_lowercase)
            .collect::<Vec<_>>()
    };
    let first = |word: &str| word.chars().next().map(|c| c.to_ascii_lowercase());
    first(a) == first(b) && start(a) == start(b)
}

fn dated(reading: &Reading) -> Vec<Dated> {
    let document = reading.document;
    let mut found = Vec::new();
    for (time, expression) in document.times.iter().enumerate() {
        let words = document.touched(expression.span);
        let dates = matches!(expression.kind, TimeKind::Date | TimeKind::Time);
        let vague = expression
            .value
            .as_deref()
            .is_some_and(|value| value.ends_with("_REF"));
        if let Some(head) = reading.head_of(&words).filter(|_| dates && !vague) {
            let value = expression.value.as_deref();
            found.push(Dated {
                time,
                head,
                sentence: reading.sentence(head),
                resolved: value.and_then(Period::of).is_some(),
            });
        }
    }
    found
}

/// The value of a time expression as the event's status reads it.
fn turned<'t>(
    time: &'t TimeExpression,
    status: Status,
    published: Option<&str>,
) -> Option<&'t str> {
    let value = time.value.as_deref()?;
    let (Some(other), Some(published)) = (time.other.as_deref(), published) else {
        return Some(value);
    };
    // A story may be brought up to date the day after it was first published.
    let morrow = Date::parse(published)
        .and_then(|d| d.plus_days(1))
        .map(|d| d.to_string());
    let ahead = |value: &str| {
        value
            .get(..10)
            .is_some_and(|day| Some(day) > morrow.as_deref())
    };
    let weekday = value.len() >= 10 && other.len() >= 10 && {
        let days = |v: &str| Date::parse(&v[..10]).map(Date::days);
        days(value)
            .zip(days(other))
            .is_some_and(|(a, b)| a.abs_diff(b) == 7)
    };
    let turn = match status {
        Status::Planned => weekday && !ahead(value) && ahead(other),
        Status::Actual | Status::Claimed | Status::Denied => weekday && ahead(value),
        _ => false,
    };
    Some(if turn { other } else { value })
}
