//! Whole pages, from records made by hand.

use rapporteur::types::record::{EventDate, ProblemRecord};

use super::samples::{Sample, empty_record};
use super::{Paper, page};

const WIDE: Paper = Paper {
    width: 72,
    colour: false,
    verbose: false,
};

/// Two envoys, an attack that nobody owns, a claim, a denial and a plan.
fn envoys() -> Sample {
    let mut sample = Sample::new("Envoys meet while the border burns", "2015-05-12");
    sample.record.story.publisher = Some("The Brod Courier".to_owned());
    sample
        .sentence("Ada Holm met Igor Brandt in Brod on Tuesday, and the two envoys spoke for nearly four hours about the river border.")
        .actor("Ada Holm", Some("envoy"))
        .actor("Igor Brandt", None)
        .place("Brod");
    let met = sample.event("met", "CONSULT", "verbal cooperation", &["a1"], &["a2"]);
    met.place = Some("p1".to_owned());
    met.date = EventDate {
        first: Some("2015-05-12".to_owned()),
        last: Some("2015-05-12".to_owned()),
        time: None,
        why: None,
    };
    sample.sentence("Brandt's talks with Holm were the first since spring.");
    sample.event("talks", "CONSULT", "verbal cooperation", &["a2"], &["a1"]);
    sample
        .sentence("A customs post was shelled at dawn.")
        .event("shelled", "ASSAULT", "material conflict", &[], &[])
        .mode = Some("heavy-weapons".to_owned());
    sample
        .sentence("Villagers said that soldiers beat two farmers.")
        .actor("soldiers", None)
        .actor("two farmers", None)
        .claim(
            Some(("Villagers", None)),
            "said",
            "that soldiers beat two farmers",
            "indirect",
        );
    let beat = sample.event("beat", "ASSAULT", "material conflict", &["a3"], &["a4"]);
    beat.mode = Some("beat".to_owned());
    beat.status = "claimed".to_owned();
    beat.according_to = Some("c1".to_owned());
    sample
        .sentence("“Our soldiers attacked nobody,” Brandt said.")
        .claim(
            Some(("Brandt", Some("a2"))),
            "said",
            "“Our soldiers attacked nobody,”",
            "direct",
        )
        .stance = "deny".to_owned();
    let denied = sample.event("attacked", "ASSAULT", "material conflict", &["a3"], &[]);
    denied.status = "denied".to_owned();
    denied.according_to = Some("c2".to_owned());
    sample.sentence("Holm is expected to visit Brandt in June.");
    let visit = sample.event("visit", "CONSULT", "verbal cooperation", &["a1"], &["a2"]);
    visit.mode = Some("visit".to_owned());
    visit.status = "planned".to_owned();
    sample
}

#[test]
fn a_page() {
    let expected = "\
Envoys meet while the border burns
The Brod Courier · Tuesday 12 May 2015

What happened ──────────────────────────────────────────────────────────
  • Ada Holm (envoy) met Igor Brandt · Brod · 12 May 2015 · told twice
    “Ada Holm *met* Igor Brandt in Brod on Tuesday, and the two envoys
     spoke for nearly four hours about the river border.”
  • Someone unnamed fired heavy weapons
    “A customs post was *shelled* at dawn.”

What is claimed, and by whom ───────────────────────────────────────────
  According to Villagers:
  • Soldiers beat two farmers
    “Villagers said that soldiers *beat* two farmers.”

What is denied ─────────────────────────────────────────────────────────
  Igor Brandt denies this:
  • Soldiers used force
    “Our soldiers *attacked* nobody,” Brandt said.

Planned, possible, did not happen ──────────────────────────────────────
  • Ada Holm to visit Igor Brandt
    “Holm is expected to *visit* Brandt in June.”

Who said what ──────────────────────────────────────────────────────────
  Villagers
    said: that soldiers beat two farmers
  Igor Brandt
    said: “Our soldiers attacked nobody”
";
    let written = page(&envoys().record, &WIDE);
    assert_eq!(written, expected, "\n{written}");
}

#[test]
fn no_line_is_wider_than_the_page() {
    for width in [30, 40, 60, 100] {
        let paper = Paper { width, ..WIDE };
        for line in page(&envoys().record, &paper).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
        }
    }
}

#[test]
fn verbose_says_what_decided() {
    let paper = Paper {
        width: 200,
        verbose: true,
        ..WIDE
    };
    let written = page(&envoys().record, &paper);
    assert!(
        written.contains(
            "[e3 ASSAULT/heavy-weapons, material conflict, actual, 0.87, by trigger + status]"
        ),
        "{written}"
    );
    assert!(written.contains("[c2 direct deny, 0.90]"), "{written}");
}

#[test]
fn colour_changes_no_word() {
    let plain = page(&envoys().record, &WIDE);
    let colour = Paper {
        colour: true,
        width: 500,
        ..WIDE
    };
    let painted = page(&envoys().record, &colour);
    assert!(painted.contains("\u{1b}[31m"), "material conflict is red");
    let mut bare = String::new();
    let mut escape = false;
    for c in painted.chars() {
        match c {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            _ if !escape => bare.push(c),
            _ => {}
        }
    }
    let words = |page: &str| -> Vec<String> {
        let kept = page.replace(['─', '*'], "");
        kept.split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(words(&bare), words(&plain));
}

#[test]
fn a_story_of_which_nothing_is_known() {
    let mut record = empty_record();
    record.problems.push(ProblemRecord {
        kind: "empty".to_owned(),
        start: None,
        end: None,
        message: "The story has no text.".to_owned(),
    });
    let expected = "\
A story without a headline
date not known

No political events found ──────────────────────────────────────────────

Problems ───────────────────────────────────────────────────────────────
  • The story has no text. (empty)
";
    assert_eq!(page(&record, &WIDE), expected);
}

#[test]
fn broken_references_do_no_harm() {
    let mut sample = envoys();
    for event in &mut sample.record.events {
        event.actor = vec!["a99".to_owned()];
        event.sentence = 1000;
        event.according_to = Some("c99".to_owned());
        event.trigger = vec![[5, 100_000]];
        event.quantities = vec![7];
    }
    let written = page(&sample.record, &WIDE);
    assert!(written.contains("Someone unnamed"), "{written}");
}

#[test]
fn who_tells_of_an_event_is_named_unless_it_is_the_actor() {
    let mut sample = envoys();
    sample
        .sentence("Holm said she would give Brandt a map, and Brandt said Holm thanked him.")
        .claim(
            Some(("Holm", Some("a1"))),
            "said",
            "she would give Brandt a map",
            "indirect",
        );
    let own = sample.event("give", "AGREE", "verbal cooperation", &["a1"], &["a2"]);
    own.according_to = Some("c3".to_owned());
    sample.claim(
        Some(("Brandt", Some("a2"))),
        "said",
        "Holm thanked him",
        "indirect",
    );
    let other = sample.event("thanked", "SUPPORT", "verbal cooperation", &["a1"], &["a2"]);
    other.according_to = Some("c4".to_owned());
    let written = page(&sample.record, &WIDE);
    assert!(
        written.contains("• Ada Holm made a commitment to Igor Brandt\n"),
        "{written}"
    );
    assert!(
        written.contains("• Ada Holm backed Igor Brandt · according to Igor Brandt\n"),
        "{written}"
    );
}
