//! What a word can be: the closed classes of English by their words, which tags have which features, irregular verbs.
//!
//! The heads were trained for events as well as for grammar, and now and then take a word by what it tells: "denied" for a
//! particle, since it negates. No grammar allows that, so it need not be learned. The lists are of written English as Universal
//! Dependencies tags it; checked against the training parts of EWT and GUM, whose words of these classes they hold, but for
//! slips of the pen.

use types::Upos;

const AUX: &[&str] = &[
    "'d", "'ll", "'m", "'re", "'s", "'ve", "`s", "ai", "am", "are", "be", "been", "being", "ca",
    "can", "could", "d", "did", "do", "does", "doing", "get", "gets", "getting", "got", "had",
    "has", "have", "having", "is", "ll", "m", "may", "might", "must", "ought", "r", "re", "s",
    "shall", "should", "ve", "was", "were", "will", "wo", "would", "’d", "’ll", "’m", "’re", "’s",
    "’ve",
];

const PART: &[&str] = &[
    "'", "'s", "`s", "n't", "na", "not", "nt", "n’t", "s", "ta", "to", "’", "’s",
];

const DET: &[&str] = &[
    "a",
    "all",
    "an",
    "another",
    "any",
    "both",
    "each",
    "either",
    "every",
    "half",
    "many",
    "neither",
    "no",
    "quite",
    "some",
    "such",
    "that",
    "the",
    "these",
    "this",
    "those",
    "what",
    "whatever",
    "which",
    "whichever",
];

const ADP: &[&str] = &[
    "@",
    "aboard",
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "amid",
    "amidst",
    "among",
    "amongst",
    "apart",
    "around",
    "as",
    "aside",
    "astride",
    "at",
    "atop",
    "away",
    "back",
    "because",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "but",
    "by",
    "circa",
    "despite",
    "down",
    "during",
    "except",
    "for",
    "forth",
    "forward",
    "from",
    "if",
    "in",
    "inside",
    "instead",
    "into",
    "like",
    "minus",
    "near",
    "nearby",
    "next",
    "notwithstanding",
    "o",
    "of",
    "off",
    "on",
    "onboard",
    "onto",
    "opposite",
    "out",
    "outside",
    "over",
    "past",
    "per",
    "post",
    "re",
    "round",
    "save",
    "since",
    "than",
    "then",
    "though",
    "through",
    "throughout",
    "till",
    "to",
    "together",
    "toward",
    "towards",
    "under",
    "underneath",
    "unlike",
    "until",
    "unto",
    "up",
    "upon",
    "versus",
    "via",
    "vs",
    "vs.",
    "w/",
    "with",
    "within",
    "without",
    "worth",
];

const CCONJ: &[&str] = &[
    "&", "+", "an", "and", "both", "but", "either", "minus", "n", "neither", "nor", "or", "plus",
    "slash", "whether", "yet",
];

const SCONJ: &[&str] = &[
    "about", "after", "against", "albeit", "although", "as", "at", "because", "before", "besides",
    "between", "beyond", "but", "by", "cause", "cos", "cuz", "despite", "except", "for", "from",
    "if", "in", "insofar", "instead", "into", "lest", "like", "of", "on", "once", "over",
    "provided", "since", "so", "than", "that", "then", "though", "through", "till", "to", "toward",
    "towards", "unless", "until", "upon", "whereas", "whether", "while", "whilst", "with",
    "without",
];

const PRON: &[&str] = &[
    "'em",
    "'s",
    "anybody",
    "anyone",
    "anything",
    "em",
    "everybody",
    "everyone",
    "everything",
    "he",
    "her",
    "hers",
    "herself",
    "him",
    "himself",
    "his",
    "i",
    "it",
    "it's",
    "its",
    "itself",
    "me",
    "mine",
    "my",
    "myself",
    "nobody",
    "none",
    "noone",
    "nothing",
    "one",
    "oneself",
    "our",
    "ours",
    "ourselves",
    "s",
    "she",
    "somebody",
    "someone",
    "something",
    "that",
    "thee",
    "their",
    "theirs",
    "them",
    "themselves",
    "there",
    "these",
    "they",
    "this",
    "those",
    "thou",
    "thy",
    "u",
    "ur",
    "us",
    "we",
    "what",
    "whatever",
    "which",
    "whichever",
    "who",
    "whoever",
    "whom",
    "whomever",
    "whose",
    "y'all",
    "ya",
    "ye",
    "yo",
    "you",
    "your",
    "yours",
    "yourself",
    "yourselves",
    "’s",
];

/// Whether a word can have the tag. Open classes take every word that has a letter or a figure; punctuation none of these.
pub(crate) fn allows(form: &str, upos: Upos) -> bool {
    let of = |words: &[&str]| words.contains(&form.to_lowercase().as_str());
    match upos {
        Upos::Punct => !form.chars().any(char::is_alphanumeric),
        Upos::Aux => of(AUX),
        Upos::Part => of(PART),
        Upos::Det => of(DET),
        Upos::Adp => of(ADP),
        Upos::Cconj => of(CCONJ),
        Upos::Sconj => of(SCONJ),
        Upos::Pron => of(PRON),
        Upos::Verb | Upos::Adj | Upos::Adv => form.chars().any(char::is_alphanumeric),
        _ => true,
    }
}

/// Whether words with the tag have all of the features ("Number=Sing|Person=3"), and the one that none of them is without.
pub(crate) fn agrees(upos: Upos, feats: &str) -> bool {
    use Upos::{Adj, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Sym, Verb};
    let names = || feats.split('|').map(|f| f.split('=').next().unwrap_or(f));
    let fits = |name: &str| match name {
        "Tense" | "VerbForm" | "Mood" => matches!(upos, Verb | Aux),
        "Voice" => upos == Verb,
        "Person" => matches!(upos, Verb | Aux | Pron),
        "Number" => matches!(upos, Noun | Propn | Verb | Aux | Pron | Det | Sym | Num),
        "Case" | "Gender" | "Poss" | "Reflex" => upos == Pron,
        "Definite" => upos == Det,
        "PronType" => matches!(upos, Adv | Det | Pron),
        "Degree" => matches!(upos, Adj | Adv),
        "NumForm" | "NumType" => matches!(upos, Adj | Num | Adv | Noun | Propn | Det),
        "Polarity" => matches!(upos, Part | Intj | Cconj | Adv),
        _ => true,
    };
    let needed = match upos {
        Verb | Aux => Some("VerbForm"),
        Noun => Some("Number"),
        _ => None,
    };
    names().all(fits) && needed.is_none_or(|needed| names().any(|name| name == needed))
}

/// Irregular verbs: forms, and what they are forms of. None that is also the form of another verb ("found", "lay", "saw").
const IRREGULAR: &[(&str, &str)] = &[
    ("ate", "eat"),
    ("beaten", "beat"),
    ("became", "become"),
    ("began", "begin"),
    ("begun", "begin"),
    ("bent", "bend"),
    ("bitten", "bite"),
    ("bled", "bleed"),
    ("blew", "blow"),
    ("blown", "blow"),
    ("bought", "buy"),
    ("bred", "breed"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("built", "build"),
    ("burnt", "burn"),
    ("came", "come"),
    ("caught", "catch"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("clung", "cling"),
    ("crept", "creep"),
    ("dealt", "deal"),
    ("did", "do"),
    ("done", "do"),
    ("drank", "drink"),
    ("drawn", "draw"),
    ("drew", "draw"),
    ("driven", "drive"),
    ("drove", "drive"),
    ("drunk", "drink"),
    ("dug", "dig"),
    ("eaten", "eat"),
    ("fallen", "fall"),
    ("fed", "feed"),
    ("fell", "fall"),
    ("felt", "feel"),
    ("fled", "flee"),
    ("flew", "fly"),
    ("flown", "fly"),
    ("forbade", "forbid"),
    ("forbidden", "forbid"),
    ("forgave", "forgive"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("fought", "fight"),
    ("froze", "freeze"),
    ("frozen", "freeze"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("got", "get"),
    ("gotten", "get"),
    ("grew", "grow"),
    ("grown", "grow"),
    ("had", "have"),
    ("has", "have"),
    ("heard", "hear"),
    ("held", "hold"),
    ("hid", "hide"),
    ("hidden", "hide"),
    ("hung", "hang"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("laid", "lay"),
    ("led", "lead"),
    ("lent", "lend"),
    ("lit", "light"),
    ("lost", "lose"),
    ("made", "make"),
    ("meant", "mean"),
    ("met", "meet"),
    ("mistook", "mistake"),
    ("overcame", "overcome"),
    ("overthrew", "overthrow"),
    ("overthrown", "overthrow"),
    ("paid", "pay"),
    ("pled", "plead"),
    ("proven", "prove"),
    ("ran", "run"),
    ("rang", "ring"),
    ("ridden", "ride"),
    ("risen", "rise"),
    ("rode", "ride"),
    ("rose", "rise"),
    ("said", "say"),
    ("sang", "sing"),
    ("sank", "sink"),
    ("sat", "sit"),
    ("seen", "see"),
    ("sent", "send"),
    ("shaken", "shake"),
    ("shook", "shake"),
    ("shot", "shoot"),
    ("shown", "show"),
    ("slain", "slay"),
    ("slept", "sleep"),
    ("slew", "slay"),
    ("slid", "slide"),
    ("sold", "sell"),
    ("sought", "seek"),
    ("spent", "spend"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("sprang", "spring"),
    ("stole", "steal"),
    ("stolen", "steal"),
    ("stood", "stand"),
    ("strove", "strive"),
    ("struck", "strike"),
    ("stuck", "stick"),
    ("sunk", "sink"),
    ("swept", "sweep"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("swum", "swim"),
    ("swung", "swing"),
    ("taken", "take"),
    ("taught", "teach"),
    ("thought", "think"),
    ("threw", "throw"),
    ("thrown", "throw"),
    ("told", "tell"),
    ("took", "take"),
    ("tore", "tear"),
    ("torn", "tear"),
    ("understood", "understand"),
    ("undertook", "undertake"),
    ("underwent", "undergo"),
    ("upheld", "uphold"),
    ("went", "go"),
    ("wept", "weep"),
    ("withdrawn", "withdraw"),
    ("withdrew", "withdraw"),
    ("withheld", "withhold"),
    ("withstood", "withstand"),
    ("woke", "wake"),
    ("won", "win"),
    ("wore", "wear"),
    ("worn", "wear"),
    ("written", "write"),
    ("wrote", "write"),
];

/// Forms of the verbs that also help others.
const HELPING: &[(&str, &str)] = &[
    ("am", "be"),
    ("are", "be"),
    ("be", "be"),
    ("been", "be"),
    ("being", "be"),
    ("did", "do"),
    ("do", "do"),
    ("does", "do"),
    ("had", "have"),
    ("has", "have"),
    ("have", "have"),
    ("having", "have"),
    ("is", "be"),
    ("was", "be"),
    ("were", "be"),
];

/// The verb that an irregular form belongs to, where the word is tagged as one.
pub(crate) fn irregular(form: &str, upos: Upos) -> Option<&'static str> {
    let table = match upos {
        Upos::Aux => HELPING,
        Upos::Verb => IRREGULAR,
        _ => return None,
    };
    let form = form.to_lowercase();
    let found = table.binary_search_by(|(written, _)| (*written).cmp(&form));
    found.ok().map(|at| table[at].1)
}

/// The verb of which a form with "-ed" is the past, where the dictionary form is `known`: "denied", "accused", "planned".
pub(crate) fn regular(form: &str, known: &impl Fn(&str) -> bool) -> Option<String> {
    let form = form.to_lowercase();
    if let Some(stem) = form.strip_suffix("ied") {
        return Some(format!("{stem}y")).filter(|verb| known(verb));
    }
    let stem = form.strip_suffix("ed").filter(|_| !form.ends_with("eed"))?;
    let with_e = format!("{stem}e");
    let last = stem.chars().last()?;
    let single = stem
        .strip_suffix(last)
        .filter(|short| short.ends_with(last));
    let verbs = [Some(stem), Some(with_e.as_str()), single];
    let mut found = verbs.into_iter().flatten().filter(|verb| known(verb));
    found.next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closed_classes_take_their_words_alone() {
        assert!(allows("The", Upos::Det) && !allows("rebels", Upos::Det));
        assert!(allows("not", Upos::Part) && !allows("denied", Upos::Part));
        assert!(
            allows("—", Upos::Punct) && !allows("said", Upos::Punct) && !allows("3", Upos::Punct)
        );
        assert!(allows("said", Upos::Verb) && !allows(":", Upos::Verb) && !allows(":", Upos::Aux));
    }

    #[test]
    fn features_go_with_tags() {
        assert!(
            agrees(Upos::Verb, "Tense=Past|VerbForm=Fin") && !agrees(Upos::Verb, "Polarity=Neg")
        );
        assert!(!agrees(Upos::Verb, "") && agrees(Upos::Adp, ""));
        assert!(!agrees(Upos::Noun, "Definite=Def|PronType=Art"));
    }

    #[test]
    fn irregular_verbs_are_sorted() {
        for table in [IRREGULAR, HELPING] {
            assert!(table.windows(2).all(|pair| pair[0].0 < pair[1].0));
        }
        assert_eq!(irregular("Said", Upos::Verb), Some("say"));
        assert_eq!(irregular("had", Upos::Aux), Some("have"));
        assert_eq!(irregular("rejected", Upos::Verb), None);
        assert_eq!(irregular("Shot", Upos::Noun), None);
    }

    #[test]
    fn regular_verbs_lose_their_ending() {
        let known = |verb: &str| ["deny", "accuse", "plan", "reject"].contains(&verb);
        let verbs = ["Denied", "accused", "planned", "rejected"];
        let made = verbs.map(|form| regular(form, &known).unwrap_or_default());
        assert_eq!(made, ["deny", "accuse", "plan", "reject"]);
        assert_eq!(regular("need", &known), None);
        assert_eq!(regular("shelled", &known), None);
    }
}
