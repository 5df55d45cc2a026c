//! Gathers numbered and BIO-marked layers of one document while its lines are read.

use std::collections::BTreeMap;

use super::{ConlluError, fail, scores_for};
use crate::{
    Attribution, AttributionScores, Document, EventType, Mode, Modifier, Name, NameKind, Place,
    Roles, Span, Status, TimeExpression, TimeKind, TokenRange, Trigger, TriggerScores,
};

/// Stretches by part ("cue", "actor", …), growing as tokens come.
type Stretches = BTreeMap<String, Vec<TokenRange>>;

#[derive(Default)]
pub(super) struct Annotations {
    names: Vec<Name>,
    attributions: BTreeMap<usize, Stretches>,
    attribution_confidence: BTreeMap<usize, f32>,
    triggers: BTreeMap<usize, Stretches>,
    events: BTreeMap<usize, (usize, Trigger)>,
    times: BTreeMap<usize, TimeExpression>,
    time_words: BTreeMap<usize, Stretches>,
    places: BTreeMap<usize, Place>,
    mentions: BTreeMap<usize, Stretches>,
}

impl Annotations {
    pub(super) fn event(&mut self, line: usize, text: &str) -> Result<(), ConlluError> {
        let Some((number, value)) = numbered(text) else {
            return fail(
                line,
                "write `# event NUMBER = TYPE MODE STATUS [CONFIDENCE]`",
            );
        };
        let trigger = event(value).or_else(|reason| fail(line, reason))?;
        if self.events.insert(number, (line, trigger)).is_some() {
            return fail(line, format!("event {number} is given twice"));
        }
        Ok(())
    }

    pub(super) fn time(&mut self, line: usize, text: &str) -> Result<(), ConlluError> {
        let Some((number, Some(time))) = numbered(text).map(|(n, v)| (n, time(v))) else {
            return fail(line, "write `# time NUMBER = TYPE VALUE MODIFIER OTHER`");
        };
        if self.times.insert(number, time).is_some() {
            return fail(line, format!("time {number} is given twice"));
        }
        Ok(())
    }

    pub(super) fn place(&mut self, line: usize, text: &str) -> Result<(), ConlluError> {
        let Some((number, Some(place))) = numbered(text).map(|(n, v)| (n, place(v))) else {
            return fail(
                line,
                "write `# place NUMBER = NAME | COUNTRY | DIVISION | LATITUDE LONGITUDE | GEONAMES`",
            );
        };
        self.places.insert(number, place);
        Ok(())
    }

    pub(super) fn attribution(&mut self, line: usize, text: &str) -> Result<(), ConlluError> {
        let Some((number, Ok(confidence))) = numbered(text).map(|(n, v)| (n, score(v))) else {
            return fail(line, "write `# attribution NUMBER = CONFIDENCE`");
        };
        self.attribution_confidence.insert(number, confidence);
        Ok(())
    }

    /// Takes in one `key=value` of MISC at `token`; keys that are not ours are passed over.
    pub(super) fn misc(&mut self, token: usize, key: &str, value: &str) -> Result<(), String> {
        match key {
            "Name" => self.name(token, value),
            "Attribution" => grow_all(&mut self.attributions, token, value, |part| {
                ["source", "cue", "content"].contains(&part)
            }),
            "Role" => grow_all(&mut self.triggers, token, value, |part| {
                super::ROLES.contains(&part)
            }),
            "Time" => grow_all(&mut self.time_words, token, value, str::is_empty),
            "Place" => grow_all(&mut self.mentions, token, value, str::is_empty),
            "Trigger" => grow_all(&mut self.triggers, token, value, str::is_empty),
            _ => Ok(()),
        }
    }

    fn name(&mut self, token: usize, value: &str) -> Result<(), String> {
        let (label, confidence) = match value.split_once(':') {
            Some((label, number)) => (label, score(number)?),
            None => (value, 1.0),
        };
        let kind = |name| NameKind::parse(name).ok_or(format!("no kind of name is called {name}"));
        match label.split_once('-') {
            Some(("B", name)) => {
                let (kind, tokens) = (kind(name)?, token..token + 1);
                self.names.push(Name {
                    tokens,
                    kind,
                    confidence,
                    second: None,
                });
                Ok(())
            }
            Some(("I", name)) => match self.names.last_mut() {
                Some(last) if last.tokens.end == token && last.kind == kind(name)? => {
                    last.tokens.end += 1;
                    Ok(())
                }
                _ => Err(format!("Name={value} continues no name")),
            },
            _ => Err(format!("Name={value} is not B-KIND or I-KIND")),
        }
    }

    /// Puts the layers into `document`; `line` is where the document ends.
    pub(super) fn finish(
        mut self,
        document: &mut Document,
        line: usize,
    ) -> Result<(), ConlluError> {
        document.names = self.names;
        for (number, mut parts) in self.attributions {
            let mut take = |part: &str| parts.remove(part).unwrap_or_default();
            let found = Attribution {
                source: take("source"),
                cue: take("cue"),
                content: take("content"),
                confidence: *self.attribution_confidence.get(&number).unwrap_or(&1.0),
                scores: AttributionScores::default(),
            };
            if found.cue.is_empty() || found.content.is_empty() {
                return fail(
                    line,
                    format!("attribution {number} lacks a cue or a content"),
                );
            }
            document.attributions.push(found);
        }
        document.attributions.sort_by_key(|a| a.cue[0].start);
        document.times = times(document, self.time_words, self.times, line)?;
        document.triggers = triggers(self.triggers, self.events, line)?;
        for (number, mut place) in self.places {
            let ranges = self.mentions.remove(&number).unwrap_or_default();
            let spans = ranges.values().flatten().map(|r| document.span(r));
            place.mentions = spans.collect();
            document.places.push(place);
        }
        match self.mentions.keys().next() {
            Some(number) => fail(line, format!("place {number} has no `# place` comment")),
            None => Ok(()),
        }
    }
}

fn times(
    document: &Document,
    mut words: BTreeMap<usize, Stretches>,
    given: BTreeMap<usize, TimeExpression>,
    line: usize,
) -> Result<Vec<TimeExpression>, ConlluError> {
    let mut times = Vec::new();
    for (number, mut time) in given {
        let stretches = words.remove(&number).unwrap_or_default();
        let [tokens] = &stretches.into_values().flatten().collect::<Vec<_>>()[..] else {
            return fail(
                line,
                format!("time {number} needs one stretch of Time words"),
            );
        };
        time.span = document.span(tokens);
        times.push(time);
    }
    if let Some(number) = words.keys().next() {
        return fail(line, format!("time {number} has no `# time` comment"));
    }
    times.sort_by_key(|t| t.span);
    Ok(times)
}

fn triggers(
    mut spans: BTreeMap<usize, Stretches>,
    events: BTreeMap<usize, (usize, Trigger)>,
    line: usize,
) -> Result<Vec<Trigger>, ConlluError> {
    let mut triggers = Vec::new();
    for (number, (at, mut trigger)) in events {
        let mut parts = spans.remove(&number).unwrap_or_default();
        let mut take = |part: &str| parts.remove(part).unwrap_or_default();
        let words = take("");
        let [tokens] = words.as_slice() else {
            return fail(
                at,
                format!("event {number} needs one stretch of Trigger words"),
            );
        };
        trigger.tokens = tokens.clone();
        trigger.roles = Roles {
            actor: take("actor"),
            recipient: take("recipient"),
            reporter: take("reporter"),
            place: take("place"),
        };
        triggers.push(trigger);
    }
    if let Some(number) = spans.keys().next() {
        return fail(line, format!("event {number} has no `# event` comment"));
    }
    triggers.sort_by_key(|t| t.tokens.start);
    Ok(triggers)
}

/// Reads `1:B-source,2:I-content` (or `1:B`, whose part is empty) and lets the stretches grow.
fn grow_all(
    into: &mut BTreeMap<usize, Stretches>,
    token: usize,
    value: &str,
    known: impl Fn(&str) -> bool,
) -> Result<(), String> {
    for item in value.split(',') {
        let wrong = || format!("{item} is not NUMBER:B-PART or NUMBER:I-PART");
        let (number, label) = item.split_once(':').ok_or_else(wrong)?;
        let number: usize = number.parse().map_err(|_| wrong())?;
        let (mark, part) = label.split_once('-').unwrap_or((label, ""));
        if !known(part) {
            return Err(format!("{item}: no such part"));
        }
        let stretches = into.entry(number).or_default().entry(part.to_owned());
        grow(stretches.or_default(), token, mark, item)?;
    }
    Ok(())
}

fn grow(
    stretches: &mut Vec<TokenRange>,
    token: usize,
    mark: &str,
    item: &str,
) -> Result<(), String> {
    match (mark, stretches.last_mut()) {
        ("B", _) => stretches.push(token..token + 1),
        ("I", Some(last)) if last.end == token => last.end += 1,
        ("I", _) => return Err(format!("{item} continues nothing")),
        _ => return Err(format!("{item}: the mark is B or I")),
    }
    Ok(())
}

/// `1 = REST` as number and rest.
fn numbered(text: &str) -> Option<(usize, &str)> {
    let (number, value) = text.split_once('=')?;
    Some((number.trim().parse().ok()?, value.trim()))
}

/// `DATE 2015-02 - 2016-02`; missing fields at the end are `-`. The words come later.
fn time(text: &str) -> Option<TimeExpression> {
    let mut fields = text.split_whitespace();
    let kind = TimeKind::parse(fields.next()?)?;
    let mut next = || {
        fields
            .next()
            .filter(|field| *field != "-")
            .map(str::to_owned)
    };
    let (value, modifier, other) = (next(), next(), next());
    let modifier = match modifier {
        Some(name) => Some(Modifier::parse(&name)?),
        None => None,
    };
    fields.next().is_none().then_some(TimeExpression {
        span: Span::default(),
        kind,
        value,
        modifier,
        other,
    })
}

/// `Sochi | RUS | - | 43.6 39.7 | 491422`; mentions come later.
fn place(text: &str) -> Option<Place> {
    let fields: Vec<&str> = text.split('|').map(str::trim).collect();
    let [name, country, division, point, geonames] = fields[..] else {
        return None;
    };
    let given = |text: &str| Some(text.to_owned()).filter(|t| t != "-");
    let degrees = |text: &str, most: f64| {
        let number = text.parse::<f64>().ok()?;
        (-most..=most).contains(&number).then_some(number)
    };
    let point = match point.split_once(' ') {
        Some((lat, lon)) => Some((degrees(lat, 90.0)?, degrees(lon.trim(), 180.0)?)),
        None => None,
    };
    Some(Place {
        name: given(name)?,
        country: given(country),
        division: given(division),
        point,
        geonames: given(geonames).map(|id| id.parse()).transpose().ok()?,
        mentions: Vec::new(),
        weighed: Vec::new(),
    })
}

fn score(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err(format!("{text} is not a number from 0 to 1")),
    }
}

/// `ACCUSE disapprove actual 0.93`, optionally with six scores behind; words and roles come later.
fn event(text: &str) -> Result<Trigger, String> {
    let mut fields = text.split_whitespace();
    let mut next = |what: &str| {
        fields
            .next()
            .ok_or(format!("the event's {what} is missing"))
    };
    let name = next("type")?;
    let event = EventType::parse(name).ok_or(format!("no event type is called {name}"))?;
    let mode = match next("mode")? {
        "-" => None,
        name => match Mode::parse(name) {
            Some(mode) if mode.fits(event) => Some(mode),
            _ => return Err(format!("{event} has no mode {name}")),
        },
    };
    let name = next("status")?;
    let status = Status::parse(name).ok_or(format!("no status is called {name}"))?;
    let numbers: Vec<f32> = fields.map(score).collect::<Result<_, _>>()?;
    let (confidence, status_scores) = match numbers.as_slice() {
        [] => (1.0, scores_for(status)),
        [confidence] => (*confidence, scores_for(status)),
        [confidence, a, b, c, d, e, f] => (*confidence, [*a, *b, *c, *d, *e, *f]),
        _ => return Err("an event has one confidence, or a confidence and six scores".into()),
    };
    Ok(Trigger {
        tokens: 0..0,
        event,
        mode,
        status,
        status_scores,
        roles: Roles::default(),
        confidence,
        scores: TriggerScores::default(),
    })
}
