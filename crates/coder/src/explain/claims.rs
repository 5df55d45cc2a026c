//! What was decided of a claim.

use lexicon::List;
use types::explain::{Decision, Explanation, Item, RunnerUp};
use types::{AttributionScores, TokenRange, record};

use crate::assemble::rounded;
use crate::claims::Claim;

use super::{Marked, Teller, decision, line};

/// Characters of the content in a claim's summary.
const CONTENT: usize = 60;

impl Teller<'_, '_> {
    pub(super) fn claim(&self, index: usize, coded: &record::Claim) -> (Item, Explanation) {
        let claim = &self.claims.all[index];
        let scores = self.head_scores(claim);
        let marks = [
            Marked::new("source", &claim.source_spans, &scores.source),
            Marked::new("cue", &claim.cue, &scores.cue),
            Marked::new("content", &claim.content, &scores.content),
        ];
        let mut decisions = vec![
            self.cue(claim, &marks[1], &scores),
            self.content(claim, &marks[2], &scores),
        ];
        decisions.extend(self.who(claim, coded, &marks[0], &scores));
        decisions.extend(self.codes(claim.source.iter()));
        decisions.push(self.stance(claim));
        decisions.push(manner(coded));
        decisions.extend(self.addressee(claim, coded));
        decisions.extend(self.inside(claim, coded));
        decisions.extend(self.positions(coded));
        decisions.push(confidence(claim, coded));
        self.explanation(self.claim_item(claim, coded), &marks, decisions)
    }

    fn claim_item(&self, claim: &Claim, coded: &record::Claim) -> Item {
        let source = match (&claim.source, claim.source_spans.first()) {
            (Some(actor), _) => self.actor_name(*actor),
            (None, Some(span)) => self.reading.document.words(span).to_owned(),
            (None, None) => "somebody unnamed".to_owned(),
        };
        let content: Vec<&str> = claim
            .content
            .iter()
            .map(|r| self.reading.document.words(r))
            .collect();
        let whole = content.join(" … ");
        let words: Vec<&str> = whole.split_whitespace().collect();
        let mut short = words.join(" ");
        if let Some((cut, _)) = short.char_indices().nth(CONTENT) {
            short.truncate(cut);
            short.push('…');
        }
        Item {
            id: coded.id.clone(),
            kind: "claim".to_owned(),
            summary: format!("{source}, {}: {short}", coded.stance),
            sentence: self.reading.sentence(claim.cue[0].start),
        }
    }

    /// The scores of the attribution that the claim was made from. A part that a rule changed since has none.
    fn head_scores(&self, claim: &Claim) -> AttributionScores {
        let made_from = claim.trace.attribution;
        let found = made_from.and_then(|a| self.reading.document.attributions.get(a));
        let Some(found) = found else {
            return AttributionScores::default();
        };
        let mut scores = found.scores.clone();
        if claim.source_spans != found.source {
            scores.source.clear();
        }
        if claim.content.len() != found.content.len() {
            scores.content.clear();
        }
        // What a rule took in does not compete with itself.
        let outside =
            |ranges: &[TokenRange], word: usize| !ranges.iter().any(|r| r.contains(&word));
        scores.other_source = scores
            .other_source
            .filter(|(w, _)| outside(&claim.source_spans, *w));
        scores.other_content = scores
            .other_content
            .filter(|(w, _)| outside(&claim.content, *w));
        scores
    }

    fn cue(&self, claim: &Claim, marked: &Marked, scores: &AttributionScores) -> Decision {
        let (by, why) = match claim.trace.attribution {
            Some(_) => ("head:cue", None),
            None => (
                "rule:needed-by-event",
                Some("No attribution was found here; an event needs to say who reports it."),
            ),
        };
        Decision {
            value: Some(self.joined(&claim.cue)),
            score: marked.score(0),
            runner_up: scores.no_cue.map(|score| RunnerUp {
                value: "none".to_owned(),
                score: rounded(score),
            }),
            why: why.map(str::to_owned),
            ..decision("attributions", "cue", by)
        }
    }

    fn content(&self, claim: &Claim, marked: &Marked, heads: &AttributionScores) -> Decision {
        let made_from = claim.trace.attribution;
        let found = made_from.and_then(|a| self.reading.document.attributions.get(a));
        let (by, why) = match found {
            None => (
                "rule:clause-of-event",
                Some("The clause of the event that needs the claim."),
            ),
            Some(found) if found.content != claim.content => (
                "rule:longer-content",
                Some(
                    "The head's content, drawn out to the end of its quotation or over an event that its source reports.",
                ),
            ),
            Some(_) => ("head:attribution", None),
        };
        let scores: Vec<f32> = marked.scores.iter().copied().flatten().collect();
        let mean = scores.iter().sum::<f32>() / scores.len().max(1) as f32;
        Decision {
            value: Some(self.joined(&claim.content)),
            score: (!scores.is_empty()).then(|| rounded(mean)),
            runner_up: self.nearest(heads.other_content),
            why: why.map(str::to_owned),
            ..decision("attributions", "content", by)
        }
    }

    /// The words of the source, then how they became an actor.
    fn who(
        &self,
        claim: &Claim,
        coded: &record::Claim,
        marked: &Marked,
        scores: &AttributionScores,
    ) -> Vec<Decision> {
        let by = claim.trace.source;
        let unnamed = claim.source_spans.is_empty() && claim.source.is_none();
        let why = match by {
            _ if unnamed => Some("The text names no source."),
            "rule:subject-of-cue" => {
                Some("The head names no source; the subject of the cue is it.")
            }
            "rule:same-speaker" => {
                Some("A quotation without a source goes on with the speaker of the one before.")
            }
            "rule:shared-source" => {
                Some("A cue behind “and” without a source has the subject of the sentence.")
            }
            "head:argument" => Some("The head of events names this reporter."),
            _ => None,
        };
        let words = Decision {
            value: (!claim.source_spans.is_empty()).then(|| self.joined(&claim.source_spans)),
            label: claim.source.map(|a| self.actor_name(a)),
            score: marked.score(0),
            runner_up: self.nearest(scores.other_source),
            why: why.map(str::to_owned),
            ..decision("attributions", "source", by)
        };
        let actor = self.source(coded, &claim.source_spans);
        std::iter::once(words).chain(actor).collect()
    }

    fn stance(&self, claim: &Claim) -> Decision {
        let (by, word) = claim.trace.stance;
        let why = match by {
            "rule:act-of-cue" => Some(
                "The cue is itself an event, whose type tells what the source does.".to_owned(),
            ),
            "rule:unknown-cue" => Some(format!(
                "The lexicon knows no cue “{}”: an assertion.",
                self.lemmas(&claim.cue)
            )),
            "rule:negated-cue" => Some("The cue is negated, which turns it.".to_owned()),
            _ => None,
        };
        let entry = word.filter(|_| by != "rule:act-of-cue");
        let entry = entry.and_then(|t| List::Cues.entry(self.reading.lemma(t)));
        Decision {
            value: Some(claim.stance.as_str().to_owned()),
            words: word.map(|t| self.token(t)).into_iter().collect(),
            lexicon: entry.map(line).into_iter().collect(),
            why,
            ..decision("claims", "stance", by)
        }
    }

    fn addressee(&self, claim: &Claim, coded: &record::Claim) -> Option<Decision> {
        Some(Decision {
            value: coded.addressee.clone(),
            label: Some(self.actor_name(claim.addressee?)),
            why: Some("Object of the cue, or what follows it with “to”.".to_owned()),
            ..decision("claims", "addressee", "rule:object-of-cue")
        })
    }

    fn inside(&self, claim: &Claim, coded: &record::Claim) -> Option<Decision> {
        let around = &self.claims.all[claim.inside?];
        Some(Decision {
            value: coded.inside.clone(),
            label: around.source.map(|a| self.actor_name(a)),
            why: Some("The smallest larger claim whose content holds the cue.".to_owned()),
            ..decision("claims", "inside", "rule:nesting")
        })
    }

    /// The dictionary forms of the words of several stretches.
    fn lemmas(&self, ranges: &[TokenRange]) -> String {
        let words = ranges.iter().flat_map(|r| r.clone());
        let lemmas: Vec<&str> = words.map(|t| self.reading.lemma(t)).collect();
        lemmas.join(" ")
    }

    /// The words of several stretches, an ellipsis between them.
    fn joined(&self, ranges: &[TokenRange]) -> String {
        let words = ranges.iter().map(|r| self.reading.document.words(r));
        words.collect::<Vec<_>>().join(" … ")
    }
}

fn manner(coded: &record::Claim) -> Decision {
    let why = match coded.manner.as_str() {
        "direct" => "All of the content stands between quotation marks.",
        "mixed" => "Some of the content stands between quotation marks.",
        _ => "None of the content stands between quotation marks.",
    };
    Decision {
        value: Some(coded.manner.clone()),
        why: Some(why.to_owned()),
        ..decision("claims", "manner", "rule:quotation-marks")
    }
}

fn confidence(claim: &Claim, coded: &record::Claim) -> Decision {
    let why = match claim.trace.attribution {
        Some(_) => "The cue's score times the mean score of the content's words.",
        None => "Half: an event needed the claim, and no head gives it a score.",
    };
    Decision {
        value: Some(coded.confidence.to_string()),
        why: Some(why.to_owned()),
        ..decision("claims", "confidence", "rule:product")
    }
}
