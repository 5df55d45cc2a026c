//! Dates by what the encoder makes of triggers and time expressions, on hand-made CoNLL-U with numbers of the test's own.

use lexicon::Lexicon;
use types::record::Provenance;
use types::{Document, Moment, conllu};

const STORY: &str = "
# published = 2015-05-14
# time 1 = DATE 2015-05-11 - -
# event 1 = ASSAULT - actual
1  Rebels   rebel  NOUN   _  Number=Plur          2  nsubj  _  Role=1:B-actor
2  shelled  shell  VERB   _  Tense=Past|VerbForm=Fin  0  root  _  Trigger=1:B
3  Gori     Gori   PROPN  _  Number=Sing          2  obj    _  Name=B-Location|Role=1:B-recipient
4  on       on     ADP    _  _                    5  case   _  _
5  Monday   Monday PROPN  _  Number=Sing          2  obl    _  SpaceAfter=No|Time=1:B
6  .        .      PUNCT  _  _                    2  punct  _  _

# time 2 = DATE 2015-05-12 - -
# event 2 = COERCE - actual
1  Troops   troop  NOUN   _  Number=Plur          2  nsubj  _  Role=2:B-actor
2  raided   raid   VERB   _  Tense=Past|VerbForm=Fin  0  root  _  Trigger=2:B
3  Poti     Poti   PROPN  _  Number=Sing          2  obj    _  Name=B-Location|Role=2:B-recipient
4  on       on     ADP    _  _                    5  case   _  _
5  Tuesday  Tuesday PROPN _  Number=Sing          2  obl    _  SpaceAfter=No|Time=2:B
6  .        .      PUNCT  _  _                    2  punct  _  _

# event 3 = ACCUSE - actual
1  Norway   Norway PROPN  _  Number=Sing          2  nsubj  _  Name=B-Location|Role=3:B-actor
2  condemned condemn VERB _  Tense=Past|VerbForm=Fin  0  root  _  Trigger=3:B
3  them     they   PRON   _  _                    2  obj    _  SpaceAfter=No
4  .        .      PUNCT  _  _                    2  punct  _  _
";

fn story() -> Document {
    let mut documents = conllu::read(STORY.trim_start()).expect("the annotation is CoNLL-U");
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// The day of the last event.
fn last_day(document: &Document) -> Option<String> {
    let record = rapporteur_coder::code(document, Lexicon::built_in(), Provenance::default());
    let date = record.events.last().expect("three events").date.clone();
    date.first
}

/// The sentence's expression is the one that the event seeks.
fn sought(at: usize) -> Document {
    let mut document = story();
    for (time, expression) in document.times.iter().enumerate() {
        let numbers = vec![if time == at { 3.0 } else { -3.0 }; 32];
        document.moments.push(Moment {
            span: expression.span,
            numbers,
        });
    }
    for trigger in &mut document.triggers {
        trigger.scores.sought = vec![0.0; 32];
    }
    document.triggers[2].scores.sought = vec![1.0; 32];
    document
}

#[test]
fn an_event_has_the_date_that_its_trigger_seeks() {
    assert_eq!(last_day(&sought(0)).as_deref(), Some("2015-05-11"));
    assert_eq!(last_day(&sought(1)).as_deref(), Some("2015-05-12"));
}

/// The last event is of one occasion with another; what makes two occasions alike is read off the table.
fn like(other: usize) -> Document {
    let mut document = story();
    let table = include_str!("../data/occasions.tsv");
    let weight = |line: &str| line.split('\t').nth(1).and_then(|w| w.parse().ok());
    let product = table.lines().filter(|line| line.starts_with("product "));
    let signs = product.filter_map(weight).map(f32::signum);
    let alike: Vec<f32> = signs.map(|sign| 6.0 * sign).collect();
    assert_eq!(alike.len(), 32);
    let unlike = alike.iter().map(|x| -x).collect();
    document.triggers[2].scores.occasion = vec![6.0; 32];
    document.triggers[other].scores.occasion = alike;
    document.triggers[1 - other].scores.occasion = unlike;
    document
}

#[test]
fn an_event_has_the_date_of_the_event_whose_occasion_is_like_its_own() {
    assert_eq!(last_day(&like(0)).as_deref(), Some("2015-05-11"));
    assert_eq!(last_day(&like(1)).as_deref(), Some("2015-05-12"));
}
