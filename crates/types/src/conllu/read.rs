//! Text to documents.

use super::annotations::Annotations;
use super::{ConlluError, fail};
use crate::{Document, Part, PartKind, Sentence, Span, Story, Token, Upos};

/// Reads CoNLL-U: one document for each `# newdoc`, or one in all where there is none.
///
/// Spans of words in a multiword token share out its surface. Empty nodes, XPOS, DEPS and comments and MISC keys that
/// are not ours are passed over.
///
/// # Errors
/// The first line that has too few columns, numbers out of order, an unknown head, tag or label, a tree with a cycle,
/// or a `# text` that is not what its words give.
pub fn read(text: &str) -> Result<Vec<Document>, ConlluError> {
    let mut reader = Reader::default();
    for (index, line) in text.lines().enumerate() {
        reader.line(index + 1, line.trim_end_matches('\r'))?;
    }
    let last = text.lines().count();
    reader.end_sentence(last)?;
    reader.end_document(last)?;
    Ok(reader.documents)
}

#[derive(Default)]
struct Reader {
    documents: Vec<Document>,
    document: Document,
    annotations: Annotations,
    /// Whether anything of the current document has come.
    begun: bool,
    part: Option<PartKind>,
    new_paragraph: bool,
    /// Lines of the current sentence, each with its number.
    rows: Vec<(usize, Vec<String>)>,
    text: Option<(usize, String)>,
    /// Whether the text so far ends in a word that no space follows.
    glued: bool,
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) -> Result<(), ConlluError> {
        if line.trim().is_empty() {
            return self.end_sentence(number);
        }
        if let Some(comment) = line.strip_prefix('#') {
            return self.comment(number, comment.trim());
        }
        self.begun = true;
        let columns: Vec<String> = if line.contains('\t') {
            line.split('\t').map(str::to_owned).collect()
        } else {
            line.split_whitespace().map(str::to_owned).collect()
        };
        if columns.len() != 10 {
            return fail(number, format!("{} columns instead of 10", columns.len()));
        }
        self.rows.push((number, columns));
        Ok(())
    }

    fn comment(&mut self, number: usize, comment: &str) -> Result<(), ConlluError> {
        let (key, value) = match comment.split_once('=') {
            Some((key, value)) => (key.trim(), value.trim()),
            None => (comment, ""),
        };
        if key == "newdoc" || key == "newdoc id" {
            self.end_document(number)?;
            self.document.story.id = value.to_owned();
        }
        self.begun |= key.starts_with("newdoc");
        let rest = |prefix: &str| comment.strip_prefix(prefix).unwrap_or_default();
        match key.split_whitespace().next() {
            Some("newpar") => self.new_paragraph = true,
            Some("part") => self.part(number, value)?,
            Some("text") if key == "text" => self.text = Some((number, value.to_owned())),
            Some("event") => self.annotations.event(number, rest("event"))?,
            Some("time") => self.annotations.time(number, rest("time"))?,
            Some("place") => self.annotations.place(number, rest("place"))?,
            Some("attribution") => self.annotations.attribution(number, rest("attribution"))?,
            _ => story_field(&mut self.document.story, key, value),
        }
        Ok(())
    }

    fn part(&mut self, number: usize, name: &str) -> Result<(), ConlluError> {
        match PartKind::parse(name) {
            Some(kind) if kind.is_read() => {
                self.new_paragraph |= self.part.unwrap_or(PartKind::Body) != kind;
                self.part = Some(kind);
                Ok(())
            }
            _ => fail(number, format!("{name} is no part that is read")),
        }
    }

    fn end_sentence(&mut self, line: usize) -> Result<(), ConlluError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let first = self.document.tokens.len();
        let start = self.open_paragraph();
        self.words(&rows)?;
        let end = self.document.story.text.len();
        check_tree(&self.document, first, rows[0].0)?;
        if let Some((at, text)) = self.text.take()
            && text != self.document.story.text[start..end]
        {
            return fail(at, "the words do not give this text");
        }
        let paragraph = self.document.story.parts.len() - 1;
        let part = &mut self.document.story.parts[paragraph];
        part.span.end = end;
        if first == self.document.tokens.len() {
            return fail(line, "a sentence without words");
        }
        self.document.sentences.push(Sentence {
            span: Span::new(start, end),
            tokens: first..self.document.tokens.len(),
            part: part.kind,
            paragraph,
        });
        Ok(())
    }

    /// Writes the white space before a sentence and returns where the sentence starts.
    fn open_paragraph(&mut self) -> usize {
        let text = &mut self.document.story.text;
        let new = std::mem::take(&mut self.new_paragraph) || text.is_empty();
        if text.is_empty() {
        } else if new {
            text.push_str("\n\n");
        } else if !self.glued {
            text.push(' ');
        }
        let start = text.len();
        if new {
            let kind = self.part.unwrap_or(PartKind::Body);
            let span = Span::new(start, start);
            self.document.story.parts.push(Part { kind, span });
        }
        start
    }

    fn words(&mut self, rows: &[(usize, Vec<String>)]) -> Result<(), ConlluError> {
        let base = self.document.tokens.len();
        let mut surface: Vec<Span> = Vec::new();
        self.glued = true;
        for (line, columns) in rows {
            let id = columns[0].as_str();
            if id.contains('.') {
                continue;
            }
            if let Some((from, to)) = id.split_once('-') {
                let count = multiword(from, to, self.document.tokens.len() - base);
                let count = count.or_else(|reason| fail(*line, reason))?;
                let span = self.surface(&columns[1]);
                self.glued = has_no_space(&columns[9]);
                surface = share(span, count, rows, from, &self.document.story.text);
                if surface.is_empty() {
                    return fail(*line, "a multiword token shorter than its words");
                }
                surface.reverse();
                continue;
            }
            if id.parse() != Ok(self.document.tokens.len() - base + 1) {
                return fail(*line, format!("word number {id} is out of order"));
            }
            let inside = surface.pop();
            let span = inside.unwrap_or_else(|| self.surface(&columns[1]));
            if inside.is_none() {
                self.glued = has_no_space(&columns[9]);
            }
            self.word(*line, columns, span, base)?;
        }
        if !surface.is_empty() {
            return fail(
                rows[0].0,
                "a multiword token runs over the end of the sentence",
            );
        }
        Ok(())
    }

    fn surface(&mut self, form: &str) -> Span {
        let text = &mut self.document.story.text;
        if !self.glued {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        Span::new(start, text.len())
    }

    fn word(
        &mut self,
        line: usize,
        columns: &[String],
        span: Span,
        base: usize,
    ) -> Result<(), ConlluError> {
        let token = token(columns, span, base).or_else(|reason| fail(line, reason))?;
        let index = self.document.tokens.len();
        self.document.tokens.push(token);
        for item in columns[9].split('|') {
            let (key, value) = item.split_once('=').unwrap_or((item, ""));
            self.annotations
                .misc(index, key, value)
                .or_else(|reason| fail(line, reason))?;
        }
        Ok(())
    }

    fn end_document(&mut self, line: usize) -> Result<(), ConlluError> {
        self.end_sentence(line)?;
        let begun = std::mem::take(&mut self.begun);
        let mut document = std::mem::take(&mut self.document);
        let annotations = std::mem::take(&mut self.annotations);
        if begun {
            annotations.finish(&mut document, line)?;
            self.documents.push(document);
        } else {
            // Comments before the first `# newdoc` belong to the document that it opens.
            self.document = document;
            self.annotations = annotations;
        }
        (self.part, self.new_paragraph) = (None, false);
        Ok(())
    }
}

fn story_field(story: &mut Story, key: &str, value: &str) {
    let field = match key {
        "ref" => &mut story.reference,
        "url" => &mut story.url,
        "publisher" => &mut story.publisher,
        "headline" => &mut story.headline,
        "byline" => &mut story.byline,
        "section" => &mut story.section,
        "language" => &mut story.language,
        "published" => &mut story.published,
        _ => return,
    };
    *field = Some(value.to_owned());
}

fn has_no_space(misc: &str) -> bool {
    misc.split('|').any(|item| item == "SpaceAfter=No")
}

/// Number of words in the multiword token `from-to`, which must start behind the `before` words read so far.
fn multiword(from: &str, to: &str, before: usize) -> Result<usize, String> {
    match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if from == before + 1 && to > from => Ok(to - from + 1),
        _ => Err(format!("multiword token {from}-{to} is out of order")),
    }
}

/// Shares out the characters of a multiword token: each word takes as many as its form has, the last takes the rest,
/// and each gets one at least. Empty where there are fewer characters than words.
fn share(
    span: Span,
    count: usize,
    rows: &[(usize, Vec<String>)],
    from: &str,
    text: &str,
) -> Vec<Span> {
    let chars: Vec<usize> = span.of(text).char_indices().map(|(i, _)| i).collect();
    if chars.len() < count {
        return Vec::new();
    }
    let first = rows.iter().position(|(_, c)| c[0] == from).unwrap_or(0);
    let mut at = 0;
    let mut spans = Vec::with_capacity(count);
    for word in 0..count {
        let wanted = rows
            .get(first + word)
            .map_or(1, |(_, c)| c[1].chars().count());
        let most = chars.len() - (count - word - 1);
        let end = if word + 1 == count {
            chars.len()
        } else {
            (at + wanted.max(1)).min(most)
        };
        let byte = |i: usize| span.start + chars.get(i).copied().unwrap_or(span.len());
        spans.push(Span::new(byte(at), byte(end)));
        at = end;
    }
    spans
}

fn token(columns: &[String], span: Span, base: usize) -> Result<Token, String> {
    let given = |i: usize| Some(columns[i].as_str()).filter(|c| *c != "_");
    let upos = match given(3) {
        Some(tag) => Upos::parse(tag).ok_or(format!("no tag is called {tag}"))?,
        None => Upos::X,
    };
    let head = match given(6).map(str::parse::<usize>) {
        Some(Ok(0)) | None => None,
        Some(Ok(head)) => Some(base + head - 1),
        Some(Err(_)) => return Err(format!("{} is no head", columns[6])),
    };
    if span.is_empty() {
        return Err("a word without characters".into());
    }
    let or_empty = |i: usize| given(i).unwrap_or_default().to_owned();
    let lemma = if columns[1] == "_" {
        columns[2].clone()
    } else {
        or_empty(2)
    };
    Ok(Token {
        span,
        upos,
        feats: or_empty(5),
        lemma,
        head,
        deprel: or_empty(7),
    })
}

/// Refuses heads outside of the sentence and cycles in the sentence that starts at token `first`.
fn check_tree(document: &Document, first: usize, line: usize) -> Result<(), ConlluError> {
    let tokens = &document.tokens[first..];
    for (index, token) in tokens.iter().enumerate() {
        let mut at = token.head;
        let mut steps = 0;
        while let Some(head) = at {
            let Some(above) = tokens.get(head - first) else {
                return fail(line, format!("word {} has a head outside", index + 1));
            };
            at = above.head;
            steps += 1;
            if steps > tokens.len() {
                return fail(line, format!("word {} hangs in a cycle", index + 1));
            }
        }
    }
    Ok(())
}
