//! What a story's parties talk about: "Iran's nuclear programme", "the conflict in Syria", sanctions, human rights.
//!
//! An issue is a noun of the lexicon with the country or the words that tell which one it is; nouns of one family with the
//! same country are one issue. A bare country is one where somebody speaks or differs *on* or *over* it.

use types::{TokenRange, Upos};

use crate::reading::Reading;

/// One issue under construction.
#[derive(Clone, Debug)]
pub(crate) struct Issue<'d> {
    /// As the story words it first, with its country.
    pub(crate) name: String,
    key: Key<'d>,
    /// Heads of its mentions with their words, in text order.
    pub(crate) mentions: Vec<(usize, TokenRange)>,
}

/// What makes two mentions the same issue.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key<'d> {
    /// Family of the noun; none for a bare country.
    family: Option<&'static str>,
    country: Option<&'d str>,
    /// Words before the noun that tell which one: "nuclear", "human".
    qualifiers: Vec<String>,
}

/// The issues of a story, in order of first mention.
#[derive(Debug, Default)]
pub(crate) struct Issues<'d> {
    pub(crate) all: Vec<Issue<'d>>,
}

/// Family of wars and crises, which a bare country joins: "differ over Syria" is about the conflict there.
const CONFLICT: &str = "conflict";

impl<'d> Issues<'d> {
    pub(crate) fn find(reading: &Reading<'d>) -> Self {
        let mut issues = Issues::default();
        for token in 0..reading.document.tokens.len() {
            issues.noun(reading, token);
        }
        for token in 0..reading.document.tokens.len() {
            issues.bare_country(reading, token);
        }
        issues.order();
        for token in 0..reading.document.tokens.len() {
            issues.taken_up(reading, token);
        }
        issues.order();
        issues
    }

    /// Issues with a mention whose head `within` holds.
    pub(crate) fn among(&self, within: impl Fn(usize) -> bool) -> Vec<usize> {
        let inside = |issue: &Issue| issue.mentions.iter().any(|(head, _)| within(*head));
        (0..self.all.len())
            .filter(|i| inside(&self.all[*i]))
            .collect()
    }

    /// The issue last mentioned before `token`, at most `reach` sentences back.
    pub(crate) fn last_before(
        &self,
        reading: &Reading,
        token: usize,
        reach: usize,
    ) -> Option<usize> {
        let here = reading.sentence(token);
        let near = |head: usize| head < token && here - reading.sentence(head) <= reach;
        let last = |i: &usize| {
            self.all[*i]
                .mentions
                .iter()
                .map(|m| m.0)
                .rfind(|head| near(*head))
        };
        let found = (0..self.all.len()).filter_map(|i| Some((last(&i)?, i)));
        found.max().map(|(_, issue)| issue)
    }

    fn order(&mut self) {
        for issue in &mut self.all {
            issue.mentions.sort_by_key(|(head, _)| *head);
        }
        self.all
            .sort_by_key(|issue| issue.mentions.first().map(|m| m.0));
    }

    fn add(&mut self, key: Key<'d>, name: impl FnOnce() -> String, head: usize, words: TokenRange) {
        match self.all.iter_mut().find(|i| i.key == key) {
            Some(issue) => issue.mentions.push((head, words)),
            None => self.all.push(Issue {
                name: name(),
                key,
                mentions: vec![(head, words)],
            }),
        }
    }

    /// A noun of the lexicon that is told apart by a country or by other words, or needs neither.
    fn noun(&mut self, reading: &Reading<'d>, token: usize) {
        let Some(noun) = issue_noun(reading, token) else {
            return;
        };
        let (places, qualifiers) = (countries(reading, token), qualifiers(reading, token));
        let words = reading.bare(&reading.noun_phrase(token));
        for &(place, country) in &places {
            let key = Key {
                family: Some(noun.family),
                country: Some(country),
                // The country tells which one; "the civil war in Syria" and "the Syrian war" are the same.
                qualifiers: if noun.family == CONFLICT {
                    Vec::new()
                } else {
                    qualifiers.clone()
                },
            };
            self.add(
                key,
                || name(reading, token, place, &qualifiers),
                token,
                words.clone(),
            );
        }
        let told = noun.alone || !qualifiers.is_empty();
        if places.is_empty() && told {
            let name = || reading.document.words(&words).to_lowercase();
            let key = Key {
                family: Some(noun.family),
                country: None,
                qualifiers,
            };
            self.add(key, name, token, words.clone());
        }
    }

    /// "Differ over Syria", "On Iran, she said": a country that something is said about.
    fn bare_country(&mut self, reading: &Reading<'d>, token: usize) {
        let Some(country) = country_of(reading, token).filter(|_| is_topic(reading, token)) else {
            return;
        };
        let conflict = self
            .all
            .iter_mut()
            .find(|i| i.key.family == Some(CONFLICT) && i.key.country == Some(country));
        let words = token..token + 1;
        if let Some(issue) = conflict {
            return issue.mentions.push((token, words));
        }
        let key = Key {
            family: None,
            country: Some(country),
            qualifiers: Vec::new(),
        };
        let name = || {
            reading
                .lexicon
                .country(country)
                .unwrap_or(country)
                .to_owned()
        };
        self.add(key, name, token, words);
    }

    /// "This crisis", "the sanctions": takes up the last issue of the family.
    fn taken_up(&mut self, reading: &Reading, token: usize) {
        let definite = ["the", "this", "that", "these", "those"];
        let Some(noun) = issue_noun(reading, token) else {
            return;
        };
        let known = self
            .all
            .iter()
            .any(|i| i.mentions.iter().any(|m| m.0 == token));
        if known
            || !reading
                .related(token, &["det"])
                .any(|d| reading.lemma_is(d, &definite))
        {
            return;
        }
        let before = |i: &Issue| i.mentions.iter().map(|m| m.0).rfind(|head| *head < token);
        let same = (0..self.all.len()).filter(|i| self.all[*i].key.family == Some(noun.family));
        let mut latest: Vec<(usize, usize)> = same
            .filter_map(|i| Some((before(&self.all[i])?, i)))
            .collect();
        latest.sort_unstable();
        // "The war" after "the conflicts in Mali and Chad" may be either.
        let issue = match latest[..] {
            [.., (one, _), (other, _)] if one == other => return,
            [.., (_, issue)] => issue,
            [] => return,
        };
        let words = reading.bare(&reading.noun_phrase(token));
        let mentions = &mut self.all[issue].mentions;
        mentions.push((token, words));
        mentions.sort_by_key(|(head, _)| *head);
    }
}

fn issue_noun(reading: &Reading, token: usize) -> Option<lexicon::IssueNoun> {
    let nominal = matches!(reading.upos(token), Upos::Noun | Upos::Propn);
    // Inside of a compound the head of the compound is the issue: "peace talks", "arms embargo".
    let own = nominal && reading.relation(token) != "compound";
    reading
        .lexicon
        .issue_noun(reading.lemma(token))
        .filter(|_| own)
}

/// The countries that tell which issue it is, each with its token: "in Syria and Iraq", "Iran's", "Syrian".
fn countries<'d>(reading: &Reading<'d>, noun: usize) -> Vec<(usize, &'d str)> {
    let mut found: Vec<(usize, &'d str)> = Vec::new();
    let mut heads: Vec<usize> = reading
        .related(noun, &["nmod", "amod", "compound"])
        .collect();
    let mut next = 0;
    while let Some(&at) = heads.get(next) {
        heads.extend(reading.related(at, &["conj"]));
        if let Some(country) = country_of(reading, at)
            && !found.iter().any(|(_, known)| *known == country)
        {
            found.push((at, country));
        }
        next += 1;
    }
    found.sort_unstable();
    found
}

fn country_of<'d>(reading: &Reading<'d>, token: usize) -> Option<&'d str> {
    let whole = reading.noun_phrase(token);
    let bare = reading.bare(&whole);
    let by_phrase = reading.lexicon.state(reading.document.words(&bare));
    let found = by_phrase.or_else(|| reading.lexicon.state(reading.form(token)));
    found.map(|state| state.country)
}

/// Words before the noun that tell which one it is, in dictionary form.
fn qualifiers(reading: &Reading, noun: usize) -> Vec<String> {
    let telling = |t: &usize| {
        let lemma = reading.lemma(*t);
        let known =
            reading.lexicon.context(lemma).is_some() || reading.lexicon.issue_noun(lemma).is_some();
        (known || reading.lemma_is(*t, &["human", "civil", "chemical"]))
            && country_of(reading, *t).is_none()
    };
    let before = reading
        .related(noun, &["amod", "compound"])
        .filter(|t| *t < noun);
    let mut words: Vec<String> = before
        .filter(telling)
        .map(|t| reading.lemma(t).to_lowercase())
        .collect();
    words.dedup();
    words
}

/// "Iran's nuclear program", "conflict in Syria".
fn name(reading: &Reading, noun: usize, place: usize, qualifiers: &[String]) -> String {
    let mut words: Vec<&str> = qualifiers.iter().map(String::as_str).collect();
    words.push(reading.form(noun));
    let thing = match qualifiers {
        // A single noun in the plural only because it stands for two: "the conflicts in Syria and Ukraine".
        [] if reading.is_plural(noun) && countries(reading, noun).len() > 1 => {
            reading.lemma(noun).to_owned()
        }
        _ => words.join(" ").to_lowercase(),
    };
    let phrase = reading.bare(&reading.noun_phrase(place));
    let place_name = reading.document.words(&phrase);
    match reading.full_relation(place) {
        "nmod:poss" => format!("{place_name}'s {thing}"),
        "amod" | "compound" => format!("{place_name} {thing}"),
        _ => {
            let first = reading
                .head(place)
                .filter(|h| reading.relation(place) == "conj" && *h != noun);
            let mut cases = reading.related(first.unwrap_or(place), &["case"]);
            let case = cases.next().map_or("in", |c| reading.form(c));
            format!("{thing} {} {place_name}", case.to_lowercase())
        }
    }
}

/// Prepositions before what is talked about.
const TOPIC: &[&str] = &["on", "over", "about", "regarding", "concerning"];

/// Whether `token` names what somebody speaks, differs or agrees about.
fn is_topic(reading: &Reading, token: usize) -> bool {
    let first = match reading.head(token) {
        Some(head) if reading.relation(token) == "conj" => head,
        _ => token,
    };
    let about = |t: usize| {
        reading
            .related(t, &["case"])
            .any(|c| reading.lemma_is(c, TOPIC))
    };
    let Some(above) = reading.head(first).filter(|_| about(first)) else {
        return false;
    };
    let lemma = reading.lemma(above);
    let speaks = reading.lexicon.stance(lemma).is_some()
        || reading.lexicon.leaning(lemma).is_some()
        || reading.lemma_is(
            above,
            &[
                "talk",
                "discuss",
                "negotiate",
                "speak",
                "cooperate",
                "cooperation",
                "discussion",
                "negotiation",
            ],
        );
    speaks && matches!(reading.relation(first), "obl" | "nmod")
}
