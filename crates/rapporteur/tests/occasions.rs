//! What events are dated with belongs to the shipped weights: `just derive-occasions` makes it for each new model.

use rapporteur::Reader;
use rapporteur::source::{self, Stories};

#[test]
fn the_shipped_model_gives_triggers_and_time_expressions_their_numbers() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples");
    let names = [
        "talks-at-the-lake",
        "shelling-at-the-crossing",
        "march-in-the-capital",
    ];
    let files = names.map(|name| format!("{root}/{name}.txt"));
    let reader = Reader::built_in().expect("the shipped model");
    let (mut triggers, mut times) = (0, 0);
    for story in Stories::open(files, source::Options::default()) {
        let document = reader.parse(&story.expect("an example"));
        for trigger in &document.triggers {
            let scores = &trigger.scores;
            assert_eq!((scores.occasion.len(), scores.sought.len()), (32, 32));
            triggers += 1;
        }
        let spans: Vec<_> = document.moments.iter().map(|m| m.span).collect();
        for time in &document.times {
            assert!(spans.contains(&time.span), "{:?}", time.span);
            times += 1;
        }
        assert!(document.moments.iter().all(|m| m.numbers.len() == 32));
    }
    assert!(triggers > 20 && times > 10, "{triggers} {times}");
}
