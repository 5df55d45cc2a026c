//! A document with what the coder looks up in it again and again.

use lexicon::Lexicon;
use types::{Attribution, Date, Document, NameKind, Span, TokenRange, Trigger, Upos};

use crate::quotes::Quotes;

/// A document under coding. Made once; every other module reads it.
pub(crate) struct Reading<'d> {
    pub(crate) document: &'d Document,
    pub(crate) lexicon: &'d Lexicon,
    pub(crate) quotes: Quotes,
    /// Publication date, on which codes must hold.
    pub(crate) day: Option<Date>,
    /// Heads as the document has them, less those outside of the sentence or in a cycle.
    heads: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    sentence: Vec<usize>,
    /// What the name is to which a token belongs.
    name: Vec<Option<NameKind>>,
    /// Which tokens are part of a time expression.
    dated: Vec<bool>,
    /// For each sentence, the attributions that have content in it.
    said: Vec<Vec<usize>>,
    /// For each sentence, the heads of its triggers.
    triggered: Vec<Vec<usize>>,
    /// The singular of nouns that the document has in the plural as their own dictionary form.
    singular: Vec<Option<String>>,
}

/// Longest way up a tree that a rule follows; longer ways are parse errors more often than sentences.
const DEEPEST: usize = 12;

impl<'d> Reading<'d> {
    pub(crate) fn new(document: &'d Document, lexicon: &'d Lexicon) -> Self {
        let count = document.tokens.len();
        let mut sentence = vec![0; count];
        for (index, s) in document.sentences.iter().enumerate() {
            for token in s.tokens.clone().filter(|t| *t < count) {
                sentence[token] = index;
            }
        }
        let heads = sound_heads(document, &sentence);
        let mut children = vec![Vec::new(); count];
        for (token, head) in heads.iter().enumerate() {
            if let Some(head) = head {
                children[*head].push(token);
            }
        }
        let said = said(document, &sentence);
        let mut reading = Reading {
            document,
            lexicon,
            said,
            quotes: Quotes::of(document),
            day: document.story.published.as_deref().and_then(Date::first_of),
            heads,
            children,
            sentence,
            triggered: Vec::new(),
            name: name_kinds(document),
            dated: dated(document),
            singular: (0..count)
                .map(|t| own_plural(document, lexicon, t))
                .collect(),
        };
        reading.triggered = reading.triggers_by_sentence();
        reading
    }

    fn triggers_by_sentence(&self) -> Vec<Vec<usize>> {
        let mut found = vec![Vec::new(); self.document.sentences.len().max(1)];
        let triggers = self.document.triggers.iter();
        for head in triggers.filter_map(|t| self.head_of_trigger(t)) {
            found[self.sentence(head)].push(head);
        }
        found
    }

    /// The words that triggers of a sentence hang on, in their order.
    pub(crate) fn triggered(&self, sentence: usize) -> &[usize] {
        &self.triggered[sentence]
    }

    /// The attributions in whose content `token` stands.
    pub(crate) fn said_around(&self, token: usize) -> impl Iterator<Item = &'d Attribution> {
        let near = self.said.get(self.sentence(token)).into_iter().flatten();
        let all = near.map(|a| &self.document.attributions[*a]);
        all.filter(move |a| a.content.iter().any(|part| part.contains(&token)))
    }

    /// Tokens that depend on `token`, in text order.
    pub(crate) fn children(&self, token: usize) -> &[usize] {
        &self.children[token]
    }

    /// Index of the sentence that holds `token`.
    pub(crate) fn sentence(&self, token: usize) -> usize {
        self.sentence.get(token).copied().unwrap_or_default()
    }

    /// Whether `token` is part of a time expression.
    pub(crate) fn is_dated(&self, token: usize) -> bool {
        self.dated.get(token).copied().unwrap_or_default()
    }

    /// Kind of the name that `token` belongs to.
    pub(crate) fn name_kind(&self, token: usize) -> Option<NameKind> {
        self.name[token]
    }

    pub(crate) fn form(&self, token: usize) -> &'d str {
        let document: &'d Document = self.document;
        document.form(token)
    }

    /// Dictionary form; the form itself where none is known.
    pub(crate) fn lemma(&self, token: usize) -> &str {
        if let Some(singular) = &self.singular[token] {
            return singular;
        }
        match self.document.tokens[token].lemma.as_str() {
            "" => self.form(token),
            lemma => lemma,
        }
    }

    pub(crate) fn lemma_is(&self, token: usize, words: &[&str]) -> bool {
        let lemma = self.lemma(token);
        words.iter().any(|w| lemma.eq_ignore_ascii_case(w))
    }

    /// Whether a clause opens with one of these words: "of" in "accused of shelling".
    pub(crate) fn has_mark(&self, verb: usize, words: &[&str]) -> bool {
        let mut marks = self.related(verb, &["mark"]);
        marks.any(|mark| self.lemma_is(mark, words))
    }

    /// Whether one of these prepositions (or "'s") stands with the token.
    pub(crate) fn has_case(&self, token: usize, words: &[&str]) -> bool {
        let mut cases = self.related(token, &["case"]);
        cases.any(|c| self.lemma_is(c, words))
    }

    pub(crate) fn upos(&self, token: usize) -> Upos {
        self.document.tokens[token].upos
    }

    /// Relation to the head without its subtype.
    pub(crate) fn relation(&self, token: usize) -> &'d str {
        let whole = self.document.tokens[token].deprel.as_str();
        whole.split(':').next().unwrap_or(whole)
    }

    /// Relation to the head with its subtype.
    pub(crate) fn full_relation(&self, token: usize) -> &'d str {
        &self.document.tokens[token].deprel
    }

    pub(crate) fn head(&self, token: usize) -> Option<usize> {
        self.heads[token]
    }

    /// The syntactic head of a stretch. Where no tree was made, the last word before the first preposition or comma.
    pub(crate) fn head_of(&self, range: &TokenRange) -> Option<usize> {
        let tree = range.clone().any(|t| {
            self.document
                .tokens
                .get(t)
                .is_some_and(|t| !t.deprel.is_empty())
        });
        if tree || !self.is_sound(range) {
            return self.document.head_of(range);
        }
        let ends = |t: &usize| matches!(self.upos(*t), Upos::Adp | Upos::Punct | Upos::Sconj);
        let first = range.clone().find(|t| !ends(t))?;
        (first..range.end).take_while(|t| !ends(t)).last()
    }

    /// The word that carries a trigger; none where its range is not sound.
    pub(crate) fn head_of_trigger(&self, trigger: &Trigger) -> Option<usize> {
        let sound = self.is_sound(&trigger.tokens);
        let head = || self.document.head_of(&trigger.tokens);
        sound.then(|| head().unwrap_or(trigger.tokens.start))
    }

    pub(crate) fn feature(&self, token: usize, feature: &str) -> bool {
        let feats = &self.document.tokens[token].feats;
        feats.split('|').any(|f| f == feature)
    }

    /// `token`, its head, its head's head … as far as rules follow.
    pub(crate) fn upwards(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(token), |t| self.head(*t)).take(DEEPEST)
    }

    /// The children of `token` with one of these relations, subtype ignored.
    pub(crate) fn related<'r>(
        &'r self,
        token: usize,
        relations: &'r [&'r str],
    ) -> impl Iterator<Item = usize> + 'r {
        let children = self.children(token).iter().copied();
        children.filter(move |c| relations.contains(&self.relation(*c)))
    }

    /// All tokens under `token` and itself, in text order.
    pub(crate) fn subtree(&self, token: usize) -> Vec<usize> {
        let mut all = vec![token];
        let mut next = 0;
        while let Some(&at) = all.get(next) {
            all.extend_from_slice(&self.children[at]);
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// The noun phrase around the noun `head`: what stands before it, names joined to it, and a phrase with "of".
    pub(crate) fn noun_phrase(&self, head: usize) -> TokenRange {
        const BEFORE: &[&str] = &[
            "det", "amod", "compound", "nummod", "nmod", "flat", "advmod",
        ];
        let (mut start, mut end) = (head, head + 1);
        for &child in self.children(head) {
            let tree = self.subtree(child);
            let (first, last) = (tree[0], tree[tree.len() - 1]);
            if child < head && BEFORE.contains(&self.relation(child)) {
                start = start.min(first);
            } else if child > head && self.joins_behind(child) && first <= end {
                end = end.max(last + 1);
            }
        }
        let inner = self.without_punctuation(start..end);
        if inner.is_empty() {
            head..head + 1
        } else {
            inner
        }
    }

    /// `range` less the punctuation at either end; maybe empty.
    pub(crate) fn without_punctuation(&self, mut range: TokenRange) -> TokenRange {
        while !range.is_empty() && self.upos(range.start) == Upos::Punct {
            range.start += 1;
        }
        while !range.is_empty() && self.upos(range.end - 1) == Upos::Punct {
            range.end -= 1;
        }
        range
    }

    fn joins_behind(&self, child: usize) -> bool {
        let of = || {
            self.related(child, &["case"])
                .any(|c| self.form(c).eq_ignore_ascii_case("of"))
        };
        match self.relation(child) {
            "flat" | "fixed" | "goeswith" => true,
            "nmod" => of() && self.subtree(child).len() <= 6,
            _ => false,
        }
    }

    pub(crate) fn is_subject(&self, token: usize) -> bool {
        self.relation(token) == "nsubj"
    }

    pub(crate) fn is_plural(&self, token: usize) -> bool {
        self.feature(token, "Number=Plur")
            || matches!(self.upos(token), Upos::Noun)
                && !self.lemma(token).eq_ignore_ascii_case(self.form(token))
                && self.form(token).ends_with('s')
    }

    /// The words of `range`, without an article before and a possessive behind.
    pub(crate) fn bare(&self, range: &TokenRange) -> TokenRange {
        let (mut start, mut end) = (range.start, range.end);
        if end - start > 1
            && ["the", "a", "an"]
                .iter()
                .any(|a| self.form(start).eq_ignore_ascii_case(a))
        {
            start += 1;
        }
        if end - start > 1 && ["'s", "’s", "'", "’"].contains(&self.form(end - 1)) {
            end -= 1;
        }
        start..end
    }

    pub(crate) fn span(&self, range: &TokenRange) -> Span {
        self.document.span(range)
    }

    /// Whether `range` lies inside of the document's tokens and is not empty. Layers made by hand may be wrong.
    pub(crate) fn is_sound(&self, range: &TokenRange) -> bool {
        range.start < range.end && range.end <= self.document.tokens.len()
    }
}

/// The attributions of each sentence that their content reaches into.
fn said(document: &Document, sentence: &[usize]) -> Vec<Vec<usize>> {
    let mut said = vec![Vec::new(); document.sentences.len()];
    for (index, attribution) in document.attributions.iter().enumerate() {
        for part in &attribution.content {
            let reaches = sentence.get(part.clone()).unwrap_or_default();
            if let (Some(first), Some(last)) = (reaches.first(), reaches.last()) {
                for of_sentence in said.iter_mut().take(last + 1).skip(*first) {
                    of_sentence.push(index);
                }
            }
        }
    }
    said
}

/// Heads in the same sentence; where they run in a circle, one of them is cut.
fn sound_heads(document: &Document, sentence: &[usize]) -> Vec<Option<usize>> {
    let inside = |(token, t): (usize, &types::Token)| {
        t.head
            .filter(|h| sentence.get(*h) == Some(&sentence[token]) && *h != token)
    };
    let mut heads: Vec<Option<usize>> = document.tokens.iter().enumerate().map(inside).collect();
    // The walk in which a token was first met; meeting it again in the same walk closes a circle.
    let mut met = vec![usize::MAX; heads.len()];
    for walk in 0..heads.len() {
        let mut at = walk;
        while met[at] == usize::MAX {
            met[at] = walk;
            match heads[at] {
                Some(head) if met[head] == walk => heads[at] = None,
                Some(head) => at = head,
                None => break,
            }
        }
    }
    heads
}

/// The singular of a common noun whose lemma is its plural, as of nouns that the tagger does not know. Plurals that the
/// lexicon has themselves ("thousands") are left.
fn own_plural(document: &Document, lexicon: &Lexicon, token: usize) -> Option<String> {
    let tagged = &document.tokens[token];
    let plural = tagged.upos == Upos::Noun && tagged.feats.split('|').any(|f| f == "Number=Plur");
    let lemma = tagged.lemma.to_lowercase();
    let same = plural
        && lemma.eq_ignore_ascii_case(document.form(token))
        && lexicon.agent(&lemma).is_none();
    same.then(|| singular(&lemma)).flatten()
}

/// The singular of a plural in lower case; `None` where it does not look like one.
pub(crate) fn singular(plural: &str) -> Option<String> {
    const ENDINGS: &[(&str, &str)] = &[
        ("children", "child"),
        ("men", "man"),
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
    ];
    let ending = || {
        let mut endings = ENDINGS.iter();
        endings.find_map(|(many, one)| Some(plural.strip_suffix(many)?.to_owned() + one))
    };
    let plain = || {
        let rest = plural.strip_suffix('s')?;
        (!rest.ends_with(['s', 'u', 'i'])).then(|| rest.to_owned())
    };
    ending().or_else(plain)
}

fn name_kinds(document: &Document) -> Vec<Option<NameKind>> {
    let mut kinds = vec![None; document.tokens.len()];
    for name in &document.names {
        for kind in kinds.get_mut(name.tokens.clone()).into_iter().flatten() {
            *kind = Some(name.kind);
        }
    }
    kinds
}

fn dated(document: &Document) -> Vec<bool> {
    let mut dated = vec![false; document.tokens.len()];
    for time in &document.times {
        if let Some(words) = dated.get_mut(document.touched(time.span)) {
            words.fill(true);
        }
    }
    dated
}
