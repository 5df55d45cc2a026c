//! Who said what.

use rapporteur::types::record::Claim;

use super::ink::{Ink, Text};
use super::names::capitalised;
use super::{Desk, heading};

/// Characters of what somebody said.
const QUOTED: usize = 280;

/// Writes the claims by speaker, in order of each speaker's first; nothing where there are none.
pub fn write(desk: &mut Desk, page: &mut String) {
    let record = desk.record;
    if record.claims.is_empty() {
        return;
    }
    heading(desk, "Who said what", page);
    for claims in by_speaker(desk, &record.claims) {
        let speaker = speaker(desk, claims[0]);
        Text::new(Ink::Name, capitalised(&speaker)).write(page, &desk.paper, 2, 4);
        for claim in claims {
            line(desk, claim).write(page, &desk.paper, 4, 6);
        }
    }
}

fn by_speaker<'r>(desk: &Desk, claims: &'r [Claim]) -> Vec<Vec<&'r Claim>> {
    let mut groups: Vec<(String, Vec<&Claim>)> = Vec::new();
    for claim in claims {
        let speaker = desk.names.claimant(Some(claim), &desk.source);
        match groups.iter_mut().find(|(name, _)| *name == speaker) {
            Some((_, group)) => group.push(claim),
            None => groups.push((speaker, vec![claim])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn speaker(desk: &mut Desk, claim: &Claim) -> String {
    let actor = claim
        .source
        .as_ref()
        .and_then(|source| source.actor.as_deref());
    match actor {
        Some(id) => desk.names.introduce(id),
        None => desk.names.claimant(Some(claim), &desk.source),
    }
}

/// "said: “We will stay.”"
fn line(desk: &Desk, claim: &Claim) -> Text {
    let cue = desk.source.joined(&claim.cue, QUOTED);
    let content = desk.source.joined(&claim.content, QUOTED);
    let mut text = Text::new(Ink::Faint, format!("{cue}: "));
    if claim.manner == "direct" {
        text.push(Ink::Plain, format!("“{}”", unquoted(&content)));
    } else {
        text.push(Ink::Plain, content);
    }
    let around = claim.inside.as_deref().and_then(|id| desk.names.claim(id));
    if around.is_some() {
        let teller = desk.names.claimant(around, &desk.source);
        text.push(Ink::Faint, format!(" · as told by {teller}"));
    }
    if desk.paper.verbose {
        text.push(
            Ink::Faint,
            format!(
                " · [{} {} {}, {:.2}]",
                claim.id, claim.manner, claim.stance, claim.confidence
            ),
        );
    }
    text
}

/// A quotation without the marks at its ends and the comma before the closing one.
fn unquoted(content: &str) -> &str {
    let mark = |c: char| {
        matches!(
            c,
            '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' | '`'
        )
    };
    let bare = content.trim().trim_matches(mark).trim();
    bare.strip_suffix(',').unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn quotation_marks_go_whichever_way_they_lean() {
        assert_eq!(unquoted("“We won't,”"), "We won't");
        assert_eq!(unquoted("'It is possible.\""), "It is possible.");
        assert_eq!(unquoted("no marks"), "no marks");
    }
}
