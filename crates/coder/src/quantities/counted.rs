//! What a number counts.

use types::Upos;

use super::amounts::Amount;
use crate::reading::{Reading, singular};

/// What is counted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counted {
    /// `killed`, `troops` … of the record.
    pub(super) what: &'static str,
    /// The noun in the singular, or the currency; `None` where none is named.
    pub(super) unit: Option<String>,
    /// The noun.
    pub(super) noun: Option<usize>,
    /// The sign of a currency before the number.
    pub(super) sign: Option<usize>,
}

/// Signs of currencies, and the word for them. Of which country the dollars are, the sign does not say.
const SIGNS: &[(&str, &str)] = &[
    ("$", "dollar"),
    ("US$", "dollar"),
    ("€", "euro"),
    ("£", "pound"),
    ("¥", "yen"),
    ("₽", "ruble"),
    ("₹", "rupee"),
    ("₪", "shekel"),
];

const CURRENCIES: &[&str] = &[
    "cent", "dinar", "dirham", "dollar", "euro", "franc", "hryvnia", "krona", "lira", "naira",
    "peso", "pound", "rand", "rial", "riyal", "rouble", "ruble", "rupee", "shekel", "shilling",
    "won", "yen", "yuan",
];

const DURATIONS: &[&str] = &[
    "century", "day", "decade", "hour", "minute", "month", "second", "week", "year",
];

/// Those who are counted as soldiers. Not what they use ("tanks", "jets"), nor what they are parts of: two battalions are
/// not two soldiers.
const TROOPS: &[&str] = &[
    "airman",
    "commando",
    "conscript",
    "force",
    "infantryman",
    "marine",
    "paratrooper",
    "peacekeeper",
    "reservist",
    "sailor",
    "serviceman",
    "servicewoman",
    "sniper",
    "soldier",
    "troop",
    "troops",
];

/// Nouns, adjectives and verbs that tell what became of those who are counted. Of a verb, who suffers it is counted; `true`
/// where its subject is meant as well ("20 died").
const FATES: &[(&str, &str, bool)] = &[
    ("apprehend", "arrested", false),
    ("arrest", "arrested", false),
    ("arrested", "arrested", false),
    ("assassinate", "killed", false),
    ("behead", "killed", false),
    ("body", "killed", true),
    ("corpse", "killed", true),
    ("dead", "killed", true),
    ("death", "killed", true),
    ("demonstrate", "protesters", true),
    ("demonstrator", "protesters", true),
    ("detain", "arrested", false),
    ("detained", "arrested", false),
    ("detainee", "arrested", true),
    ("detention", "arrested", true),
    ("die", "killed", true),
    ("disappear", "missing", true),
    ("displace", "displaced", false),
    ("displaced", "displaced", true),
    ("drown", "killed", true),
    ("evacuate", "displaced", false),
    ("evacuee", "displaced", true),
    ("execute", "killed", false),
    ("execution", "killed", true),
    ("fatality", "killed", true),
    ("flee", "displaced", true),
    ("hurt", "injured", false),
    ("imprison", "arrested", false),
    ("injure", "injured", false),
    ("injured", "injured", true),
    ("injury", "injured", true),
    ("jail", "arrested", false),
    ("kill", "killed", false),
    ("killed", "killed", false),
    ("killing", "killed", true),
    ("march", "protesters", true),
    ("marcher", "protesters", true),
    ("massacre", "killed", false),
    ("missing", "missing", true),
    ("murder", "killed", false),
    ("perish", "killed", true),
    ("protest", "protesters", true),
    ("protester", "protesters", true),
    ("rally", "protesters", true),
    ("refugee", "displaced", true),
    ("rioter", "protesters", true),
    ("slaughter", "killed", false),
    ("slay", "killed", false),
    ("uproot", "displaced", false),
    ("vanish", "missing", true),
    ("wound", "injured", false),
    ("wounded", "injured", true),
];

/// What the amount counts; `None` where it is no quantity: an age, or a bare number of which no word says what it counts.
pub(super) fn counted(reading: &Reading, amount: &Amount) -> Option<Counted> {
    if let Some(money) = signed(reading, amount) {
        return Some(money);
    }
    let noun = noun(reading, amount);
    // Of "thousands of people marched" the thousands may be what hangs on the verb.
    let fate = noun
        .and_then(|n| fate(reading, n))
        .or_else(|| fate(reading, amount.head));
    let Some(noun) = noun else {
        let unit = Some("people".to_owned());
        return Some(Counted {
            what: fate?,
            unit,
            noun: None,
            sign: None,
        });
    };
    let unit = unit(reading, amount, noun);
    if is_age(reading, noun) {
        return None;
    }
    let what = match unit.as_str() {
        unit if CURRENCIES.contains(&unit) => "money",
        unit if DURATIONS.contains(&unit) => "duration",
        unit => {
            let troops = TROOPS.contains(&unit).then_some("troops");
            let itself = fate.or_else(|| told(unit, true)).or(troops);
            itself.unwrap_or("other")
        }
    };
    // "Several" and "a few" of anything are no news.
    let few = reading.form(amount.tokens.start);
    let idle = amount.value.is_none()
        && (few.eq_ignore_ascii_case("several") || few.eq_ignore_ascii_case("a"));
    // Nor is one of anything, which may be "a certain": "one official said".
    let single = amount.value == Some(1.0) && reading.form(amount.head).eq_ignore_ascii_case("one");
    if idle && matches!(what, "other" | "duration") || single && what == "other" {
        return None;
    }
    let sign = None;
    Some(Counted {
        what,
        unit: Some(unit),
        noun: Some(noun),
        sign,
    })
}

/// The noun in the singular and in lower case. Of more than one thing it is a plural, whatever its tags say.
fn unit(reading: &Reading, amount: &Amount, noun: usize) -> String {
    let lemma = reading.lemma(noun).to_lowercase();
    let form = reading.form(noun).to_lowercase();
    // "Sudanese" is its own plural, and of what a number joins by a hyphen there is one: "a 24-hour ceasefire".
    if form.ends_with("ese") {
        return form;
    }
    let many = amount.value != Some(1.0) && lemma == form;
    many.then(|| singular(&lemma)).flatten().unwrap_or(lemma)
}

/// A sum behind the sign of a currency.
fn signed(reading: &Reading, amount: &Amount) -> Option<Counted> {
    let sign = amount.tokens.start.checked_sub(1)?;
    let same = reading.sentence(sign) == reading.sentence(amount.head);
    let form = reading.form(sign);
    let (_, unit) = SIGNS.iter().find(|(sign, _)| same && *sign == form)?;
    Some(Counted {
        what: "money",
        unit: Some((*unit).to_owned()),
        noun: None,
        sign: Some(sign),
    })
}

/// The noun that is counted: "200 troops", "hundreds of people", "20 of the soldiers".
fn noun(reading: &Reading, amount: &Amount) -> Option<usize> {
    let same = |n: &usize| reading.sentence(*n) == reading.sentence(amount.head);
    // "a 72-hour ceasefire" has a length of hours.
    let (hyphen, joined) = (amount.tokens.end, amount.tokens.end + 1);
    let is_joined =
        joined < reading.document.tokens.len() && reading.form(hyphen) == "-" && same(&joined);
    if is_joined && matches!(reading.upos(joined), Upos::Noun | Upos::Adj) {
        return Some(joined);
    }
    // Of "two to three hours" either number may hang on the hours.
    let over = || {
        let on = |t: usize| {
            let counts = ["nummod", "compound", "det", "amod"].contains(&reading.relation(t));
            reading
                .head(t)
                .filter(|h| counts && *h >= amount.tokens.end)
        };
        on(amount.head).or_else(|| amount.tokens.clone().find_map(on))
    };
    let next = amount.tokens.end;
    let of = || {
        let mut words = amount.tokens.clone();
        words.find_map(|word| {
            let mut below = reading.related(word, &["nmod", "obl"]);
            below.find(|n| *n >= next && reading.has_case(*n, &["of"]))
        })
    };
    // "Millions of dollars", wherever the tree hangs the millions or the dollars.
    let parted =
        next < reading.document.tokens.len() && reading.form(next).eq_ignore_ascii_case("of");
    let found = if parted {
        of().or_else(|| named_next(reading, next + 1)).or_else(over)
    } else {
        over().or_else(of)
    };
    let found = found.filter(same)?;
    matches!(
        reading.upos(found),
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Sym
    )
    .then_some(found)
}

/// The noun of the phrase that begins at `start`.
fn named_next(reading: &Reading, start: usize) -> Option<usize> {
    let end = (start + 4).min(reading.document.tokens.len());
    let sentence = reading.sentence(start.min(end.saturating_sub(1)));
    let inside = |t: &usize| {
        let before = [Upos::Det, Upos::Adj, Upos::Num, Upos::Noun, Upos::Propn];
        reading.sentence(*t) == sentence && before.contains(&reading.upos(*t))
    };
    let nouns = (start..end).take_while(inside);
    nouns.filter(|t| reading.upos(*t) == Upos::Noun).last()
}

/// What is told to have become of those who are counted: by a verb above, or a word that describes them.
fn fate(reading: &Reading, head: usize) -> Option<&'static str> {
    let described = reading.related(head, &["amod", "acl"]).find_map(|t| {
        let passive = reading.relation(t) == "amod"
            || reading.feature(t, "VerbForm=Part") && !reading.feature(t, "Tense=Pres");
        told(&reading.lemma(t).to_lowercase(), false)
            .or_else(|| told(&reading.form(t).to_lowercase(), false))
            .filter(|_| passive)
    });
    let above = || {
        let forced = reading.head(head)?;
        let verb = driven(reading, forced);
        let lemma = reading.lemma(verb).to_lowercase();
        let suffers = match reading.full_relation(head) {
            "nsubj:pass" | "obj" => true,
            // A subject without an object, of a participle: "30 injured".
            "nsubj" => {
                reading.related(verb, &["obj"]).next().is_none()
                    && reading.feature(verb, "VerbForm=Part")
            }
            "nmod" => true,
            _ => false,
        };
        let does = reading.relation(head) == "nsubj" || verb != forced;
        let suffers = suffers && verb == forced;
        let by =
            told(&lemma, !suffers).or_else(|| told(&reading.form(verb).to_lowercase(), !suffers));
        by.filter(|_| suffers || does)
    };
    // "20 dead", "left 30 wounded": the number hangs on the word itself.
    let itself = || told(&reading.form(head).to_lowercase(), true);
    let left = || {
        reading
            .related(head, &["xcomp", "dep"])
            .find_map(|t| told(&reading.form(t).to_lowercase(), true))
    };
    let toll = || {
        let verb = reading.upwards(head).skip(1).take(2);
        let mut dead = verb.flat_map(|v| reading.related(v, &["nsubj", "obj"]));
        dead.any(|t| reading.lemma_is(t, &["toll"]))
            .then_some("killed")
    };
    described
        .or_else(above)
        .or_else(itself)
        .or_else(left)
        .or_else(toll)
}

/// What people are forced to do, where a verb says no more than that they are: "were forced to flee".
fn driven(reading: &Reading, verb: usize) -> usize {
    let force = reading.lemma_is(verb, &["force", "compel", "drive"]);
    let mut does = reading.related(verb, &["xcomp"]);
    does.next().filter(|_| force).unwrap_or(verb)
}

/// What a word tells of those who suffer it, or of its subject.
fn told(word: &str, subject: bool) -> Option<&'static str> {
    let at = FATES.binary_search_by(|(w, ..)| (*w).cmp(word)).ok()?;
    let (_, what, does) = FATES[at];
    (!subject || does).then_some(what)
}

/// "25 years old", "a 25-year-old".
fn is_age(reading: &Reading, noun: usize) -> bool {
    let old = |t: usize| reading.form(t).eq_ignore_ascii_case("old");
    let count = reading.document.tokens.len();
    (noun + 1..count.min(noun + 3)).any(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_fates_are_sorted() {
        for pair in FATES.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} before {}", pair[0].0, pair[1].0);
        }
        assert_eq!(told("kill", true), None);
        assert_eq!(told("die", true), Some("killed"));
    }
}
