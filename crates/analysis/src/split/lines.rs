//! Paragraphs, and which line ends inside of a paragraph are more than a wrapped line's end.

use types::Span;

/// The paragraphs inside of `span`: stretches between blank lines, without blanks at their ends, in text order.
/// None where all is blank.
pub fn paragraphs(text: &str, span: Span) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open: Option<Span> = None;
    for line in lines(text, span) {
        match (line.is_empty(), open) {
            (true, _) => found.extend(open.take()),
            (false, None) => open = Some(line),
            (false, Some(before)) => open = Some(before.cover(line)),
        }
    }
    found.extend(open);
    found
}

/// The lines of `span`, each without blanks at its ends; blank lines are empty spans.
pub fn lines(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start;
    span.of(text).split_inclusive('\n').map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        Span::new(start, start + line.trim().len())
    })
}

/// The parts of a paragraph that stand on lines of their own: one where its line ends are those of a wrapped text, one
/// for each line where they are not. In text order, without blanks at their ends.
pub fn items(text: &str, paragraph: Span) -> Vec<Span> {
    let ends = breaks(text, paragraph).into_iter().chain([paragraph.end]);
    let mut start = paragraph.start;
    let mut found = Vec::new();
    for end in ends {
        let item = text[start..end].trim_end();
        found.push(Span::new(start, start + item.len()));
        start = end;
    }
    found
}

/// Text is not wrapped to lines narrower than this, in code points.
const NARROWEST_WRAP: usize = 40;

/// The widest line that counts as wrapped by hand or by a program, in code points.
const WIDEST_WRAP: usize = 120;

/// Byte offsets in `paragraph` at which a new line starts that is its own item, not the rest of a wrapped line.
///
/// A line end is a wrap where the next line's first word would not have fitted into the paragraph's width.
pub(super) fn breaks(text: &str, paragraph: Span) -> Vec<usize> {
    let lines: Vec<Span> = lines(text, paragraph).collect();
    let widths: Vec<usize> = lines.iter().map(|l| l.of(text).chars().count()).collect();
    let width = widths.iter().copied().max().unwrap_or(0);
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate().skip(1) {
        let first = line.of(text).split_whitespace().next().unwrap_or("");
        let fits = widths[i - 1] + 1 + first.chars().count() <= width * 9 / 10;
        if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) || fits || is_bullet(first) {
            found.push(line.start);
        }
    }
    found
}

fn is_bullet(word: &str) -> bool {
    matches!(word, "-" | "*" | "•" | "·" | "▪" | "–" | "—" | "o")
}
