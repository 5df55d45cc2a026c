//! Time expressions: the finder of crate `time`, run over the parts of a story that are read.

use ::time::{Date, Finder, Lean};
use types::{Document, Span, TimeExpression, Upos};

/// The expressions of a story, by its day of publication. Where the words are tagged and parsed, the verb that an
/// expression depends on says whether it looks back or ahead.
pub fn find(document: &Document) -> Vec<TimeExpression> {
    let story = &document.story;
    let published = story.published.as_deref().and_then(Date::parse);
    let mut finder = Finder::new(published);
    let found = read(document, &mut finder);
    match finder.again() {
        Some(mut finder) => read(document, &mut finder),
        None => found,
    }
}

fn read(document: &Document, finder: &mut Finder) -> Vec<TimeExpression> {
    let story = &document.story;
    let mut found = Vec::new();
    for part in story.parts.iter().filter(|part| part.kind.is_read()) {
        let start = part.span.start;
        let moved = |span: Span| Span::new(span.start + start, span.end + start);
        let lean = |span: Span| lean(document, moved(span));
        for mut time in finder.read_with(part.span.of(&story.text), lean) {
            time.span = moved(time.span);
            found.push(time);
        }
    }
    found
}

/// Longest way up the tree to a verb.
const FURTHEST: usize = 4;

/// The lean of the verb above the expression at `span`; `None` where there is no tree, or its verb does not tell.
fn lean(document: &Document, span: Span) -> Option<Lean> {
    let words = document.touched(span);
    let head = document.head_of(&words)?;
    let up = |token: &usize| document.tokens[*token].head;
    let mut above = std::iter::successors(up(&head), up).take(FURTHEST);
    let verb = above.find(|token| document.tokens[*token].upos == Upos::Verb)?;
    of_verb(document, verb)
}

fn of_verb(document: &Document, verb: usize) -> Option<Lean> {
    let aux = |words: &[&str]| {
        let is = |token: usize| {
            let token = &document.tokens[token];
            let form = token.span.of(&document.story.text);
            token.deprel.starts_with("aux") && words.iter().any(|w| form.eq_ignore_ascii_case(w))
        };
        document.children(verb).any(is)
    };
    if aux(&[
        "will", "'ll", "’ll", "would", "shall", "may", "might", "should", "must",
    ]) {
        return Some(Lean::Future);
    }
    if aux(&["was", "were", "had", "has", "have", "did", "been"]) {
        return Some(Lean::Past);
    }
    let feats = &document.tokens[verb].feats;
    let finite = feats.split('|').any(|f| f == "VerbForm=Fin");
    (finite && feats.split('|').any(|f| f == "Tense=Past")).then_some(Lean::Past)
}
