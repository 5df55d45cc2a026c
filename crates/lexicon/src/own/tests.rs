use super::*;
use crate::Lexicon;

fn with(text: &str) -> (Lexicon, Vec<String>) {
    let mut lexicon = Lexicon::default();
    let problems = lexicon
        .add(text)
        .iter()
        .map(LineProblem::to_string)
        .collect();
    (lexicon, problems)
}

fn code(lexicon: &Lexicon, name: &str, day: &str) -> Option<String> {
    let actor = lexicon.own_actor(name, Date::first_of(day))?;
    Some(format!("{} {}", actor.name, actor.code.as_str()))
}

fn is(lexicon: &Lexicon, name: &str, day: &str, expected: &str) {
    assert_eq!(
        code(lexicon, name, day).as_deref(),
        Some(expected),
        "{name} on {day:?}"
    );
}

const OURS: &str = "\
# A lexicon of ours
actor\tAda Lund\tDNKGOV\tperson\t2010-03..2014-05-31
actor\tAda Lund\tDNKELI\tperson
actor\tFree Harbour Front\tUKRREB\torganisation
alias\tFHF\tFree Harbour Front
agent\tvigilante\tUAF
agent\tcosa nostra\tCRM\tgroup
";

#[test]
fn our_format_has_terms_aliases_and_agents() {
    let (lexicon, problems) = with(OURS);
    assert_eq!(problems, Vec::<String>::new());
    is(&lexicon, "Ada Lund", "2014-05-31", "Ada Lund DNKGOV");
    is(&lexicon, "ada  LUND", "2014-06-01", "Ada Lund DNKELI");
    is(&lexicon, "Ada Lund", "", "Ada Lund DNKELI");
    is(&lexicon, "the FHF", "2001", "Free Harbour Front UKRREB");
    assert_eq!(
        lexicon.agent("Vigilante").map(|a| (a.role, a.number)),
        Some(("UAF", Number::Person))
    );
    assert_eq!(
        lexicon.agent("cosa nostra").map(|a| a.number),
        Some(Number::Group)
    );
    assert_eq!(
        lexicon.agent("minister").map(|a| a.role),
        Some("GOV"),
        "the built-in list still holds"
    );
}

#[test]
fn a_users_agent_goes_before_the_built_in_one() {
    let (lexicon, _) = with("agent\tofficial\tELI\n");
    assert_eq!(lexicon.agent("official").map(|a| a.role), Some("ELI"));
    assert_eq!(
        Lexicon::built_in().agent("official").map(|a| a.role),
        Some("GOV")
    );
}

#[test]
fn lines_with_errors_are_named_and_left_out() {
    let (lexicon, problems) = with(
        "actor\tA B\tRUSGOV\nactor\tA B\tRUSMIL\nactor\tC\tRUSQQQ\nactor\t\tRUS\nactor\tD\tRUS\tplanet\n\
         actor\tE\tRUS\t-\t2010-13..\nactor\tF\tRUS\t-\t2012..2010\nalias\tG\tH\nagent\tx\tXYZ\nboss\tI\tRUS\nactor\tJ\n\
         actor\tK\tFRAGOV\t-\t2010..\nactor\tK\tFRAMIL\t-\t2011..2012\n",
    );
    let expected = [
        "line 2: A B is RUSGOV on some of these days already",
        "line 3: RUSQQQ: QQQ is no country and no role of CAMEO",
        "line 4: the name is empty",
        "line 5: planet: a kind is person, state, organisation, group or -",
        "line 6: 2010-13..: dates are FIRST..LAST, each YYYY-MM-DD, YYYY-MM, YYYY or nothing",
        "line 7: 2012..2010: the first day comes after the last",
        "line 8: H: no actor of this file has that name",
        "line 9: XYZ: a role is one of CAMEO's, such as GOV, MIL or REB",
        "line 10: a line begins with actor, alias or agent and a tab",
        "line 11: actor takes name, code, and maybe kind and dates, with tabs between",
        "line 13: K is FRAGOV on some of these days already",
    ];
    assert_eq!(problems, expected);
    is(&lexicon, "A B", "2010", "A B RUSGOV");
    assert_eq!(code(&lexicon, "C", "2010"), None);
}

const PETRARCH: &str = "\
# actors
ADA_LUND_  ; a comment
+MINISTER_ADA_LUND_
+LUND
\t[DNKELI 700101-990809]
\t[DNKGOV 19991231-080507]
\t[DNKGOV >100508]
\t[DNKELI]

THE_HARBOUR_UNION_
HU_
H.U._
\t[IGOHAR]
MOTOLAND_ [ROM]
+MOTOLANDER_ # people
HARBOUR_GUARD_ [DNKREB <19900101] [DNKMIL]
";

#[test]
fn actors_of_petrarch_have_synonyms_and_dated_codes() {
    let (lexicon, problems) = with(PETRARCH);
    assert_eq!(problems, Vec::<String>::new());
    is(&lexicon, "Ada Lund", "1980-01-01", "Ada Lund DNKELI");
    is(&lexicon, "Lund", "2008-05-07", "Ada Lund DNKGOV");
    is(&lexicon, "Lund", "2009-05-07", "Ada Lund DNKELI");
    is(
        &lexicon,
        "Minister Ada Lund",
        "2026-05-07",
        "Ada Lund DNKGOV",
    );
    is(
        &lexicon,
        "Harbour Union",
        "2026",
        "The Harbour Union IGOHAR",
    );
    is(&lexicon, "H.U.", "2026", "The Harbour Union IGOHAR");
    is(&lexicon, "Motolander", "2026", "Motoland ROU");
    let kind = lexicon.own_actor("Motoland", None).and_then(|a| a.kind);
    assert_eq!(kind, Some(ActorKind::State));
    is(&lexicon, "Harbour Guard", "1980", "Harbour Guard DNKREB");
    is(&lexicon, "Harbour Guard", "1995", "Harbour Guard DNKMIL");
}

#[test]
fn agents_of_petrarch_have_plurals_and_sets() {
    let (lexicon, problems) = with(
        "!PERSON! = MAN, MEN, WOMAN\nDAIRY!PERSON! [~AGR]\nCHAMBER_OF_COMMERCE {CHAMBERS_OF_COMMERCE} [~BUS]\n\
         HIRED_HAND {} [~LABBUS]\nFISH!NOBODY! [~AGR]\n",
    );
    assert_eq!(problems, ["line 5: FISH!NOBODY!: no such set of words"]);
    for (noun, role) in [
        ("dairyman", "AGR"),
        ("dairymen", "AGR"),
        ("dairywoman", "AGR"),
        ("chamber of commerce", "BUS"),
        ("chambers of commerce", "BUS"),
        ("hired hand", "LAB"),
    ] {
        assert_eq!(lexicon.agent(noun).map(|a| a.role), Some(role), "{noun}");
    }
}

#[test]
fn errors_in_dictionaries_are_named() {
    let (lexicon, problems) = with(
        "+ORPHAN_\nA_NAME_ [rusgov]\nB_NAME_ [RUSGOV 2000-]\nC_NAME_ [RUSGOV 20100101-20000101]\nD_NAME_ [RUSGOV\n\
         \nE_NAME_ [---]\nF_NAME_ [RUSGOV 990231-000000]\nLAST_",
    );
    let expected = [
        "line 1: a synonym without a name above it",
        "line 2: [rusgov]: a code is groups of three capitals, such as RUSGOV",
        "line 3: [RUSGOV 2000-]: dates are BEGIN-END, <END or >BEGIN, each YYYYMMDD or YYMMDD",
        "line 4: [RUSGOV 20100101-20000101]: begins after it ends",
        "line 5: [RUSGOV: the bracket is not closed",
        "line 9: LAST_: a name without a code",
    ];
    assert_eq!(problems, expected);
    is(&lexicon, "F name", "1999-12-01", "F Name RUSGOV");
}

#[test]
fn sets_that_hold_each_other_come_to_an_end() {
    let words = (0..40)
        .map(|i| format!("W{i}"))
        .collect::<Vec<_>>()
        .join(", ");
    let (_, problems) = with(&format!(
        "!A! = !A!, X\n!B! = {words}\n!A! [~GOV]\n!B!!B! [~GOV]\n!!! [~GOV]\n!!! = B\n"
    ));
    assert!(
        problems.iter().any(|p| p.contains("stands for more than")),
        "{problems:?}"
    );
}

/// The dictionaries of the Open Event Data Alliance load as they are, where they are.
#[test]
fn public_dictionaries_load() {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var("RAPPORTEUR_SHARED").unwrap_or_else(|_| beside.to_owned());
    let folder = std::path::Path::new(&folder).join("data/lexicon/petrarch");
    let mut lexicon = Lexicon::default();
    for (file, most) in [
        ("Phoenix.Countries.actors.txt", 40),
        ("Phoenix.International.actors.txt", 40),
        ("Phoenix.MilNonState.actors.txt", 20),
        ("Phoenix.agents.txt", 20),
        ("CAMEO.EthnicGroups.actors.txt", 5),
        ("CAMEO.ReligiousGroups.actors.txt", 5),
    ] {
        let Ok(bytes) = std::fs::read(folder.join(file)) else {
            println!("skipped: there is no {file}");
            return;
        };
        let text: String = bytes.iter().map(|b| char::from(*b)).collect();
        let problems = lexicon.add(&text);
        println!("{file}: {} problems", problems.len());
        for problem in &problems {
            println!("  {problem}");
        }
        assert!(problems.len() <= most, "{file}");
    }
    let code = |name, day| {
        lexicon
            .own_actor(name, Date::first_of(day))
            .map(|a| a.code.as_str().to_owned())
    };
    assert_eq!(
        code("Vladimir Putin", "2005-01-01").as_deref(),
        Some("RUSGOV")
    );
    assert_eq!(
        code("Vladimir Putin", "1990-01-01").as_deref(),
        Some("RUSELI")
    );
    assert_eq!(
        code("United Nations", "2005-01-01").as_deref(),
        Some("IGOUNO")
    );
    assert_eq!(lexicon.agent("cattleman").map(|a| a.role), Some("AGR"));
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Lines made of what lexicons are made of, so that the parsers get past their first look.
    fn lines() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[A-Z_]{1,8}",
            Just("actor\t".to_owned()),
            Just("alias\t".to_owned()),
            Just("agent\t".to_owned()),
            Just("\t".to_owned()),
            Just("+".to_owned()),
            Just("!PERSON!".to_owned()),
            Just(" = A, !B!".to_owned()),
            Just("[RUSGOV 20000507-20080507]".to_owned()),
            Just("[~".to_owned()),
            Just("RUSGOV".to_owned()),
            Just("2010..2012-05".to_owned()),
            Just("[".to_owned()),
            Just("]".to_owned()),
            Just("{".to_owned()),
            Just(" >990231".to_owned()),
            Just("\n".to_owned()),
            "\\PC{0,4}",
        ];
        proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_problems_name_its_lines(text in prop_oneof![lines(), "\\PC{0,200}"]) {
            let mut lexicon = Lexicon::default();
            let problems = lexicon.add(&text);
            let count = text.lines().count();
            let mut last = 0;
            for problem in problems {
                prop_assert!(problem.line >= last.max(1) && problem.line <= count, "{problem}");
                prop_assert!(!problem.reason.is_empty());
                last = problem.line;
            }
        }

        #[test]
        fn what_is_taken_is_found(name in "[A-Z][a-z]{1,8} [A-Z][a-z]{1,8}", role in "GOV|MIL|OPP") {
            let (lexicon, problems) = with(&format!("actor\t{name}\tRUS{role}\n"));
            prop_assert_eq!(problems, Vec::<String>::new());
            let found = lexicon.own_actor(&name.to_uppercase(), None);
            let code = format!("RUS{role}");
            prop_assert_eq!(found.map(|a| a.code.as_str()), Some(code.as_str()));
        }

        #[test]
        fn days_that_are_read_are_written_the_same(text in "[0-9]{4}-[0-9]{2}-[0-9]{2}") {
            if let Some(day) = Date::first_of(&text) {
                prop_assert_eq!(day.to_string(), text.clone());
                prop_assert_eq!(Date::last_of(&text), Some(day));
            }
        }

        #[test]
        fn office_holders_of_any_words(words in proptest::collection::vec("\\PC{0,6}", 0..4)) {
            let _ = Lexicon::built_in().office_holders(&words);
        }
    }
}
