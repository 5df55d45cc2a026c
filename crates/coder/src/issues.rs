//! What a story's parties talk about: "Iran's nuclear programme", "the conflict in Syria", sanctions, human rights.
//!
//! An issue is a noun of the lexicon with the country or the words that tell which one it is; nouns of one family with the
//! same country are one issue. A bare country is one where somebody speaks or differs *on* or *over* it. A noun of things that
//! happen ("the verdict", "the shelling") is an issue only where parties argue about it (`argued`).

mod argued;
mod wording;

use std::collections::BTreeMap;

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
    /// Whether somebody takes sides on it, demands it or talks about it.
    pub(crate) argued: bool,
}

impl Issue<'_> {
    /// Whether it is about a person, and not about what a person's state does.
    pub(crate) fn is_personal(&self) -> bool {
        let family = self.key.family;
        family.is_some_and(|f| ["allegations", "remarks", "trial"].contains(&f))
    }

    /// Whether it is a meeting.
    pub(crate) fn is_meeting(&self) -> bool {
        self.key
            .family
            .is_some_and(|f| ["talks", "visit"].contains(&f))
    }
}

/// What makes two mentions the same issue.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key<'d> {
    /// Family of the noun; none for a bare country.
    family: Option<&'static str>,
    country: Option<&'d str>,
    /// Words that tell which one: "nuclear", "human"; the other countries of a conflict between several.
    qualifiers: Vec<String>,
}

/// The issues of a story, in order of first mention.
#[derive(Debug, Default)]
pub(crate) struct Issues<'d> {
    pub(crate) all: Vec<Issue<'d>>,
}

/// How a noun is told apart from others of its family.
struct Telling {
    /// Words before it.
    before: Vec<String>,
    /// The names behind it: "of Irakli Lomidze".
    behind: Option<usize>,
}

impl Telling {
    fn of(
        reading: &Reading,
        token: usize,
        noun: lexicon::IssueNoun,
        places: &[(usize, &str)],
    ) -> Self {
        let behind = || wording::complement(reading, token);
        Telling {
            before: qualifiers(reading, token),
            behind: (noun.argued && places.is_empty()).then(behind).flatten(),
        }
    }

    fn words(&self, reading: &Reading) -> Vec<String> {
        let behind = self.behind.map(|t| reading.lemma(t).to_lowercase());
        self.before.iter().cloned().chain(behind).collect()
    }
}

/// Words that name an issue.
struct Mention {
    head: usize,
    words: TokenRange,
    argued: bool,
}

/// A story that names things of one family so often is about them, whether or not somebody argues; nouns that name issues by
/// themselves need less than those of things that happen.
const OFTEN: (usize, usize) = (2, 3);

/// Families of nouns that the story names often.
fn often(reading: &Reading) -> Vec<&'static str> {
    let mut counts: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    for noun in (0..reading.document.tokens.len()).filter_map(|t| issue_noun(reading, t)) {
        let (count, argued) = counts.entry(noun.family).or_insert((0, true));
        *count += 1;
        *argued &= noun.argued;
    }
    let often = |(_, (count, argued)): &(&str, (usize, bool))| {
        *count >= if *argued { OFTEN.1 } else { OFTEN.0 }
    };
    counts
        .into_iter()
        .filter(often)
        .map(|(family, _)| family)
        .collect()
}

/// Family of wars and crises, which a bare country joins: "differ over Syria" is about the conflict there.
const CONFLICT: &str = "conflict";

impl<'d> Issues<'d> {
    pub(crate) fn find(reading: &Reading<'d>) -> Self {
        let mut issues = Issues::default();
        let often = often(reading);
        for token in 0..reading.document.tokens.len() {
            issues.noun(reading, token, &often);
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

    fn add(&mut self, key: Key<'d>, name: impl FnOnce() -> String, mention: Mention) {
        let at = self.all.iter().position(|i| i.key == key);
        let at = at.unwrap_or_else(|| {
            self.all.push(Issue {
                name: name(),
                key,
                mentions: Vec::new(),
                argued: false,
            });
            self.all.len() - 1
        });
        self.all[at].mentions.push((mention.head, mention.words));
        self.all[at].argued |= mention.argued;
    }

    /// A noun of the lexicon that is told apart by a country or by other words, or needs neither.
    fn noun(&mut self, reading: &Reading<'d>, token: usize, often: &[&str]) {
        let Some(noun) = issue_noun(reading, token) else {
            return;
        };
        let argued = argued::argued(reading, token);
        let recurs = often.contains(&noun.family);
        if noun.argued && !argued && !recurs {
            return;
        }
        let places = countries(reading, token);
        if places.is_empty() && is_title(reading, token) {
            return;
        }
        let telling = Telling::of(reading, token, noun, &places);
        let mention = || Mention {
            head: token,
            words: reading.bare(&reading.noun_phrase(token)),
            argued,
        };
        if let Some(names) = wording::between(reading, token, &places) {
            let mut parties: Vec<&str> = places.iter().map(|p| p.1).collect();
            parties.sort_unstable();
            let key = Key {
                family: Some(noun.family),
                country: parties.first().copied(),
                qualifiers: parties.iter().skip(1).map(|c| (*c).to_owned()).collect(),
            };
            return self.add(key, || names, mention());
        }
        for &(place, country) in &places {
            let key = Key {
                family: Some(noun.family),
                country: Some(country),
                // The country tells which one; "the civil war in Syria" and "the Syrian war" are the same.
                qualifiers: if noun.family == CONFLICT {
                    Vec::new()
                } else {
                    telling.before.clone()
                },
            };
            let name = || wording::with_place(reading, token, place, &telling.before);
            self.add(key, name, mention());
        }
        let told = noun.alone || !telling.before.is_empty() || telling.behind.is_some();
        let other = (argued || recurs) && self.is_new(reading, token, noun.family);
        if places.is_empty() && (told || other) {
            let name = || wording::without_place(reading, token, telling.behind);
            let mut qualifiers = telling.words(reading);
            // "The order" and "the decision" of one story are of one family, and need not be the same.
            if noun.argued && qualifiers.is_empty() {
                qualifiers.push(reading.lemma(token).to_lowercase());
            }
            let key = Key {
                family: Some(noun.family),
                country: None,
                qualifiers,
            };
            self.add(key, name, mention());
        }
    }

    /// Whether "the verdict" can be no issue of its family that the story has named before.
    fn is_new(&self, reading: &Reading, token: usize, family: &str) -> bool {
        !is_definite(reading, token) || !self.all.iter().any(|i| i.key.family == Some(family))
    }

    /// "Differ over Syria", "On Iran, she said": a country that something is said about.
    fn bare_country(&mut self, reading: &Reading<'d>, token: usize) {
        let Some(country) = country_of(reading, token).filter(|_| argued::is_topic(reading, token))
        else {
            return;
        };
        let conflict = self
            .all
            .iter_mut()
            .find(|i| i.key.family == Some(CONFLICT) && i.key.country == Some(country));
        let words = token..token + 1;
        if let Some(issue) = conflict {
            issue.argued = true;
            return issue.mentions.push((token, words));
        }
        let key = Key {
            family: None,
            country: Some(country),
            qualifiers: Vec::new(),
        };
        let name = || reading.lexicon.country(country).unwrap_or(country);
        let mention = Mention {
            head: token,
            words,
            argued: true,
        };
        self.add(key, || name().to_owned(), mention);
    }

    /// "This crisis", "the sanctions": takes up the last issue of the family.
    fn taken_up(&mut self, reading: &Reading, token: usize) {
        let Some(noun) = issue_noun(reading, token) else {
            return;
        };
        let known = self
            .all
            .iter()
            .any(|i| i.mentions.iter().any(|m| m.0 == token));
        // "The 1965 law" is none of the laws before.
        let other = reading.related(token, &["nummod"]).next().is_some();
        if known || other || !is_definite(reading, token) || is_title(reading, token) {
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

/// Whether a noun is part of a name of its own: "the Cold War". In the headline all words may look like names.
fn is_title(reading: &Reading, noun: usize) -> bool {
    reading.upos(noun) == Upos::Propn && reading.sentence(noun) > 0
}

fn is_definite(reading: &Reading, noun: usize) -> bool {
    let definite = ["the", "this", "that", "these", "those"];
    let mut determiners = reading.related(noun, &["det"]);
    determiners.any(|d| reading.lemma_is(d, &definite))
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
