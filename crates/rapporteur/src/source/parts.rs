//! Headline, byline, date, section, dateline, subheads, body and boilerplate: which line of a story is what.
//!
//! The head of a story is all before its first paragraph of prose. What the lines of the head are follows from their
//! form (a date, an author line, a phrase of [`lexicon::boilerplate`]); of the rest one is the headline, rubrics
//! stand before it and subheads behind. After the head, a line without the end of a sentence between paragraphs is a
//! subhead. All other lines are body.

use lexicon::boilerplate::boilerplate;
use types::{Part, PartKind, Span};

use super::byline::byline;
use super::dateline::dateline;
use super::dates;
use super::units::{Unit, units};

/// The parts of a text and what they tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// In order, not overlapping; together they cover all that is not blank.
    pub parts: Vec<Part>,
    /// Who wrote the story.
    pub author: Option<String>,
    /// When it was published, as `YYYY-MM-DD`.
    pub published: Option<String>,
}

impl Layout {
    /// The words of the first part of a kind.
    pub fn first<'t>(&self, text: &'t str, kind: PartKind) -> Option<&'t str> {
        self.parts
            .iter()
            .find(|part| part.kind == kind)
            .map(|part| part.span.of(text))
    }
}

/// Finds the parts of `text`. `headline` is the one that the giver of the text knows, which may stand in the text.
pub(super) fn layout(text: &str, headline: Option<&str>) -> Layout {
    let mut page = Page::new(text);
    page.find_head(headline);
    page.find_furniture();
    page.find_subheads();
    page.into_layout(text)
}

/// The units of a text with the kinds that were found so far.
struct Page<'t> {
    units: Vec<Unit<'t>>,
    kinds: Vec<Option<PartKind>>,
    author: Option<String>,
    published: Option<String>,
}

impl<'t> Page<'t> {
    fn new(text: &'t str) -> Self {
        let units = units(text);
        let kinds = units
            .iter()
            .map(|unit| boilerplate(unit.text).map(|_| PartKind::Boilerplate))
            .collect();
        Page {
            units,
            kinds,
            author: None,
            published: None,
        }
    }

    fn find_head(&mut self, headline: Option<&str>) {
        let end = self.head_end();
        for i in 0..end {
            if self.kinds[i].is_none() {
                self.kinds[i] = self.date_or_author(i);
            }
        }
        self.find_bare_authors(end);
        let title = match headline {
            Some(given) => self.unit_that_says(given),
            None => self.headline(end),
        };
        if let Some(title) = title {
            self.kinds[title] = Some(PartKind::Headline);
        }
        for i in (0..end).filter(|i| Some(*i) != title) {
            if self.kinds[i].is_none() {
                self.kinds[i] = Some(self.rest_of_head(i, title));
            }
        }
    }

    /// Index behind the head: the first unit that is prose, or ends a sentence and is not the first of its kind.
    /// A text of one sentence has no head.
    fn head_end(&self) -> usize {
        if let [only] = self.units[..]
            && only.ends_sentence()
        {
            return 0;
        }
        let mut first = true;
        for (i, unit) in self.units.iter().enumerate() {
            if self.kinds[i].is_some() || is_date(unit) || is_author(unit) {
                continue;
            }
            let title = first && unit.is_short_sentence() && dateline(unit.text).is_none();
            let short = unit.ends_sentence() && unit.words > 2;
            if (unit.is_prose() || short || dateline(unit.text).is_some()) && !title {
                return i;
            }
            first = false;
        }
        // Nothing but short lines: a headline and what is left.
        self.units.len().min(1)
    }

    /// A line that holds a date and no more, or an author.
    fn date_or_author(&mut self, i: usize) -> Option<PartKind> {
        let line = self.units[i].text;
        if let Some(found) = dates::date_line(line) {
            self.published = self.published.take().or(found.date.map(|d| d.to_string()));
            return Some(PartKind::Date);
        }
        let found = byline(line)?;
        let date = found.date.and_then(|found| found.date);
        self.published = self.published.take().or(date.map(|d| d.to_string()));
        self.author.get_or_insert(found.author);
        Some(PartKind::Byline)
    }

    /// A line of a name alone, beside a date: its author.
    fn find_bare_authors(&mut self, end: usize) {
        for i in 1..end {
            let near = [i - 1, i + 1]
                .iter()
                .any(|j| self.kinds.get(*j) == Some(&Some(PartKind::Date)));
            if self.kinds[i].is_none()
                && near
                && self.author.is_none()
                && is_personal_name(self.units[i].text)
            {
                self.kinds[i] = Some(PartKind::Byline);
                self.author = Some(self.units[i].text.to_string());
            }
        }
    }

    /// The headline among what is left of the head: the first line of a headline's length before the author line.
    fn headline(&self, end: usize) -> Option<usize> {
        const USUAL: std::ops::RangeInclusive<usize> = 6..=20;
        let author = (0..end).find(|i| self.kinds[*i] == Some(PartKind::Byline));
        let open = |range: std::ops::Range<usize>| -> Vec<usize> {
            range.filter(|i| self.kinds[*i].is_none()).collect()
        };
        let before = open(0..author.unwrap_or(end));
        let lines = if before.is_empty() {
            open(0..end)
        } else {
            before
        };
        let usual = lines
            .iter()
            .find(|i| USUAL.contains(&self.units[**i].words));
        // All are short: rubrics come first, the headline stands next to the author line.
        let next = if author.is_some() {
            lines.last()
        } else {
            lines.first()
        };
        usual.or(next).copied()
    }

    /// The unit near the start that says the same as `headline`, blanks and case aside.
    fn unit_that_says(&self, headline: &str) -> Option<usize> {
        const LOOKED_AT: usize = 10;
        let bare = |text: &str| -> String {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let wanted = bare(headline);
        let says =
            |unit: &Unit| unit.text.len() < 2 * headline.len() + 20 && bare(unit.text) == wanted;
        self.units
            .iter()
            .take(LOOKED_AT)
            .position(says)
            .filter(|_| !wanted.is_empty())
    }

    /// What a line of the head is that is neither headline, date, author nor known boilerplate.
    fn rest_of_head(&self, i: usize, title: Option<usize>) -> PartKind {
        const LONGEST_RUBRIC: usize = 8;
        match title {
            Some(title) if i < title && self.units[i].words <= LONGEST_RUBRIC => PartKind::Section,
            Some(title) if i < title => PartKind::Boilerplate,
            _ => PartKind::Subhead,
        }
    }

    /// Dates and authors at the story's end.
    fn find_furniture(&mut self) {
        const LAST: usize = 3;
        for i in self.units.len().saturating_sub(LAST)..self.units.len() {
            if self.kinds[i].is_none() {
                self.kinds[i] = self.date_or_author(i);
            }
        }
    }

    /// Headings between paragraphs. Three in a row and more are a list, which is body.
    fn find_subheads(&mut self) {
        let open = |kinds: &[Option<PartKind>], i: usize| kinds.get(i).is_some_and(Option::is_none);
        let mut i = 0;
        while i < self.units.len() {
            let mut end = i;
            while open(&self.kinds, end) && self.units[end].is_heading() {
                end += 1;
            }
            let followed = open(&self.kinds, end)
                && (self.units[end].is_prose() || self.units[end].ends_sentence());
            if (1..=2).contains(&(end - i)) && followed {
                self.kinds[i..end].fill(Some(PartKind::Subhead));
            }
            i = end.max(i + 1);
        }
    }

    fn into_layout(self, text: &str) -> Layout {
        let mut layout = Layout {
            parts: Vec::new(),
            author: self.author,
            published: self.published,
        };
        let mut bodies = 0;
        for (unit, kind) in self.units.iter().zip(&self.kinds) {
            let kind = kind.unwrap_or(PartKind::Body);
            bodies += usize::from(kind == PartKind::Body);
            let cut = if kind == PartKind::Body && bodies <= DATELINES_IN {
                dateline(unit.text)
            } else {
                None
            };
            layout.add(text, unit.span, kind, cut);
        }
        layout
    }
}

/// A dateline stands before one of the first paragraphs.
const DATELINES_IN: usize = 2;

impl Layout {
    /// Adds a unit, the first `cut` bytes of it as its dateline.
    fn add(&mut self, text: &str, span: Span, kind: PartKind, cut: Option<usize>) {
        let start = span.start + cut.unwrap_or(0);
        if start > span.start {
            let place = text[span.start..start].trim_end();
            self.parts.push(Part {
                kind: PartKind::Dateline,
                span: Span::new(span.start, span.start + place.len()),
            });
            if self.published.is_none() {
                self.published = super::parse_date(place);
            }
        }
        self.parts.push(Part {
            kind,
            span: Span::new(start, span.end),
        });
    }
}

fn is_date(unit: &Unit) -> bool {
    dates::date_line(unit.text).is_some()
}

fn is_author(unit: &Unit) -> bool {
    byline(unit.text).is_some()
}

/// Two to four words, all with a capital and nothing but letters.
fn is_personal_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    (2..=4).contains(&words.len()) && words.iter().all(name)
}
