//! What the coder tells of its decisions, on hand-made CoNLL-U.

use lexicon::Lexicon;
use types::explain::{Decision, Explained, Explanation};
use types::record::{Provenance, Record};
use types::{AttributionScores, Document, EventType, Mode, NameKind, WeighedPlace, conllu};

fn document(annotation: &str) -> Document {
    let mut documents = conllu::read(annotation.trim_start()).expect("the annotation is CoNLL-U");
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn explained(document: &Document) -> Explained {
    rapporteur_coder::explain(document, Lexicon::built_in(), Provenance::default())
}

fn record(document: &Document) -> Record {
    rapporteur_coder::code(document, Lexicon::built_in(), Provenance::default())
}

fn of<'e>(explained: &'e Explained, id: &str) -> &'e Explanation {
    let found = explained.explanations.iter().find(|e| e.id == id);
    found.unwrap_or_else(|| panic!("there is no {id}"))
}

fn field<'e>(explanation: &'e Explanation, name: &str) -> &'e Decision {
    let found = explanation.decisions.iter().find(|d| d.field == name);
    found.unwrap_or_else(|| panic!("nothing is told of {name}: {explanation:#?}"))
}

fn value<'e>(explanation: &'e Explanation, name: &str) -> &'e str {
    field(explanation, name).value.as_deref().unwrap_or("-")
}

/// The words of a decision, joined by `|`.
fn words(decision: &Decision) -> String {
    let words: Vec<&str> = decision.words.iter().map(|w| w.words.as_str()).collect();
    words.join("|")
}

/// File and first column of the lines of a decision.
fn lines(decision: &Decision) -> Vec<(&str, &str)> {
    let lines = decision.lexicon.iter();
    lines
        .map(|l| {
            (
                l.file.as_str(),
                l.entry.split('\t').next().unwrap_or_default(),
            )
        })
        .collect()
}

const DENIAL: &str = "
# event 1 = AID - actual 0.9 0.8 0.05 0.05 0.05 0.03 0.02
1  Norway   Norway  PROPN  _  Number=Sing  2  nsubj      _  Name=B-Location|Attribution=1:B-source|Role=1:B-actor
2  denies   deny    VERB   _  _            0  root       _  Attribution=1:B-cue
3  sending  send    VERB   _  _            2  xcomp      _  Attribution=1:B-content|Trigger=1:B
4  weapons  weapon  NOUN   _  Number=Plur  3  obj        _  Attribution=1:I-content
5  to       to      ADP    _  _            8  case       _  Attribution=1:I-content
6  Chad     Chad    PROPN  _  Number=Sing  8  nmod:poss  _  SpaceAfter=No|Name=B-Location|Attribution=1:I-content|Role=1:B-recipient
7  's       's      PART   _  _            6  case       _  Attribution=1:I-content|Role=1:I-recipient
8  rebels   rebel   NOUN   _  Number=Plur  3  obl        _  SpaceAfter=No|Attribution=1:I-content|Role=1:I-recipient
9  .        .       PUNCT  _  _            2  punct      _  _
";

#[test]
fn a_rule_over_the_status_names_its_word_its_line_and_what_it_overruled() {
    let told = explained(&document(DENIAL));
    let status = field(of(&told, "e1"), "status");
    assert_eq!(
        (status.value.as_deref(), status.by.as_str()),
        (Some("denied"), "rule:denied-by-cue")
    );
    assert_eq!(words(status), "denies");
    assert_eq!(lines(status), [("status_cues.tsv", "deny")]);
    let overruled = status.runner_up.as_ref().expect("the head said otherwise");
    assert_eq!((overruled.value.as_str(), overruled.score), ("actual", 0.8));
}

#[test]
fn parties_tell_how_they_became_actors_and_codes_where_they_come_from() {
    let told = explained(&document(DENIAL));
    let event = of(&told, "e1");
    let actor = field(event, "actor");
    assert_eq!(
        (actor.by.as_str(), actor.label.as_deref()),
        ("rule:state-name", Some("Norway"))
    );
    assert_eq!(lines(actor), [("states.tsv", "Norway")]);
    let recipient = field(event, "recipient");
    assert_eq!(recipient.by, "rule:described-here");
    assert_eq!(recipient.label.as_deref(), Some("Chad's rebels"));
    let code = event
        .decisions
        .iter()
        .find(|d| d.field == "code" && d.label == recipient.label)
        .expect("the rebels have a code");
    assert_eq!(
        (code.value.as_deref(), code.by.as_str()),
        (Some("TCDREB"), "rule:country-and-role")
    );
    assert_eq!(
        lines(code),
        [("states.tsv", "Chad"), ("agents.tsv", "rebel")]
    );
}

#[test]
fn an_event_tells_its_claim_and_its_line_of_cameo() {
    let told = explained(&document(DENIAL));
    let event = of(&told, "e1");
    let claim = field(event, "according_to");
    assert_eq!(
        (claim.value.as_deref(), claim.label.as_deref()),
        (Some("c1"), Some("Norway"))
    );
    assert_eq!(
        (claim.by.as_str(), words(claim).as_str()),
        ("rule:cue-of-status", "denies")
    );
    let cameo = field(event, "cameo");
    let line = cameo.lexicon.first().expect("a line");
    assert_eq!(line.file, "cameo.tsv");
    assert!(line.entry.starts_with("AID\t"), "{line:?}");
    assert!(
        line.entry
            .split('\t')
            .any(|c| Some(c) == cameo.value.as_deref()),
        "{cameo:?}"
    );
    let context = field(event, "context");
    assert_eq!(context.by, "lexicon:contexts.tsv");
    assert!(
        context
            .lexicon
            .iter()
            .all(|l| l.entry.split('\t').nth(1) == Some(value(event, "context")))
    );
}

#[test]
fn a_claim_tells_its_stance_and_source() {
    let told = explained(&document(DENIAL));
    let claim = of(&told, "c1");
    assert_eq!(
        claim.summary,
        "Norway, deny: sending weapons to Chad's rebels"
    );
    let stance = field(claim, "stance");
    assert_eq!(
        (stance.value.as_deref(), stance.by.as_str()),
        (Some("deny"), "lexicon:cues.tsv")
    );
    assert_eq!(lines(stance), [("cues.tsv", "deny")]);
    let sources: Vec<(&str, &str)> = claim
        .decisions
        .iter()
        .filter(|d| d.field == "source")
        .map(|d| (d.stage.as_str(), d.by.as_str()))
        .collect();
    assert_eq!(
        sources,
        [
            ("attributions", "head:attribution"),
            ("actors", "rule:state-name")
        ]
    );
    let marks: Vec<(&str, &str)> = claim
        .marks
        .iter()
        .map(|m| (m.part.as_str(), m.words.as_str()))
        .collect();
    let expected = [
        ("source", "Norway"),
        ("cue", "denies"),
        ("content", "sending weapons to Chad's rebels"),
    ];
    assert_eq!(marks, expected);
}

#[test]
fn the_tree_is_the_sentences() {
    let told = explained(&document(DENIAL));
    let [sentence] = of(&told, "e1").sentences.as_slice() else {
        panic!("one sentence");
    };
    assert_eq!(
        sentence.text,
        "Norway denies sending weapons to Chad's rebels."
    );
    assert_eq!(
        (sentence.start, sentence.end),
        (0, sentence.text.chars().count())
    );
    let trigger = &sentence.tokens[2];
    assert_eq!(
        (trigger.form.as_str(), trigger.head, trigger.deprel.as_str()),
        ("sending", Some(1), "xcomp")
    );
    assert_eq!(sentence.tokens[1].head, None);
}

#[test]
fn what_the_heads_put_second_is_told() {
    let mut document = document(
        "
# event 1 = ASSAULT firearms actual 0.7 0.6 0 0.1 0 0.3 0
1  Rebels   rebel    NOUN   _  Number=Plur  2  nsubj  _  Role=1:B-actor
2  struck   strike   VERB   _  _            0  root   _  Trigger=1:B
3  .        .        PUNCT  _  _            2  punct  _  _
",
    );
    let scores = &mut document.triggers[0].scores;
    scores.second_type = Some((Some(EventType::Coerce), 0.2));
    scores.mode = Some(0.5);
    scores.second_mode = Some((Some(Mode::Aerial), 0.25));
    scores.actor = vec![0.125];
    let told = explained(&document);
    let event = of(&told, "e1");
    let second = |name| {
        let second = field(event, name)
            .runner_up
            .as_ref()
            .expect("something came second");
        (second.value.as_str(), second.score)
    };
    assert_eq!(second("type"), ("COERCE", 0.2));
    assert_eq!(second("mode"), ("aerial", 0.25));
    assert_eq!(second("status"), ("claimed", 0.3));
    assert_eq!(field(event, "type").score, Some(0.7));
    assert_eq!(field(event, "status").by, "head:status");
    assert_eq!(field(event, "status").score, Some(0.6));
    assert_eq!(field(event, "actor").score, Some(0.125));
    assert_eq!(event.marks[0].score, Some(0.125));
    assert_eq!(field(event, "according_to").by, "rule:narrator");
    let scores = &mut document.triggers[0].scores;
    scores.second_type = Some((None, 0.2));
    let told = explained(&document);
    let second = field(of(&told, "e1"), "type").runner_up.as_ref();
    assert_eq!(second.map(|s| s.value.as_str()), Some("none"));
}

#[test]
fn a_pronoun_tells_its_antecedent_and_a_negation_its_word() {
    let told = explained(&document(
        "
# event 1 = CONSULT - actual 0.9
1   President  President  PROPN  _  Number=Sing  2  compound  _  _
2   Ada        Ada        PROPN  _  Number=Sing  4  nsubj     _  Name=B-Person
3   Holm       Holm       PROPN  _  Number=Sing  2  flat      _  Name=I-Person
4   spoke      speak      VERB   _  _            0  root      _  _
5   .          .          PUNCT  _  _            4  punct     _  _

1   She        she        PRON   _  Gender=Fem   4  nsubj     _  Role=1:B-actor
2   did        do         AUX    _  _            4  aux       _  _
3   not        not        PART   _  _            4  advmod    _  _
4   meet       meet       VERB   _  _            0  root      _  Trigger=1:B
5   France     France     PROPN  _  Number=Sing  4  obj       _  Name=B-Location|Role=1:B-recipient
6   .          .          PUNCT  _  _            4  punct     _  _
",
    ));
    let event = of(&told, "e1");
    let actor = field(event, "actor");
    assert_eq!(
        (actor.by.as_str(), words(actor).as_str()),
        ("rule:antecedent", "She|Ada Holm")
    );
    let status = field(event, "status");
    assert_eq!(status.by, "rule:negated-by-word");
    assert_eq!(
        (status.value.as_deref(), words(status).as_str()),
        (Some("negated"), "not")
    );
}

#[test]
fn explaining_tells_of_all_that_the_record_has_and_nothing_else() {
    let document = document(DENIAL);
    let (record, told) = (record(&document), explained(&document));
    let events = record.events.iter().map(|e| &e.id);
    let ids: Vec<&String> = events.chain(record.claims.iter().map(|c| &c.id)).collect();
    assert_eq!(told.items.iter().map(|i| &i.id).collect::<Vec<_>>(), ids);
    assert_eq!(
        told.explanations.iter().map(|e| &e.id).collect::<Vec<_>>(),
        ids
    );
    let event = of(&told, "e1");
    assert_eq!(value(event, "type"), record.events[0].event);
    assert_eq!(value(event, "status"), record.events[0].status);
    assert_eq!(
        Some(value(event, "cameo")),
        record.events[0].cameo.as_deref()
    );
    assert_eq!(
        value(event, "confidence"),
        record.events[0].confidence.to_string()
    );
    assert_eq!(explained(&Document::default()).items, []);
}

#[test]
fn parties_by_the_tree_and_dates_tell_their_rules() {
    let told = explained(&document(
        "
# event 1 = ASSAULT - actual 0.9
# time 1 = DATE 2015-02-03
1  Rebels    rebel    NOUN   _  Number=Plur  2  nsubj  _  _
2  attacked  attack   VERB   _  _            0  root   _  Trigger=1:B
3  France    France   PROPN  _  Number=Sing  2  obj    _  Name=B-Location|Role=1:B-recipient
4  on        on       ADP    _  _            5  case   _  _
5  Tuesday   Tuesday  PROPN  _  Number=Sing  2  obl    _  Time=1:B
6  .         .        PUNCT  _  _            2  punct  _  _
",
    ));
    let event = of(&told, "e1");
    let by_tree: Vec<(&str, &str, Option<&str>)> = event
        .decisions
        .iter()
        .filter(|d| d.stage == "roles")
        .map(|d| (d.field.as_str(), d.by.as_str(), d.value.as_deref()))
        .collect();
    assert_eq!(
        by_tree,
        [("actor", "rule:party-by-tree", Some("Rebels"))],
        "the head's recipient is the head's"
    );
    assert_eq!(field(event, "actor").label.as_deref(), Some("Rebels"));
    let date = field(event, "date");
    assert_eq!(
        (date.value.as_deref(), date.by.as_str()),
        (Some("2015-02-03"), "rule:attached")
    );
    assert_eq!(words(date), "Tuesday");
    let second = date.runner_up.as_ref().map(|r| r.value.as_str());
    assert_eq!(second, Some("none"), "the story names one day");
    assert!(date.score > date.runner_up.as_ref().map(|r| r.score));
}

const RAID: &str = "
# place 1 = Homs | SYR | Homs | 34.73 36.71 | 169577
# event 1 = ASSAULT - actual 0.9
1   Soldiers  soldier  NOUN   _  Number=Plur  2  nsubj  _  Role=1:B-actor
2   carried   carry    VERB   _  _            0  root   _  _
3   out       out      ADP    _  _            2  compound:prt  _  _
4   raids     raid     NOUN   _  Number=Plur  2  obj    _  Trigger=1:B
5   in        in       ADP    _  _            6  case   _  _
6   Homs      Homs     PROPN  _  Number=Sing  2  obl    _  SpaceAfter=No|Name=B-Location|Place=1:B
7   .         .        PUNCT  _  _            2  punct  _  _
";

#[test]
fn a_place_tells_whether_the_head_or_the_tree_found_it() {
    let told = explained(&document(RAID));
    let place = field(of(&told, "e1"), "place");
    assert_eq!(
        (place.by.as_str(), place.label.as_deref()),
        ("rule:locative-modifier", Some("Homs (SYR)"))
    );
    assert_eq!(words(place), "Homs");
    let marked = RAID.replace("Place=1:B", "Place=1:B|Role=1:B-place");
    let told = explained(&document(&marked));
    let place = field(of(&told, "e1"), "place");
    assert_eq!(
        (place.by.as_str(), words(place).as_str()),
        ("head:argument", "Homs")
    );
    let nowhere = RAID.replace("  in ", "  of ");
    let told = explained(&document(&nowhere));
    let place = field(of(&told, "e1"), "place");
    assert_eq!((place.value.as_deref(), words(place).as_str()), (None, ""));
}

const PLACES: &str = "
# place 1 = Homs | SYR | Homs | 34.73 36.71 | 169577
# place 2 = Syria | SYR | - | 35 38 | 163843
# event 1 = ASSAULT - actual 0.9
1   Soldiers  soldier  NOUN   _  Number=Plur  2  nsubj  _  Role=1:B-actor
2   attacked  attack   VERB   _  _            0  root   _  Trigger=1:B
3   villages  village  NOUN   _  Number=Plur  2  obj    _  Role=1:B-recipient
4   near      near     ADP    _  _            5  case   _  _
5   Homs      Homs     PROPN  _  Number=Sing  2  obl    _  Name=B-Location|Place=1:B|Role=1:B-place
6   in        in       ADP    _  _            7  case   _  _
7   Syria     Syria    PROPN  _  Number=Sing  2  obl    _  SpaceAfter=No|Name=B-Location|Place=2:B|Role=1:B-place
8   .         .        PUNCT  _  _            2  punct  _  _
";

#[test]
fn a_place_tells_which_other_words_were_marked() {
    let mut document = document(PLACES);
    document.triggers[0].scores.place = vec![0.8, 0.6];
    let told = explained(&document);
    let place = field(of(&told, "e1"), "place");
    assert_eq!((words(place).as_str(), place.score), ("Homs", Some(0.8)));
    let second = place.runner_up.as_ref().expect("another place");
    assert_eq!((second.value.as_str(), second.score), ("p2", 0.6));
}

#[test]
fn where_no_place_is_marked_the_nearest_word_is_told() {
    let mut document = document(&RAID.replace("  in ", "  of "));
    document.triggers[0].scores.passed_over[3] = Some((5, 0.3));
    let told = explained(&document);
    let second = field(of(&told, "e1"), "place").runner_up.as_ref();
    let second = second.expect("a word that came nearest");
    assert_eq!((second.value.as_str(), second.score), ("Homs", 0.3));
}

#[test]
fn a_place_tells_which_others_the_gazetteer_has_of_its_name() {
    let mut document = document(PLACES);
    let place = |name: &str, country: &str, population, likely| WeighedPlace {
        name: name.to_owned(),
        division: None,
        country: Some(country.to_owned()),
        population,
        likely,
    };
    document.places[0].weighed = vec![
        place("Homs", "SYR", 775_404, 0.97),
        place("Homs", "LBY", 201_943, 0.03),
    ];
    let told = explained(&document);
    let chosen = field(of(&told, "e1"), "gazetteer");
    assert_eq!(
        (chosen.value.as_deref(), chosen.score),
        (Some("p1"), Some(0.97))
    );
    assert_eq!(
        chosen.label.as_deref(),
        Some("Homs, SYR, some 770,000 inhabitants")
    );
    let second = chosen.runner_up.as_ref().expect("another Homs");
    let expected = ("Homs, LBY, some 200,000 inhabitants", 0.03);
    assert_eq!((second.value.as_str(), second.score), expected);
}

#[test]
fn names_and_claims_tell_what_the_heads_put_second() {
    let mut document = document(DENIAL);
    document.names[0].second = Some((Some(NameKind::Person), 0.2));
    document.attributions[0].scores = AttributionScores {
        source: vec![0.9],
        cue: vec![0.7],
        content: vec![0.8],
        no_cue: Some(0.3),
        other_source: Some((7, 0.1)),
        other_content: Some((2, 0.4)),
    };
    let told = explained(&document);
    let second = |explanation: &str, name: &str| {
        let found = field(of(&told, explanation), name).runner_up.clone();
        found.map(|second| (second.value, second.score))
    };
    assert_eq!(second("e1", "name"), Some(("Person".to_owned(), 0.2)));
    assert_eq!(second("c1", "cue"), Some(("none".to_owned(), 0.3)));
    assert_eq!(second("c1", "source"), Some(("rebels".to_owned(), 0.1)));
    assert_eq!(second("c1", "content"), None, "it is in the content itself");
}

#[test]
fn words_of_a_party_tell_which_word_came_nearest() {
    let mut document = document(DENIAL);
    document.triggers[0].scores.actor = vec![0.6];
    document.triggers[0].scores.passed_over[0] = Some((5, 0.25));
    let told = explained(&document);
    let mut decisions = of(&told, "e1").decisions.iter();
    let marked = decisions.find(|d| d.field == "actor" && d.by == "head:argument");
    let second = marked.and_then(|d| d.runner_up.as_ref());
    let second = second.map(|s| (s.value.as_str(), s.score));
    assert_eq!(second, Some(("Chad", 0.25)));
}

const TWO_WOMEN: &str = "
# event 1 = SUPPORT - actual 0.9
1  Ann      Ann     PROPN  _  Number=Sing  3  nsubj  _  Name=B-Person
2  Roe      Roe     PROPN  _  Number=Sing  1  flat   _  Name=I-Person
3  phoned   phone   VERB   _  _            0  root   _  _
4  Mary     Mary    PROPN  _  Number=Sing  3  obj    _  Name=B-Person
5  Poe      Poe     PROPN  _  Number=Sing  4  flat   _  SpaceAfter=No|Name=I-Person
6  .        .       PUNCT  _  _            3  punct  _  _

1  She      she     PRON   _  Gender=Fem|Number=Sing|Person=3  2  nsubj  _  Role=1:B-actor
2  praised  praise  VERB   _  _            0  root   _  Trigger=1:B
3  Kenya    Kenya   PROPN  _  Number=Sing  2  obj    _  SpaceAfter=No|Name=B-Location|Role=1:B-recipient
4  .        .       PUNCT  _  _            2  punct  _  _
";

#[test]
fn a_pronoun_tells_whom_else_it_may_mean() {
    let told = explained(&document(TWO_WOMEN));
    let actor = field(of(&told, "e1"), "actor");
    assert_eq!(actor.by, "rule:antecedent");
    let second = actor.runner_up.as_ref().expect("another woman");
    assert!(actor.value.is_some() && actor.value.as_deref() != Some(second.value.as_str()));
    assert!(second.score > 0.0 && second.score <= 0.5, "{second:?}");
}
