//! Names made whole: the head reads words one by one, and cuts names that the tree and the spelling hold together.
//!
//! "Frank" and "Walter Steinmeier" on both sides of a hyphen are one person, and "Claire" goes on to "Whitcombe" where the
//! tree says that both are one flat name. A surname that the head passed over is a name where the story gave the person's
//! whole name before.

use std::collections::{HashMap, HashSet};

use lexicon::{Lexicon, Number};
use types::{Document, Name, NameKind, TokenRange, Upos};

/// Arabic articles as news writes them before a hyphen: no name ends there.
const ARTICLES: &[&str] = &[
    "ad", "al", "an", "ar", "as", "ash", "at", "az", "el", "ud", "ul", "ur",
];

/// `found`, the names among the tokens `part` of a document in text order, with those that were cut put together. Reads tags
/// and trees; where there are none, hyphens and the lexicon alone speak.
pub fn whole(document: &Document, part: TokenRange, found: Vec<Name>) -> Vec<Name> {
    let mut all: Vec<Name> = Vec::with_capacity(found.len());
    for name in found {
        match all.last_mut().filter(|last| joins(document, last, &name)) {
            Some(last) => {
                last.tokens.end = name.tokens.end;
                last.confidence = last.confidence.min(name.confidence);
            }
            None => all.push(name),
        }
    }
    grow(document, &mut all);
    all.extend(surnames(document, part, &all));
    all.sort_by_key(|name| name.tokens.start);
    all
}

/// Whether two names, one behind the other, are one.
fn joins(document: &Document, last: &Name, next: &Name) -> bool {
    let both = |kind| last.kind == kind && next.kind == kind;
    if sentence_end(document, last) < next.tokens.end {
        return false;
    }
    let gap = last.tokens.end..next.tokens.start;
    if gap.is_empty() {
        let article = is_article(document, last.tokens.end.wrapping_sub(2))
            && document.form(last.tokens.end - 1) == "-";
        return (article && last.kind == next.kind)
            || both(NameKind::Person) && is_one_person(document, &last.tokens, &next.tokens);
    }
    let hyphen = gap.len() == 1 && is_hyphen_within_word(document, gap.start);
    hyphen
        && (last.kind == next.kind && is_article(document, last.tokens.end - 1)
            || both(NameKind::Person) && is_double(document, &last.tokens, &next.tokens))
}

/// "Ayse" and "Sozen Usluer", "R." and "Moreau": a given name, an initial, or what the tree holds to be one flat name.
fn is_one_person(document: &Document, last: &TokenRange, next: &TokenRange) -> bool {
    let ending = document.form(last.end - 1);
    let initial = ending.len() == 2 && ending.ends_with('.');
    let given = last.len() == 1 && is_given(ending);
    let flat = |inner: &TokenRange, outer: &TokenRange| {
        let token = document.head_of(inner).map(|t| &document.tokens[t]);
        token.is_some_and(|t| {
            t.deprel.starts_with("flat") && t.head.is_some_and(|h| outer.contains(&h))
        })
    };
    initial || given || flat(next, last) || flat(last, next)
}

/// "Frank-Walter", "Kramp-Karrenbauer": a given name goes on behind the hyphen, or a surname does. Of two people with a
/// hyphen between them ("the Moreau-Petrovic summit") each has a surname alone, or each a given name too.
fn is_double(document: &Document, last: &TokenRange, next: &TokenRange) -> bool {
    let given = |range: &TokenRange| range.len() == 1 && is_given(document.form(range.start));
    given(last) || last.len() > 1 && next.len() == 1
}

fn is_given(form: &str) -> bool {
    Lexicon::built_in().first_name(form).is_some()
}

/// Whether the token is a hyphen with words close on both sides.
fn is_hyphen_within_word(document: &Document, token: usize) -> bool {
    let Some([before, hyphen, after]) = document.tokens.get(token.wrapping_sub(1)..token + 2)
    else {
        return false;
    };
    document.form(token) == "-"
        && before.span.end == hyphen.span.start
        && hyphen.span.end == after.span.start
}

fn is_article(document: &Document, token: usize) -> bool {
    let known = document.tokens.get(token).is_some();
    known && ARTICLES.contains(&document.form(token).to_lowercase().as_str())
}

/// Lets each name run on over the words right behind it that belong to it, up to the next name.
fn grow(document: &Document, names: &mut [Name]) {
    for index in 0..names.len() {
        let next = names.get(index + 1).map(|n| n.tokens.start);
        let end = sentence_end(document, &names[index]);
        let limit = next.map_or(end, |next| next.min(end));
        let name = &mut names[index];
        while let Some(further) = further(document, name).filter(|f| *f <= limit) {
            name.tokens.end = further;
        }
    }
}

/// One behind the last token of the name's sentence.
fn sentence_end(document: &Document, name: &Name) -> usize {
    let sentence = document.sentence_of(name.tokens.start);
    sentence.map_or(name.tokens.end, |s| document.sentences[s].tokens.end)
}

/// Where the name ends if the next word, or the part of a word behind a hyphen, is its own.
fn further(document: &Document, name: &Name) -> Option<usize> {
    let (last, next) = (name.tokens.end.checked_sub(1)?, name.tokens.end);
    let named = matches!(
        name.kind,
        NameKind::Person | NameKind::Organization | NameKind::Location
    );
    if named
        && is_article(document, last)
        && is_hyphen_within_word(document, next)
        && is_capitalised(document, next + 1)
    {
        return Some(next + 2);
    }
    let token = document.tokens.get(next)?;
    let own = match name.kind {
        NameKind::Person => is_flat(document, &name.tokens, next),
        NameKind::Organization => is_body(document, &name.tokens, next),
        _ => false,
    };
    let proper = token.upos == Upos::Propn && is_capitalised(document, next);
    (proper && own).then_some(next + 1)
}

fn is_capitalised(document: &Document, token: usize) -> bool {
    let known = document.tokens.get(token).is_some();
    known && document.form(token).starts_with(char::is_uppercase)
}

/// Whether the tree has the next word as a further part of the person's name, or a lone given name as a part of the next.
fn is_flat(document: &Document, name: &TokenRange, next: usize) -> bool {
    let token = &document.tokens[next];
    let part = token.deprel.starts_with("flat") && token.head.is_some_and(|h| name.contains(&h));
    let first = &document.tokens[name.start];
    let given = name.len() == 1 && first.head == Some(next) && is_given(document.form(name.start));
    part || given && ["compound", "flat"].contains(&first.deprel.as_str())
}

/// Whether the name stands before a noun for a body ("Interior" before "Ministry"), as the tree sees it.
fn is_body(document: &Document, name: &TokenRange, next: usize) -> bool {
    let head = document.head_of(name).map(|t| &document.tokens[t]);
    let before = head.is_some_and(|t| t.head == Some(next) && t.deprel == "compound");
    let agent = Lexicon::built_in().agent(&document.form(next).to_lowercase());
    before && agent.is_some_and(|a| a.number == Number::Group)
}

/// Words outside of names that are the surname of a person whom the story names with a given name too, and as sure as that.
fn surnames(document: &Document, part: TokenRange, names: &[Name]) -> Vec<Name> {
    let mut known: HashMap<&str, f32> = HashMap::new();
    for name in names
        .iter()
        .filter(|n| n.kind == NameKind::Person && n.tokens.len() > 1)
    {
        let sure = known.entry(document.form(name.tokens.end - 1)).or_default();
        *sure = sure.max(name.confidence);
    }
    let taken: HashSet<usize> = names.iter().flat_map(|n| n.tokens.clone()).collect();
    let surname = |token: usize| {
        let form = document.form(token);
        let confidence = *known.get(form)?;
        let found = !taken.contains(&token)
            && document.tokens[token].upos == Upos::Propn
            && is_capitalised(document, token)
            && Lexicon::built_in().state(form).is_none()
            && stands_alone(document, token);
        found.then_some(Name {
            tokens: token..token + 1,
            kind: NameKind::Person,
            confidence,
            second: None,
        })
    };
    part.filter_map(surname).collect()
}

/// Whether a word takes part by itself: it describes no noun ("Weir supporters" are not Weir), and no other proper noun
/// stands right beside it in its sentence, but for a title before it.
fn stands_alone(document: &Document, token: usize) -> bool {
    const DESCRIBES: &[&str] = &["amod", "compound", "nmod:desc"];
    if DESCRIBES.contains(&document.tokens[token].deprel.as_str()) {
        return false;
    }
    let sentence = document.sentence_of(token);
    let proper = |t: usize| {
        let here = document
            .tokens
            .get(t)
            .is_some_and(|t| t.upos == Upos::Propn);
        here && document.sentence_of(t) == sentence
    };
    let before = token.checked_sub(1).filter(|t| proper(*t));
    let title = |t| Lexicon::built_in().title(document.form(t)).is_some();
    before.is_none_or(title) && !proper(token + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::conllu;

    /// The names of an annotated sentence after they were made whole, with their kinds.
    fn names(annotation: &str) -> Vec<(String, NameKind)> {
        let mut documents = conllu::read(annotation.trim_start()).expect("CoNLL-U");
        let mut document = documents.remove(0);
        let found = std::mem::take(&mut document.names);
        let whole = whole(&document, 0..document.tokens.len(), found).into_iter();
        whole
            .map(|n| (document.words(&n.tokens).to_owned(), n.kind))
            .collect()
    }

    fn person(words: &str) -> (String, NameKind) {
        (words.to_owned(), NameKind::Person)
    }

    #[test]
    fn a_person_goes_on_to_the_surname_and_is_known_by_it() {
        let found = names(
            "
1  Envoy   envoy   PROPN  _  _  2  nmod:desc  _  _
2  Claire  Claire  PROPN  _  _  4  nsubj      _  Name=B-Person
3  Weir    Weir    PROPN  _  _  2  flat       _  _
4  spoke   speak   VERB   _  _  0  root       _  SpaceAfter=No
5  .       .       PUNCT  _  _  4  punct      _  _

1  Weir  Weir   PROPN  _  _  2  nsubj  _  _
2  left  leave  VERB   _  _  0  root   _  SpaceAfter=No
3  .     .      PUNCT  _  _  2  punct  _  _

1  Weir    Weir    PROPN  _  _  2  compound  _  _
2  voters  voter   NOUN   _  _  3  nsubj     _  _
3  burned  burn    VERB   _  _  0  root      _  SpaceAfter=No
4  .       .       PUNCT  _  _  3  punct     _  _
",
        );
        assert_eq!(found, [person("Claire Weir"), person("Weir")]);
    }

    /// Two names with a hyphen between them.
    fn hyphened(left: &[&str], right: &[&str], close: bool) -> usize {
        let mut lines = String::new();
        let words = left.iter().map(|w| (*w, "Person"));
        let words = words
            .chain([("-", "")])
            .chain(right.iter().map(|w| (*w, "Person")));
        for (at, (word, kind)) in words.enumerate() {
            let tag = if at == 0 || at == left.len() + 1 {
                "B"
            } else {
                "I"
            };
            let name = if kind.is_empty() {
                "_".to_owned()
            } else {
                format!("Name={tag}-{kind}")
            };
            let beside = at + 1 == left.len() || at == left.len();
            let space = if close && beside {
                "SpaceAfter=No|"
            } else {
                ""
            };
            let misc = format!("{space}{name}").replace("|_", "");
            lines.push_str(&format!(
                "{}  {word}  {word}  PROPN  _  _  0  root  _  {misc}\n",
                at + 1
            ));
        }
        names(&(lines + "\n")).len()
    }

    #[test]
    fn a_hyphen_inside_of_a_name_is_not_one_between_two_people() {
        assert_eq!(hyphened(&["Frank"], &["Walter", "Holm"], true), 1);
        assert_eq!(hyphened(&["Ada", "Holm"], &["Moreau"], true), 1);
        assert_eq!(hyphened(&["Petrovic"], &["Moreau"], true), 2);
        assert_eq!(hyphened(&["Ada", "Holm"], &["Ida", "Moreau"], true), 2);
        assert_eq!(hyphened(&["Frank"], &["Walter", "Holm"], false), 2);
    }

    #[test]
    fn no_name_ends_with_an_article() {
        let found = names(
            "
1  Omar    Omar    PROPN  _  _  5  nsubj  _  Name=B-Person
2  al      al      PROPN  _  _  1  flat   _  SpaceAfter=No|Name=I-Person
3  -       -       PUNCT  _  _  4  punct  _  SpaceAfter=No
4  Weiri   Weiri   PROPN  _  _  1  flat   _  _
5  spoke   speak   VERB   _  _  0  root   _  _
",
        );
        assert_eq!(found, [person("Omar al-Weiri")]);
    }

    #[test]
    fn an_organisation_takes_in_the_noun_for_what_it_is() {
        let found = names(
            "
1  Interior  Interior  PROPN  _  _  2  compound  _  Name=B-Organization
2  Ministry  Ministry  PROPN  _  _  4  nsubj     _  _
3  Weir      Weir      PROPN  _  _  2  flat      _  _
4  spoke     speak     VERB   _  _  0  root      _  _
",
        );
        assert_eq!(
            found,
            [("Interior Ministry".to_owned(), NameKind::Organization)]
        );
    }
}
