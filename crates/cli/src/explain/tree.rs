//! A sentence's dependency tree, drawn downwards from its root.

use rapporteur::types::explain::{Mark, Node, Tree};
use unicode_width::UnicodeWidthStr;

use crate::brief::ink::{Ink, Paper, Text, visible};

use super::page::ink_of;

/// Columns for each step down the tree.
const STEP: usize = 3;

/// Draws `tree`, indented by `indent` columns: a line a word, with its dictionary form, its part of speech, its relation to
/// the word above, and the parts that it is marked as.
pub fn draw(tree: &Tree, marks: &[Mark], indent: usize, page: &mut String, paper: &Paper) {
    let mut drawing = Drawing {
        tree,
        marks,
        paper,
        children: children(&tree.tokens),
        drawn: vec![false; tree.tokens.len()],
    };
    let roots = (0..tree.tokens.len()).filter(|t| tree.tokens[*t].head.is_none());
    for root in roots {
        drawing.below(root, indent, page);
    }
}

fn children(tokens: &[Node]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); tokens.len()];
    for (index, token) in tokens.iter().enumerate() {
        if let Some(head) = token.head.and_then(|h| children.get_mut(h)) {
            head.push(index);
        }
    }
    children
}

struct Drawing<'t> {
    tree: &'t Tree,
    marks: &'t [Mark],
    paper: &'t Paper,
    children: Vec<Vec<usize>>,
    /// Each word is drawn once, whatever the tree looks like.
    drawn: Vec<bool>,
}

impl Drawing<'_> {
    /// Draws `root` and all below it. A stack of its own in place of recursion: trees come from anywhere.
    fn below(&mut self, root: usize, indent: usize, page: &mut String) {
        let mut open = vec![(root, String::new(), String::new())];
        while let Some((token, branch, under)) = open.pop() {
            if std::mem::replace(&mut self.drawn[token], true) {
                continue;
            }
            self.line(token, &branch, indent, page);
            let last = self.children[token].last().copied();
            for child in self.children[token].iter().rev().copied() {
                let (mark, bar) = if Some(child) == last {
                    ("└─ ", "   ")
                } else {
                    ("├─ ", "│  ")
                };
                open.push((child, format!("{under}{mark}"), format!("{under}{bar}")));
            }
        }
    }

    fn line(&self, token: usize, branch: &str, indent: usize, page: &mut String) {
        let node = &self.tree.tokens[token];
        let mut parts: Vec<&str> = Vec::new();
        for mark in self
            .marks
            .iter()
            .filter(|m| m.start <= node.start && node.end <= m.end)
        {
            if !parts.contains(&mark.part.as_str()) {
                parts.push(&mark.part);
            }
        }
        let ink = parts.last().map_or(Ink::Plain, |part| ink_of(part));
        // The dictionary form is what lexicon and rules see; it is shown where the word does not show it itself.
        let plain = node.lemma.is_empty() || node.lemma.eq_ignore_ascii_case(&node.form);
        let lemma = if plain {
            String::new()
        } else {
            format!("= {}", visible(&node.lemma))
        };
        let parts = parts.join(" ");
        let details = [&lemma, &node.upos, &node.deprel, &parts].map(String::as_str);
        let details: Vec<&str> = details.into_iter().filter(|d| !d.is_empty()).collect();
        // The page's left part is for the tree, as far as it may go: a deep one is cut on its left.
        let room = self
            .paper
            .width
            .saturating_sub(indent + 2 * self.paper.width / 5);
        let branch = cut_left(branch, room / STEP * STEP);
        page.extend(std::iter::repeat_n(' ', indent));
        let left = self.paper.width.saturating_sub(indent + branch.width());
        let form = cut_right(&visible(&node.form), left);
        let left = left.saturating_sub(form.width() + 1);
        let details = cut_right(&details.join(" "), left);
        let mut text = Text::new(Ink::Faint, branch).and(ink, form);
        if !details.is_empty() {
            text.push(Ink::Faint, format!(" {details}"));
        }
        text.write_as_is(page, self.paper);
    }
}

/// The last `columns` characters of a branch, all of which take one column; an ellipsis where something is missing.
fn cut_left(branch: &str, columns: usize) -> String {
    let length = branch.chars().count();
    if length <= columns {
        return branch.to_owned();
    }
    let rest: String = branch
        .chars()
        .skip(length - columns.saturating_sub(1))
        .collect();
    format!("…{rest}")
}

/// As much of `text` as takes `columns`; an ellipsis where something is missing.
fn cut_right(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        let longer = format!("{short}{letter}");
        if longer.width() + 1 > columns {
            break;
        }
        short = longer;
    }
    if columns > 0 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: Paper = Paper {
        width: 40,
        colour: false,
        verbose: false,
    };

    fn lemma(form: &str) -> &str {
        if form == "met" { "meet" } else { "" }
    }

    fn tree(words: &[(&str, Option<usize>)]) -> Tree {
        let mut start = 0;
        let mut node = |(form, head): &(&str, Option<usize>)| {
            let end = start + form.chars().count();
            let node = Node {
                start,
                end,
                form: (*form).to_owned(),
                lemma: lemma(form).to_owned(),
                upos: "X".to_owned(),
                head: *head,
                deprel: "dep".to_owned(),
            };
            start = end + 1;
            node
        };
        Tree {
            sentence: 0,
            start: 0,
            end: 0,
            text: String::new(),
            tokens: words.iter().map(&mut node).collect(),
        }
    }

    fn drawn(tree: &Tree) -> String {
        let mut page = String::new();
        let mark = Mark {
            part: "trigger".to_owned(),
            start: 4,
            end: 7,
            words: "met".to_owned(),
            score: None,
        };
        draw(tree, &[mark], 2, &mut page, &PAPER);
        page
    }

    #[test]
    fn words_hang_below_their_heads_in_text_order() {
        let words = [
            ("Ada", Some(1)),
            ("met", None),
            ("the", Some(3)),
            ("king", Some(1)),
        ];
        let expected =
            "  met = meet X dep trigger\n  ├─ Ada X dep\n  └─ king X dep\n     └─ the X dep\n";
        assert_eq!(drawn(&tree(&words)), expected);
    }

    #[test]
    fn any_heads_and_any_depth_keep_to_the_page() {
        let chain: Vec<(&str, Option<usize>)> = (0..60usize)
            .map(|i| ("a-long-word-that-takes-room", i.checked_sub(1)))
            .collect();
        let page = drawn(&tree(&chain));
        assert_eq!(page.lines().count(), 60);
        assert!(page.lines().all(|l| l.width() <= 40), "{page}");
        let circle = [("a", Some(1)), ("b", Some(0)), ("c", Some(9)), ("d", None)];
        // The mark of the sample lies on the last word.
        assert_eq!(drawn(&tree(&circle)), "  d X dep trigger\n");
    }
}
