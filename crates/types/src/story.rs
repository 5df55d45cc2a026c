//! A story as it came in, with its parts marked.

use crate::Span;

/// One news story. `text` is never rewritten: headline, boilerplate and the rest are marked in `parts`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// Lower-case hexadecimal hash of `text`: the same text has the same id everywhere.
    pub id: String,
    /// The caller's own name for the story: a file name, a JSON Lines `id`.
    pub reference: Option<String>,
    /// Address, where the caller knew it.
    pub url: Option<String>,
    /// The outlet, where the caller knew it.
    pub publisher: Option<String>,
    /// Headline, given by the caller or found in the text.
    pub headline: Option<String>,
    /// Author line, given or found.
    pub byline: Option<String>,
    /// Section or rubric, found in the text ("World", "Weapons of Mass Destruction (WMD)").
    pub section: Option<String>,
    /// ISO 639-1 code of the body's language; `None` where there is too little text to tell.
    pub language: Option<String>,
    /// Publication date as `YYYY-MM-DD`; `None` where neither caller nor text gives one.
    pub published: Option<String>,
    /// The text as it came.
    pub text: String,
    /// Consecutive, non-overlapping parts in order; together they cover all that is not blank.
    pub parts: Vec<Part>,
    /// What could not be read as it should.
    pub problems: Vec<Problem>,
}

/// A marked stretch of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What the stretch is.
    pub kind: PartKind,
    /// Where it is; a body part is one paragraph.
    pub span: Span,
}

/// What a stretch of a story is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// The title of the story.
    Headline,
    /// Author and, where they share a line, date.
    Byline,
    /// A line with nothing but the publication date.
    Date,
    /// The rubric that the outlet files the story under.
    Section,
    /// "SOCHI, Russia —" at the start of a body paragraph.
    Dateline,
    /// A heading inside the body.
    Subhead,
    /// A paragraph of the story itself.
    Body,
    /// Banners, mailing-list and share lines, copyright: never read for events.
    Boilerplate,
}

impl PartKind {
    /// The name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            PartKind::Headline => "headline",
            PartKind::Byline => "byline",
            PartKind::Date => "date",
            PartKind::Section => "section",
            PartKind::Dateline => "dateline",
            PartKind::Subhead => "subhead",
            PartKind::Body => "body",
            PartKind::Boilerplate => "boilerplate",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        use PartKind::*;
        [
            Headline,
            Byline,
            Date,
            Section,
            Dateline,
            Subhead,
            Body,
            Boilerplate,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == name)
    }

    /// Whether sentences of this part are analysed and coded.
    pub fn is_read(self) -> bool {
        matches!(
            self,
            PartKind::Headline | PartKind::Subhead | PartKind::Body
        )
    }
}

/// Something that kept a story or a stretch of it from being read as it should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Short stable name in snake case, such as `not_english` or `sentence_cut`.
    pub kind: &'static str,
    /// Where, if anywhere in particular.
    pub span: Option<Span>,
    /// One sentence for a person.
    pub message: String,
}
